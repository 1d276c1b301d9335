#if PostgreSQL
    extension GalleryError {
        /// What an error of PostgreSQL means for a gallery.
        ///
        /// - Parameters:
        ///   - state: Its SQLSTATE; nil where no server answered, or the connection broke.
        ///   - writes: Whether a change was being made.
        init(sqlState state: String?, message: String, writes: Bool, path: String) {
            switch (state, state?.prefix(2)) {
            case (nil, _), (_, "08"), ("57P01", _), ("57P02", _), ("57P03", _), ("53300", _):
                self = .unreachable(path: path, reason: message)
            case (_, "28"), ("3D000", _):
                self = .notReadable(path: path, reason: message)
            case ("42501", _) where !writes:
                self = .notReadable(path: path, reason: message)
            case ("42501", _), ("25006", _):
                self = .notWritable(path: path)
            case ("53100", _):
                self = .diskFull(path: path)
            // A lock, a deadlock, or a conflict with what a standby has to replay.
            case ("55P03", _), (_, "40"):
                self = .busy(path: path)
            // Our statements are right for our schema: where PostgreSQL objects to one, the schema isn't ours any more.
            case (_, "22"), (_, "23"), (_, "42"), ("XX001", _), ("XX002", _):
                self = .damaged(path: path, reason: message)
            case (let state?, _):
                self = .failed(path: path, reason: "\(message) (SQLSTATE \(state))")
            }
        }

        /// Whether the same may go well a moment later.
        var mayPass: Bool {
            switch self {
            case .unreachable, .busy: true
            default: false
            }
        }
    }
#endif
