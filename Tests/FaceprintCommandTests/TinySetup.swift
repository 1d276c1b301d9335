import CSQLite
import Faceprint
import FaceprintImaging
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// The tool with a tiny model instead of FaceNet, and photos that are made here.
struct TinySetup {
    let tool: CommandLineTool

    init() throws {
        tool = try CommandLineTool()
        _ = try TinyEncoder.install(in: ModelCatalogue(folder: tool.folder.path("home/models")))
    }

    /// A new photo; the same number gives the same photo.
    func photo(_ number: Int, name: String? = nil) throws -> String {
        let path = tool.folder.path(name ?? "\(number).png")
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(try testImage(number).pngData()).write(to: URL(fileURLWithPath: path))
        return path
    }

    /// A command that takes a gallery, with this set-up's.
    func callAsFunction(_ arguments: String...) throws -> Run {
        try tool(arguments + ["--gallery", tool.gallery])
    }

    /// Enrolls with the tiny model.
    func enroll(_ arguments: String...) throws -> Run {
        try tool(["enroll"] + arguments + ["--gallery", tool.gallery, "--model", "tiny"])
    }

    /// What SQLite finds wrong with the gallery's file; “ok” for nothing.
    func galleryIntegrity() throws -> String {
        var database: OpaquePointer?
        defer { sqlite3_close_v2(database) }
        try #require(sqlite3_open(tool.gallery, &database) == SQLITE_OK)
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        try #require(sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nil) == SQLITE_OK)
        try #require(sqlite3_step(statement) == SQLITE_ROW)
        return String(cString: sqlite3_column_text(statement, 0))
    }
}
