import CAnalysisPages

/// The text of a script or style sheet that is built in, such as `map.js`.
///
/// - Precondition: there is one of that name.
func analysisFile(_ name: String) -> String {
    guard let file = fp_analysis_file(name)?.pointee else { preconditionFailure("no file “\(name)” is built in") }
    return String(decoding: UnsafeBufferPointer(start: file.bytes, count: Int(file.count)), as: UTF8.self)
}
