import Faceprint
import FaceprintFiles
import FaceprintGallery
import FaceprintInference
import FaceprintModels

extension Option {
    static let gallery = value(
        "gallery", "FILE", "the gallery of people (default: gallery.sqlite in the data folder)", completion: .file)
    static let threshold = value(
        "threshold", "DISTANCE", "the largest distance accepted, 0 to 2 (default: the model's)")
    static let json = flag("json", "print JSON for machines")
    static let model = value("model", "NAME", "the model (default: the gallery's, else facenet)")
    static let profile = choice(
        "profile", PreprocessingProfile.all.map(\.name),
        "how photos are prepared (default: the gallery's, else the model's)")
    static let device = value("device", "NAME", "OpenVINO's device (default: CPU)")
    static let precision = choice(
        "precision", EncoderOptions.Precision.allCases.map(\.rawValue), "the network's arithmetic (default: automatic)")

    /// What every command takes that encodes photos.
    static let encoding = [model, profile, device, precision]
}

/// What the options say about the model, the photos and the gallery.
struct RecognitionSettings {
    let model: Model
    let profile: PreprocessingProfile
    private let options: EncoderOptions
    private let chosenThreshold: Float?

    /// - Parameter space: Of the gallery; its model and profile are used where the options name none.
    init(_ arguments: Arguments, space: EmbeddingSpace? = nil, mode: EncoderOptions.Mode = .latency) throws {
        let folder = DataFolder()
        let catalogue = ModelCatalogue(folder: folder.models)
        model = try catalogue.model(named: arguments.string("model") ?? space?.model ?? "facenet")
        if let name = arguments.string("profile") ?? space?.profile, name != model.manifest.preprocessing.name {
            profile = try .named(name)
        } else {
            profile = model.manifest.preprocessing
        }
        options = EncoderOptions(
            device: arguments.string("device") ?? "CPU",
            precision: arguments.string("precision").flatMap(EncoderOptions.Precision.init) ?? .automatic,
            mode: mode, cacheFolder: folder.cache)
        chosenThreshold = try arguments.number("threshold", in: 0...2)
        let chosen = model.space(profile: profile)
        if let space, space != chosen { throw GalleryError.otherSpace(gallery: space, found: chosen) }
    }

    var threshold: Float { chosenThreshold ?? model.manifest.threshold }

    func encoder() throws -> Encoder { try Encoder(model, profile: profile, options: options) }
}

extension Arguments {
    var galleryPath: String { string("gallery") ?? DataFolder().gallery }

    /// The gallery, to look things up in.
    func gallery() throws -> Gallery { try Gallery(path: galleryPath, access: .readOnly) }

    /// The gallery, to change it; made where there is none.
    func writableGallery() throws -> Gallery {
        if string("gallery") == nil { try DataFolder().make() }
        return try Gallery(path: galleryPath)
    }
}
