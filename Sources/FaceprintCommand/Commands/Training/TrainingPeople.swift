#if Training
    import Faceprint
    import FaceprintFiles
    import FaceprintInference
    import FaceprintModels
    import FaceprintTraining
    import Foundation

    /// The photos of a run, their faces cut out: some to learn from, others to judge by.
    struct TrainingPeople {
        /// A face, and whom it shows.
        typealias Example = (entry: FaceCutCache.Entry, person: String)

        /// Those of people with two photos: others can't make a pair.
        let training: [Example]
        let validation: [Example]
        /// People of the training set with one photo.
        let loneCount: Int
        let cache: FaceCutCache
        /// Photos that can't be used, and why.
        let refusals: [(path: String, reason: String)]
        /// What the photos are, to recognise a run's checkpoints and to compare the ranks.
        let digest: String

        init(_ arguments: Arguments, _ start: TrainingStart, _ communicator: any Communicator) throws {
            let input = start.network.inputShape
            let detector =
                start.profile.alignment.needsFace
                ? try (arguments.string("detector").flatMap(DetectorName.init) ?? .yunet)
                    .load(EncoderOptions(mode: .throughput, cacheFolder: DataFolder().cache)) : nil
            cache = try FaceCutCache(
                folder: DataFolder().faces,
                cut: FaceCut(alignment: start.profile.alignment, width: input[1], height: input[0]),
                detector: detector, selection: arguments.faceSelection(default: .largest))
            var refusals: [(path: String, reason: String)] = []
            let fewest = try arguments.number("min-photos", in: 1...1_000_000) ?? 1
            let own = try Self.examples(in: arguments.operands[0], fewest: fewest, cache, communicator, &refusals)
            let all: [Example]
            if let folder = arguments.string("validation") {
                guard arguments.string("hold-out") == nil else {
                    throw UsageError("give --validation DIR or --hold-out SHARE, not both")
                }
                all = own
                validation = try Self.examples(in: folder, cache, communicator, &refusals)
            } else {
                let share = try arguments.number("hold-out", in: 0...0.9) ?? 0.2
                let seed = try arguments.number("seed", in: 0...UInt64.max) ?? 1
                (all, validation) = Self.split(own, share: share, seed: seed)
            }
            self.refusals = refusals
            let photos = Dictionary(grouping: all, by: \.person).mapValues(\.count)
            training = all.filter { photos[$0.person] != 1 }
            loneCount = photos.values.count { $0 == 1 }
            let text = [training, validation].map { examples in
                examples.map { "\($0.entry.digest) \($0.person)\n" }.joined()
            }.joined(separator: "\n")
            digest = Array(text.utf8).withUnsafeBytes { SHA256.hex(of: $0) }
        }

        /// - Throws: `FileError` when the folder can't be read, ``UsageError`` when there is nothing in it.
        private static func examples(
            in folder: String, fewest: Int = 1, _ cache: FaceCutCache, _ communicator: any Communicator,
            _ refusals: inout [(path: String, reason: String)]
        ) throws -> [Example] {
            let all = try PersonPhoto.all(in: folder).map { LabelledPhoto(path: $0.path, person: $0.person ?? "") }
            let counts = Dictionary(grouping: all, by: \.person).mapValues(\.count)
            let photos = all.filter { counts[$0.person, default: 0] >= fewest }
            guard !photos.isEmpty else {
                throw UsageError("nobody in “\(folder)” has \(fewest) photos; lower --min-photos")
            }
            var bar = ProgressBar("faces", of: communicator.isFirst ? photos.count : 0)
            let entries = try cache.entries(for: photos) { bar.advance(by: $0) }
            bar.clear()
            var examples: [Example] = []
            for (photo, entry) in zip(photos, entries) {
                switch entry {
                case .success(let entry): examples.append((entry, photo.person))
                case .failure(let error): refusals.append((photo.path, "\(error)"))
                }
            }
            return examples
        }

        /// Holds out a share of each person's photos, but leaves two to learn from.
        private static func split(
            _ all: [Example], share: Double, seed: UInt64
        ) -> (training: [Example], validation: [Example]) {
            var (training, validation): ([Example], [Example]) = ([], [])
            var random = SplitMix(seed: seed)
            for (_, own) in Dictionary(grouping: all, by: \.person).sorted(by: { $0.key < $1.key }) {
                let count = min(Int((Double(own.count) * share).rounded()), max(own.count - 2, 0))
                let shuffled = random.shuffled(own)
                validation += shuffled.prefix(count)
                training += shuffled.dropFirst(count)
            }
            return (training, validation)
        }
    }
#endif
