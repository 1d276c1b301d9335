/// A pair that was decided wrongly, or nearly so, with its photos, for the page.
public struct WrongDecision: Hashable, Sendable {
    /// A photo to show.
    public struct Photo: Hashable, Sendable {
        /// What to write below it, such as its path.
        public let caption: String
        /// A JPEG file, as small as it is shown.
        public let jpeg: [UInt8]

        public init(caption: String, jpeg: [UInt8]) {
            self.caption = caption
            self.jpeg = jpeg
        }
    }

    /// Whether both photos show one person.
    public let isGenuine: Bool
    /// The L2 distance.
    public let distance: Float
    public let first: Photo
    public let second: Photo

    public init(isGenuine: Bool, distance: Float, first: Photo, second: Photo) {
        self.isGenuine = isGenuine
        self.distance = distance
        self.first = first
        self.second = second
    }
}
