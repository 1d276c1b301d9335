import Faceprint
import FaceprintGallery
import FaceprintImaging
import FaceprintServer
import Foundation

extension Command {
    /// What may also be set by the environment and a file.
    static let serverSettings: [Option] =
        [
            .value("listen", "ADDRESS:PORT", "where to listen (default: 127.0.0.1:8000)"),
            .value("tls-certificate", "FILE", "serve HTTPS with this certificate chain (PEM)", completion: .file),
            .value("tls-key", "FILE", "the certificate's private key (PEM)", completion: .file),
            .flag("insecure", "allow plain HTTP at an address that others can reach"),
            .value(
                "socket", "FILE", "answer commands of this machine there (default: serve.sock in the data folder)",
                completion: .file),
            .flag("no-socket", "answer no commands of this machine"),
            .value("door-group", "GROUP", "let only people in this group in (default: everybody who is enrolled)"),
            .choice("liveness", ServerSettings.Liveness.allCases.map(\.rawValue), "ask for head turns (default: off)"),
            .value("rate-limit", "NUMBER", "requests a second of one key or address; 0 for any (default: 200)"),
            .value("max-body", "MEGABYTES", "the largest request (default: 16)"),
            .value("max-connections", "NUMBER", "at one time (default: 512)"),
            .value("request-seconds", "SECONDS", "in which a request must have arrived (default: 30)"),
            .choice("log", ServerLog.Format.allCases.map(\.rawValue), "a line a request (default: text)"),
            .gallery, .sealKey, .search, .searchEffort, .threshold, .nearestTemplates,
        ] + Option.door + Option.encoding

    static let serverOptions =
        [
            .value("config", "FILE", "read options from this file; see docs/server.md", completion: .file),
            .flag("check", "only say whether the settings are fine"),
        ] + serverSettings
}

/// A server's settings, from the command line, the environment and a file, all checked.
struct ServerSetup {
    let gallery: Gallery
    let listener: ListenerOptions
    private var settings = ServerSettings()
    private let recognition: RecognitionSettings
    private let searchKind: SearchKind
    let log: ServerLog
    /// Where commands of this machine are answered; nil for nowhere.
    let socket: String?

    init(_ given: Arguments) throws {
        let environment = ProcessInfo.processInfo.environment
        var arguments = given
        let path = given.string("config") ?? environment["FACEPRINT_CONFIG"]
        try arguments.addDefaults(
            of: Command.serverSettings, environment: environment, file: try path.map { try SettingsFile(path: $0) })
        // Before anything is opened or made: a mistake in them is to be all that happens.
        do {
            listener = try ListenerOptions(arguments)
        } catch let error as ServerError {
            throw UsageError("\(error)")
        }
        try settings.readDoor(arguments)
        settings.nearestTemplates = try arguments.nearestTemplates()
        searchKind = try arguments.searchKind()
        settings.rateLimit = try arguments.number("rate-limit", in: 0...1_000_000) ?? settings.rateLimit
        settings.usesTLS = listener.tls != nil
        settings.version = version
        socket = arguments.has("no-socket") ? nil : arguments.string("socket") ?? ResidentSocket.standard
        gallery = try arguments.writableGallery()
        recognition = try RecognitionSettings(arguments, space: try gallery.space(), mode: .throughput)
        log = ServerLog(arguments.string("log").flatMap(ServerLog.Format.init) ?? .text)
        settings.thresholds = recognition.thresholds
        settings.photoLimits = recognition.limits
        settings.detector = recognition.detector.rawValue
    }

    /// Loads the model.
    func application() throws -> Application {
        Application(
            settings: settings, gallery: gallery, recognizer: try recognition.recognizer(),
            search: try gallery.search(searchKind), log: log)
    }

    /// What commands of this machine are answered by, which has its networks for single photos, loaded when first asked.
    func resident() -> ResidentRecognition {
        ResidentRecognition(recognition.residentTerms) { [recognition] in try recognition.recognizer(mode: .latency) }
    }

    /// Tries what only a start shows: whether the model can be loaded and the certificate fits its key.
    func check() throws {
        var elsewhere = listener
        (elsewhere.address, elsewhere.port) = ("127.0.0.1", 0)
        try Server(try application(), elsewhere).stop()
    }
}
