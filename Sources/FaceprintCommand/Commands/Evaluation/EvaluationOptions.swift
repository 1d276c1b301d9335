import Faceprint
import FaceprintEvaluation
import FaceprintFiles

extension Option {
    static let report = value("report", "FILE", "write a page with curves and the worst errors", completion: .file)
    static let groups = value(
        "groups", "FILE", "rates by group: lines PHOTO,LABEL or PERSON,LABEL", completion: .file)
    static let pairs = value("pairs", "FILE", "the list of pairs (default: DIR/pairs.txt)", completion: .file)

    /// Which face of a photo is meant.
    static let face = choice(
        "face", ["largest", "central"], "whom a photo with several faces shows (default: largest; with LFW's: central)")

    /// What all evaluations take.
    static let evaluation = [report, groups, threshold, face, json] + encoding
}

extension Arguments {
    func faceSelection(default selection: FaceSelection) -> FaceSelection {
        switch string("face") {
        case "largest": .largest
        case "central": .central
        default: selection
        }
    }
}

/// Where an evaluation's report goes.
struct EvaluationOutput {
    private let isJSON: Bool
    /// It holds photos of people, and is its owner's alone.
    private let page: OutputFile?

    /// - Throws: `FileError` when the page can't be written, before hours are spent on it.
    init(_ arguments: Arguments) throws {
        isJSON = arguments.has("json")
        page = try arguments.string("report").map { try OutputFile($0) }
    }

    func write(_ report: EvaluationReport, _ worst: WorstDecisions) throws {
        Console.line(isJSON ? try json(report) : String(report.text.dropLast()))
        guard let page else { return }
        try page.write(report.html(errors: try worst.decisions()).utf8)
        try page.finish()
        if !isJSON { Console.line("\nreport: \(page.path)") }
    }
}
