import FaceprintEvaluation
import TestSupport
import Testing

private func lfw(_ text: String) throws -> PairList { try PairList(lfw: Array(text.utf8), name: "list") }
private func paths(_ text: String) throws -> PairList { try PairList(paths: Array(text.utf8), name: "list") }

@Suite("Lists of pairs")
struct PairListTests {
    @Test func `LFW's form: folds of genuine pairs, then impostor pairs`() throws {
        let list = try lfw("2\t1\nAnn\t1\t12\nAnn\t3\tBob\t4567\nCem\t1\t2\nCem\t1\tAnn\t12345\n")
        #expect(
            list.pairs == [
                Pair(first: "Ann/Ann_0001.jpg", second: "Ann/Ann_0012.jpg", isGenuine: true, fold: 0),
                Pair(first: "Ann/Ann_0003.jpg", second: "Bob/Bob_4567.jpg", isGenuine: false, fold: 0),
                Pair(first: "Cem/Cem_0001.jpg", second: "Cem/Cem_0002.jpg", isGenuine: true, fold: 1),
                Pair(first: "Cem/Cem_0001.jpg", second: "Ann/Ann_12345.jpg", isGenuine: false, fold: 1),
            ])
        #expect(list.foldCount == 2)
        #expect(list.photos.count == 7)
    }

    @Test func `One number in the first line is one fold; other line ends and empty lines are fine`() throws {
        let list = try lfw("\u{FEFF}1\r\n\r\nAnn 1 2\r\nAnn 1 Bob 1")
        #expect(list.pairs.map(\.fold) == [0, 0])
        #expect(list.pairs.map(\.isGenuine) == [true, false])
    }

    @Test func `Without a first line, a fold begins where a genuine pair follows an impostor pair`() throws {
        let list = try lfw("Ann 1 2\nAnn 1 Bob 1\nAnn 1 Bob 2\nBob 1 2\nBob 1 3\nAnn 1 Bob 1\nAnn 2 3")
        #expect(list.pairs.map(\.fold) == [0, 0, 0, 1, 1, 1, 2])
    }

    @Test(arguments: [
        ("1 1\nAnn 1 2\nAnn 1 x 2\nAnn 1 Bob", 4, "“Bob” is no number of a photo"),
        ("1 1\nAnn 1 2\nAnn 1 Bob x", 3, "“x” is no number of a photo"),
        ("Ann 1 2\nAnn 0 2", 2, "“0” is no number of a photo"),
        ("Ann 1 2\nAnn 99999999999999999999 2", 2, "“99999999999999999999” is no number of a photo"),
        ("../x 1 2", 1, "“../x” is no name of a folder of photos"),
        (".. 1 2", 1, "“..” is no name of a folder of photos"),
        ("Ann 1 2 3 4", 1, "expected “name i j” or “name i name j”, found 5 fields"),
        (
            "Ann 1 Ann 2", 1,
            "a pair of two persons names “Ann” twice; write “Ann i j” for one person"
        ),
        ("0 5", 1, "expected the numbers of folds and of pairs in each, found “0 5”"),
        (
            "9223372036854775807 5", 1,
            "expected the numbers of folds and of pairs in each, found “9223372036854775807 5”"
        ),
        (
            "1 1\nAnn 1 Bob 2\nAnn 1 2", 2,
            "here the first line's 1 folds of 1 genuine and as many impostor pairs ask for one person"
        ),
    ])
    func `A bad line is named`(text: String, line: Int, reason: String) {
        #expect(throws: EvaluationError.badLine(list: "list", line: line, reason: reason)) { try lfw(text) }
    }

    @Test func `A list that is cut short, empty, or no text is refused`() {
        #expect(
            throws: EvaluationError.badList(
                list: "list",
                reason: "the first line's 2 folds of 1 genuine and as many impostor pairs make 4 pairs, but it has 2")
        ) { try lfw("2 1\nAnn 1 2\nAnn 1 Bob 2") }
        for text in ["", "\n \n"] {
            #expect(throws: EvaluationError.badList(list: "list", reason: "it holds no pairs")) { try lfw(text) }
            #expect(throws: EvaluationError.badList(list: "list", reason: "it holds no pairs")) { try paths(text) }
        }
        #expect(throws: EvaluationError.badList(list: "list", reason: "it is not a text in UTF-8")) {
            try PairList(lfw: [0x41, 0xFF, 0xFE], name: "list")
        }
    }

    @Test func `A general list is separated by tabs, or by commas`() throws {
        let list = try paths("a b/1.jpg\tc, d/2.jpg\t1\nx.png, y.png ,0\n")
        #expect(
            list.pairs == [
                Pair(first: "a b/1.jpg", second: "c, d/2.jpg", isGenuine: true),
                Pair(first: "x.png", second: "y.png", isGenuine: false),
            ])
    }

    @Test(arguments: [
        ("a,b,1\na,b,2", 2, "the last field is “2”; write 1 for one person, 0 for two"),
        ("a,/b,1", 1, "“/b” is no path inside the folder of photos"),
        ("a,b/../../c,1", 1, "“b/../../c” is no path inside the folder of photos"),
        ("a,,1", 1, "“” is no path inside the folder of photos"),
        ("a,b", 1, "expected “PATH PATH 1” or “PATH PATH 0”, separated by tabs or commas, found 2 field(s)"),
    ])
    func `A bad line of a general list is named`(text: String, line: Int, reason: String) {
        #expect(throws: EvaluationError.badLine(list: "list", line: line, reason: reason)) { try paths(text) }
    }

    @Test(.needsSharedData) func `LFW's own development list is read`() throws {
        let list = try PairList(lfw: SharedData.url("lfw-dev/pairs.txt").path)
        #expect(list.pairs.count == 1200)
        #expect(list.foldCount == 2)
        #expect(list.photos.count == 1583)
        for fold in 0..<2 {
            #expect(list.pairs.count { $0.fold == fold && $0.isGenuine } == 300)
            #expect(list.pairs.count { $0.fold == fold && !$0.isGenuine } == 300)
        }
        for photo in list.photos {
            #expect(try SharedData.url("lfw-dev/images/" + photo).checkResourceIsReachable())
        }
    }
}

@Suite("Labels")
struct PhotoLabelTests {
    @Test func `A photo's own label comes before its person's`() throws {
        let labels = try PhotoLabels(Array("name,group\nann,x\nann/2.jpg\ty, z\n".utf8), name: "groups")
        #expect(labels.label(ofPhoto: "ann/1.jpg", identity: "ann") == "x")
        #expect(labels.label(ofPhoto: "ann/2.jpg", identity: "ann") == "y, z")
        #expect(labels.label(ofPhoto: "bob/1.jpg", identity: "bob") == nil)
        #expect(labels.label(ofPhoto: "bob/1.jpg", identity: nil) == nil)
    }

    @Test(arguments: ["ann", "ann,x,y", ",x", "ann,", "ann,x\nann,y", "", "\n \n"])
    func `A list that can't be understood is refused`(text: String) {
        #expect(throws: EvaluationError.self) { try PhotoLabels(Array(text.utf8), name: "groups") }
    }
}
