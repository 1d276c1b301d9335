import Faceprint
import FaceprintGallery
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import Foundation
import TestSupport
import Testing

@testable import FaceprintServer

/// A server without a network, with a tiny model that takes whole photos, a gallery of its own and a key of each scope.
struct TestApplication {
    let folder: TemporaryFolder
    let gallery: Gallery
    let application: Application
    /// All scopes.
    let key: String

    /// - Parameter folder: Of the gallery; nil for a new one.
    init(
        _ settings: ServerSettings = ServerSettings(), busyTimeout: Duration = .seconds(10),
        keeping folder: TemporaryFolder? = nil
    ) throws {
        let folder = try folder ?? TemporaryFolder()
        self.folder = folder
        gallery = try Gallery(at: folder.path("gallery.sqlite"), busyTimeout: busyTimeout)
        let catalogue = ModelCatalogue(folder: folder.path("models"))
        let model = RecognitionModel(try TinyEncoder.install(in: catalogue))
        var settings = settings
        if settings.thresholds == .uncalibrated {
            settings.thresholds = Thresholds(verification: 0.02, identification: 0.01)
        }
        settings.version = "test"
        application = Application(
            settings: settings, gallery: gallery,
            recognizer: Recognizer(encoder: try Encoder(model), detector: nil))
        key = try gallery.createKey(named: "all", scopes: Set(Scope.allCases)).secret
    }

    /// The key of one scope.
    func key(_ scopes: Scope...) throws -> String {
        try gallery.createKey(named: scopes.map(\.rawValue).joined(separator: "+"), scopes: Set(scopes)).secret
    }

    /// - Parameter key: nil for the one of all scopes, empty for none.
    func callAsFunction(
        _ method: String, _ target: String, key: String? = nil, headers: [String: String] = [:],
        json: Any? = nil, photo: [UInt8]? = nil, parts: [FormPart]? = nil
    ) throws -> Answer {
        var headers = headers
        if key != "" { headers["x-api-key"] = key ?? self.key }
        var body = Request.Body.bytes([])
        if let json {
            headers["content-type"] = "application/json"
            body = .bytes(Array(try JSONSerialization.data(withJSONObject: json, options: .fragmentsAllowed)))
        }
        if let photo { body = .form([FormPart(name: "file", bytes: photo)]) }
        if let parts { body = .form(parts) }
        return Answer(
            application.respond(to: try Request(method, target, headers: headers, body: body)))
    }

    /// Enrolls a photo of ``testPhoto(_:)``.
    func enroll(_ name: String, _ number: Int) throws {
        let answer = try self("POST", "/api/v1/recognition/faces?subject=\(name)", photo: testPhoto(number))
        try #require(answer.status == 201, "\(answer.text)")
    }
}

/// A photo that is told apart by its number.
func testPhoto(_ number: Int) throws -> [UInt8] { try testImage(number).pngData() }

/// What a request was answered with.
struct Answer {
    let response: Response

    init(_ response: Response) { self.response = response }

    var status: Int { response.status }
    var text: String { String(decoding: response.body, as: UTF8.self) }
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]) ?? [:]
    }
    var code: Int? { json["code"] as? Int }
    var message: String { json["message"] as? String ?? "" }
}

/// A clock that a test moves.
final class Clock: @unchecked Sendable {
    var now = ContinuousClock.now
}
