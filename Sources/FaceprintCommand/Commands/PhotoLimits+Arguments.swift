import FaceprintImaging

extension Option {
    /// What every command takes that reads photos.
    static let photoLimits = [
        value("max-pixels", "MEGAPIXELS", "refuse larger photos (default: 100)"),
        value("max-bytes", "MEGABYTES", "refuse larger files (default: 64)"),
        value("max-seconds", "SECONDS", "stop decoding a photo after that time (default: 30)"),
        value(
            "kept-side", "PIXELS",
            "shrink photos above 12 megapixels as long as the longer side keeps this (default: 2000)"),
    ]
}

extension PhotoLimits {
    /// - Parameter profile: How faces are prepared, where that is known; `assignment` wants the values as stored.
    init(_ arguments: Arguments, profile: String?) throws {
        self.init(convertsColours: profile != "assignment")
        if let million = try arguments.number("max-pixels", in: 0.001...400) { pixels = Int(million * 1_000_000) }
        if let million = try arguments.number("max-bytes", in: 0.001...2_000) { bytes = Int(million * 1_000_000) }
        if let time = try arguments.number("max-seconds", in: 0.001...86_400) { seconds = time }
        if let pixels = try arguments.number("kept-side", in: 1...20_000) { keptSide = pixels }
    }
}
