#if Training
    import Faceprint
    import FaceprintModels

    extension FeatureSource {
        /// Computes what a network gives for each photo, unchanged and changed in some ways, unless it is in the cache.
        ///
        /// - Parameters:
        ///   - variants: How many of a photo, the unchanged among them. How a photo is changed follows from the photo and
        ///     the seed, so that more photos leave those as they are that there were before.
        ///   - progress: Is called with the number of photos done since the last call.
        public init(
            of photos: PhotoSource, by body: Network, variants: Int, seed: UInt64, precision: TrainingPrecision,
            cache: FeatureCache, progress: (Int) -> Void = { _ in }
        ) throws {
            let group = max(Self.batch / variants, 1)
            let graph = try TrainingGraph(
                try ParameterStore(body), batch: group * variants, isTraining: false,
                options: .init(precision: precision, isNormalized: false))
            let length = graph.embeddingLength
            let (photoCount, inputCount) = (variants * length, variants * body.inputShape.reduce(1, *))
            let network = "\(body.parametersDigest) \(precision.rawValue)"
            var features: [[Float]] = []
            for start in stride(from: 0, to: photos.count, by: group) {
                let count = min(group, photos.count - start)
                // The last group is filled up with its last photo: rounding may depend on the batch's size.
                let inputs = try photos.variants(
                    at: (start..<(start + group)).map { min($0, photos.count - 1) }, variants, seed: seed)
                let names = (0..<count).map {
                    FeatureCache.name(inputs[($0 * inputCount)..<(($0 + 1) * inputCount)], by: network)
                }
                var found = names.map { cache.features($0, count: photoCount) }
                if found.contains(nil) {
                    graph.setPhotos(inputs)
                    try graph.forward()
                    let computed = graph.embeddings
                    for index in 0..<count {
                        let own = computed[(index * photoCount)..<((index + 1) * photoCount)]
                        if found[index] == nil { try cache.keep(own, as: names[index]) }
                        found[index] = found[index] ?? Array(own)
                    }
                }
                features += found.compactMap(\.self)
                progress(count)
            }
            self.init(features, length: length)
        }

        private static let batch = 32
    }

    extension PhotoSource {
        /// `[places.count][variants]` inputs; the first variant of each is unchanged.
        fileprivate func variants(at places: [Int], _ variants: Int, seed: UInt64) throws -> [Float] {
            let each = places.flatMap { [Int](repeating: $0, count: variants) }
            let seeds: [UInt64?] = places.flatMap { place in
                var random = SplitMix(seed: seed ^ (UInt64(entries[place].digest.prefix(16), radix: 16) ?? 0))
                return (0..<variants).map { $0 == 0 ? nil : random.next() }
            }
            return try loader.photos(each.map { entries[$0] }, seeds: seeds)
        }
    }
#endif
