#if Training
    import Faceprint
    import FaceprintModels
    import Foundation

    /// What a training run starts from.
    struct TrainingStart {
        /// For people.
        let name: String
        let network: Network
        let profile: PreprocessingProfile
        let channels: ModelManifest.Input.ChannelOrder
        let licence: String

        init(_ arguments: Arguments) throws {
            switch (arguments.string("from"), arguments.string("network")) {
            case (let from?, nil): try self.init(from: from, profile: arguments.string("profile"))
            case (nil, .some): try self.init(small: arguments)
            default: throw UsageError("“train” starts --from MODEL or with --network small")
            }
        }

        private init(small arguments: Arguments) throws {
            name = "small"
            network = try .smallFaceNetwork(seed: try arguments.number("seed", in: 0...UInt64.max) ?? 1)
            profile = try arguments.string("profile").map { try .named($0) } ?? .arcFace
            channels = .rgb
            licence = "not stated"
        }

        private init(from source: String, profile named: String?) throws {
            let catalogue = ModelCatalogue()
            if source.hasSuffix(".h5") {
                name = source.fileStem
                network = try Network(kerasFile: source)
                profile = try named.map { try .named($0) } ?? .warp
                channels = .rgb
                licence = "not stated"
                return
            }
            let model = try catalogue.model(named: source)
            guard let file = catalogue.kerasFile(of: model) ?? Self.fetched(model) else {
                throw UsageError("“\(source)” has no Keras file to train from; name one with --from FILE.h5")
            }
            name = source
            network = try Network(kerasFile: file)
            profile = try named.map { try .named($0) } ?? model.manifest.preprocessing
            channels = model.manifest.input.channels
            licence = model.manifest.licence
        }

        /// The file that FaceNet was made from.
        private static func fetched(_ model: Model) -> String? {
            let file = ModelFetcher().kerasFile
            return model.manifest.name == "facenet" && FileManager.default.fileExists(atPath: file) ? file : nil
        }
    }
#endif
