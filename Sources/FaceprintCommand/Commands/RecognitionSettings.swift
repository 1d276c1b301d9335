import Faceprint
import FaceprintFiles
import FaceprintGallery
import FaceprintImaging
import FaceprintInference
import FaceprintModels
import FaceprintServer

extension Option {
    static let gallery = value(
        "gallery", "FILE", "the gallery of people (default: gallery.sqlite in the data folder)", completion: .file)
    static let search = choice(
        "search", SearchKind.names,
        "exact: in this process' memory; server, hnsw: in PostgreSQL, hnsw by an index that may overlook somebody "
            + "(default: exact)")
    static let searchEffort = value(
        "ef-search", "NUMBER", "how many templates hnsw looks at, 1 to 1000: more overlook less (default: 100)")
    static let group = value("group", "GROUP", "only people in this group")
    static let threshold = value(
        "threshold", "DISTANCE", "the largest distance accepted, 0 to 2 (default: the model's)")
    static let nearestTemplates = value(
        "nearest-templates", "K", "a person's distance is the mean over the K nearest of the photos (default: 1)")
    static let json = flag("json", "print JSON for machines")
    static let model = value("model", "NAME", "the model (default: the gallery's, else fused; facenet with --profile)")
    static let profile = choice(
        "profile", PreprocessingProfile.all.map(\.name),
        "how faces are prepared (default: the gallery's, else the model's)")
    static let mirror = flag("mirror", "average with the mirror image: twice the time, a little better")
    static let detector = choice(
        "detector", DetectorName.allCases.map(\.rawValue), "what finds the faces (default: yunet)")
    static let device = value("device", "NAME", "OpenVINO's device (default: CPU)")
    static let precision = choice(
        "precision", EncoderOptions.Precision.allCases.map(\.rawValue), "the network's arithmetic (default: automatic)")

    static let timings = flag("timings", "say at the end, on standard error, where the time went")
    static let noResident = flag("no-resident", "don't ask a server on this machine for the faces")

    /// What every command takes that encodes faces.
    static let recognition = [model, profile, mirror, detector, device, precision, timings]

    /// What every command takes that encodes photos.
    static let encoding = recognition + photoLimits
}

/// What the options say about the model, the faces and the gallery.
struct RecognitionSettings {
    let model: RecognitionModel
    let limits: PhotoLimits
    /// nil for each network's own.
    private let profile: PreprocessingProfile?
    private let isMirrored: Bool
    let detector: DetectorName
    private let options: EncoderOptions
    private let chosenThreshold: Float?
    /// nil where nobody asks for them.
    let timings: Timings?
    /// What a server must have in common with a command that asks it.
    let residentTerms: ResidentTerms
    /// The server on this machine that commands ask; nil where they aren't to.
    let resident: ResidentClient?

    /// - Parameter space: Of the gallery; its model and profile are used where the options name none.
    init(_ arguments: Arguments, space: EmbeddingSpace? = nil, mode: EncoderOptions.Mode = .latency) throws {
        let folder = DataFolder()
        let catalogue = ModelCatalogue(folder: folder.models)
        // A profile is one network's matter; the fused model's networks have one each.
        let fallback = arguments.string("profile") == nil ? "fused" : "facenet"
        model = try catalogue.recognitionModel(named: arguments.string("model") ?? space?.model ?? fallback)
        // Before its profile is looked for, which another model may not have.
        if let space, space.model != model.space(profile: nil).model {
            throw GalleryError.otherSpace(gallery: space, found: model.space(profile: nil))
        }
        var stored = space?.profile
        if let name = stored, name.hasSuffix(Encoder.mirrorMark) {
            isMirrored = true
            stored = String(name.dropLast(Encoder.mirrorMark.count))
        } else {
            isMirrored = arguments.has("mirror")
        }
        if let name = arguments.string("profile") ?? stored, name != model.space(profile: nil).profile {
            profile = try .named(name)
        } else {
            profile = nil
        }
        detector = arguments.string("detector").flatMap(DetectorName.init) ?? .yunet
        options = try EncoderOptions(arguments, mode: mode)
        timings = arguments.has("timings") ? TimingsReport.timings : nil
        limits = try PhotoLimits(arguments, profile: model.space(profile: profile).profile)
        chosenThreshold = try arguments.number("threshold", in: 0...2)
        var chosen = model.space(profile: profile)
        if isMirrored {
            chosen = EmbeddingSpace(
                model: chosen.model, modelSHA256: chosen.modelSHA256, profile: chosen.profile + Encoder.mirrorMark)
        }
        if let space, space != chosen { throw GalleryError.otherSpace(gallery: space, found: chosen) }
        residentTerms = ResidentTerms(
            version: version, space: chosen, modelSHA256: model.sha256, detector: detector.rawValue,
            device: options.device, precision: options.precision.rawValue, limits: limits)
        resident =
            arguments.has("no-resident") ? nil : ResidentClient(socket: ResidentSocket.path, residentTerms)
    }

    /// The thresholds that the options name, or the model's. They were calibrated for the model's own profile; other
    /// profiles get the assignment's 0.7, which is strict.
    var thresholds: Thresholds {
        if let chosenThreshold { return Thresholds(verification: chosenThreshold, identification: chosenThreshold) }
        return profile == nil ? model.thresholds : Thresholds(verification: 0.7, identification: 0.7)
    }

    /// The threshold of identification (1:N) that the options name, that somebody has set for the gallery, or the model's.
    func identificationThreshold(of gallery: Gallery) throws -> Float {
        try chosenThreshold ?? gallery.identificationThreshold() ?? thresholds.identification
    }

    func encoder() throws -> Encoder {
        try Encoder(model, profile: profile, mirrored: isMirrored, options: options)
    }

    /// What finds the faces of a video's frames.
    func videoDetector() throws -> any FaceDetector {
        // Frames are searched once each, however large they are: far away people come nearer.
        try detector.load(options, search: YuNetDetector.Search(smallestFace: .infinity))
    }

    /// - Parameter mode: nil for the one that was chosen at first.
    func recognizer(mode: EncoderOptions.Mode? = nil) throws -> Recognizer {
        var options = options
        if let mode { options.mode = mode }
        // Beside the encoder, whose networks are of several sizes: no core waits for another.
        let finder =
            Encoder.needsFaces(model, profile: profile)
            ? Background { [options, detector] in try detector.load(options) } : nil
        let encoder = try Encoder(model, profile: profile, mirrored: isMirrored, options: options)
        return Recognizer(encoder: encoder, detector: try finder?.value(), timings: timings)
    }
}

extension EncoderOptions {
    init(_ arguments: Arguments, mode: Mode) throws {
        self.init(
            device: arguments.string("device") ?? "CPU",
            precision: arguments.string("precision").flatMap(Precision.init) ?? .automatic, mode: mode,
            cacheFolder: DataFolder().cache)
    }
}

extension Arguments {
    /// Over how many of a person's nearest templates a distance is the mean.
    func nearestTemplates() throws -> Int { try number("nearest-templates", in: 1...1000) ?? 1 }

    /// What finds the people who are nearest.
    func searchKind() throws -> SearchKind {
        let effort = try number("ef-search", in: 1...1000)
        guard string("search") == "hnsw" || effort == nil else {
            throw UsageError("\(source(of: "ef-search")) is for --search hnsw")
        }
        switch string("search") {
        case "server": return .server
        case "hnsw": return .hnsw(effort: effort ?? SearchKind.standardEffort)
        default: return .exact
        }
    }

    var galleryPath: String { string("gallery") ?? DataFolder().gallery }

    /// The gallery, to look things up in.
    func gallery() throws -> Gallery {
        let key = try sealKeySource()?.read()
        return try Gallery(at: galleryPath, access: .readOnly, sealKey: key)
    }

    /// A gallery that is there, to change it or, where it may only be read, to read it.
    func existingGallery() throws -> Gallery { try existingGallery(sealKey: try sealKeySource()?.read()) }

    func existingGallery(sealKey: SealKey?) throws -> Gallery {
        let readable = try Gallery(at: galleryPath, access: .readOnly, sealKey: sealKey)
        do throws(GalleryError) {
            return try Gallery(at: galleryPath, sealKey: sealKey)
        } catch .notWritable {
            return readable
        }
    }

    /// The gallery, to change it; made where there is none.
    ///
    /// - Parameter isSealed: Whether to open it with the key that is named, which seals a new one.
    func writableGallery(isSealed: Bool = true) throws -> Gallery {
        let source = isSealed ? try sealKeySource() : nil
        if string("gallery") == nil { try DataFolder().make() }
        guard let source else { return try Gallery(at: galleryPath) }
        // A passphrase that is to seal is asked for twice.
        let isNew = try source.isAsked && Gallery(at: galleryPath).isNew()
        return try Gallery(at: galleryPath, sealKey: source.read(isNew: isNew))
    }
}

extension Gallery {
    /// Whether a key seals it when it is opened.
    fileprivate func isNew() throws -> Bool { try sealing() == .plain && people().isEmpty }
}
