import Faceprint
import FaceprintFiles
import FaceprintImaging
import FaceprintModels
import Foundation
import TestSupport
import Testing

/// `faceprint detect`, with the detectors where they have been fetched.
@Suite(.needsSharedData, .needsDetectors) struct DetectTests {
    private let photo = SharedData.url("lfw-dev/images/Abdul_Rahman/Abdul_Rahman_0001.jpg").path

    @Test(arguments: ["yunet", "mtcnn"])
    func aDrawingHasTheSizeOfThePhotoAndChangesItAtTheFace(detector: String) throws {
        let tool = try CommandLineTool(home: DataFolder().path)
        let out = tool.folder.path("out.png")
        let run = try tool("detect", photo, "--detector", detector, "--draw", out)
        #expect(run.status == 0, "\(run.errors)")
        let (before, after) = (try Image(contentsOf: photo), try Image(contentsOf: out))
        #expect(after.width == before.width && after.height == before.height)
        let changed = zip(before.pixels, after.pixels).count { $0 != $1 }
        #expect(changed > 1000 && changed < before.pixels.count / 2)
    }

    @Test func severalPhotosAreDrawnToAFolder() throws {
        let tool = try CommandLineTool(home: DataFolder().path)
        let copy = tool.folder.path("copy.jpg")
        try FileManager.default.copyItem(atPath: photo, toPath: copy)
        let out = tool.folder.path("drawn")
        #expect(try tool("detect", photo, copy, "--draw", out).status == 0)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: out).sorted() == ["Abdul_Rahman_0001.png", "copy.png"])
        let wrong = try tool("detect", photo, copy, "--draw", out + ".png")
        #expect(wrong.status == 2 && wrong.errors.contains("name a folder"))
        let same = try tool("detect", photo, photo, "--draw", out)
        #expect(same.status == 2 && same.errors.contains("to one file"))
    }
}
