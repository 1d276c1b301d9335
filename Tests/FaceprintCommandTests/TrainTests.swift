#if Training
    import FaceprintModels
    import Foundation
    import TestSupport
    import Testing

    /// `faceprint train` on photos that are made here, taken whole: no face is looked for.
    @Suite struct TrainTests {
        private let setup = try! TinySetup()

        private var people: String { setup.tool.folder.path("people") }

        private func makePeople(_ persons: Int = 5, photos: Int = 4) throws {
            for person in 0..<persons {
                for photo in 0..<photos {
                    _ = try setup.photo(person * 100 + photo, name: "people/person \(person)/\(photo).png")
                }
            }
        }

        private func words(_ more: String...) -> [String] {
            [
                "train", people, "--network", "small", "--profile", "standardized", "--persons", "4", "--photos", "2",
                "--output", setup.tool.folder.path("run"), "--name", "mine",
            ] + more
        }

        private func losses(of run: String = "run") throws -> [String] {
            try String(contentsOfFile: setup.tool.folder.path("\(run)/steps.csv"), encoding: .utf8)
                .split(whereSeparator: \.isNewline).dropFirst().map { String($0.split(separator: ",")[3]) }
        }

        @Test func `What was trained is a model like any other`() throws {
            try makePeople()
            let run = try setup.tool(words("--epochs", "2", "--hold-out", "0.5"))
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.output.contains("10 photos of 5 people"))
            #expect(run.output.contains("epoch 2"))
            #expect(run.output.contains("the model “mine” is ready"))
            let photo = setup.tool.folder.path("people/person 1/0.png")
            let same = try setup.tool(["compare", photo, photo, "--model", "mine"])
            #expect(same.status == 0, "\(same.errors)")
            // And the next run can start from it.
            let again = try setup.tool([
                "train", people, "--from", "mine", "--head-only", "--epochs", "1", "--hold-out", "0", "--name", "next",
            ])
            #expect(again.status == 0, "\(again.errors)")
            let catalogue = ModelCatalogue(folder: setup.tool.folder.path("home/models"))
            let (before, after) = try (
                Network(kerasFile: #require(catalogue.kerasFile(of: try catalogue.model(named: "mine")))),
                Network(kerasFile: #require(catalogue.kerasFile(of: try catalogue.model(named: "next"))))
            )
            let changed = zip(before.layers, after.layers).filter { $0 != $1 }.map(\.0.name)
            #expect(changed == ["dense_1", "bn_14"])
            let page = try String(contentsOfFile: setup.tool.folder.path("run/report.html"), encoding: .utf8)
            #expect(page.contains("Training of mine") && page.contains("<svg"))
        }

        @Test func `What can't be used is named, and the rest is used`() throws {
            try makePeople()
            _ = try setup.photo(900, name: "people/lone/only.png")
            try Data("no photo".utf8).write(to: URL(fileURLWithPath: people + "/person 2/9.png"))
            let run = try setup.tool(words("--epochs", "1", "--hold-out", "0"))
            #expect(run.status == 0, "\(run.errors)")
            #expect(run.errors.contains("person 2/9.png is left out: "))
            #expect(run.errors.contains("1 person has one photo and can't make a pair"))
            #expect(run.output.contains("20 photos of 5 people"))
        }

        @Test func `A folder that nothing can be learned from is refused`() throws {
            try FileManager.default.createDirectory(atPath: people, withIntermediateDirectories: true)
            let empty = try setup.tool(words())
            #expect(empty.status == 2 && empty.errors.contains("holds no photos"))
            try makePeople(5, photos: 1)
            let lone = try setup.tool(words())
            #expect(lone.status == 3 && lone.errors.contains("0 of the people have two photos or more"))
        }

        @Test func `Options that don't fit are refused`() throws {
            try makePeople(2, photos: 2)
            for (options, message) in [
                (["--from", "tiny", "--network", "small"], "starts --from MODEL or with --network small"),
                (["--from", "tiny"], "has no Keras file to train from"),
                (["--network", "small", "--freeze-until", "nowhere"], "has no layer “nowhere”"),
                (["--network", "small", "--head-only", "--freeze-until", "conv_1"], "leave out --freeze-until"),
                (["--network", "small", "--rate", "fast"], "--rate is “fast”"),
            ] {
                let run = try setup.tool(["train", people, "--profile", "standardized"] + options)
                #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
            }
        }

        /// Interrupted by Ctrl-C and gone on, against a run that wasn't.
        @Test func `An interrupted run goes on to the same bits`() throws {
            try makePeople()
            let interrupted = words("--epochs", "4", "--hold-out", "0")
            let (output, errors) = (Pipe(), Pipe())
            let process = try setup.tool.start(
                interrupted, output: output.fileHandleForWriting, errors: errors.fileHandleForWriting)
            try output.fileHandleForWriting.close()
            try errors.fileHandleForWriting.close()
            var lines = LineReader(output.fileHandleForReading)
            while let line = lines.next(), !line.hasPrefix("epoch 1") {}
            kill(process.processIdentifier, SIGINT)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit && process.terminationStatus == 3)
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(said.contains("go on with --resume"))

            let begun = try setup.tool(interrupted)
            #expect(begun.status == 3 && begun.errors.contains("holds a run already"))
            let rest = try setup.tool(interrupted + ["--resume"])
            #expect(rest.status == 0, "\(rest.errors)")
            let resumed = try losses()
            let model = setup.tool.folder.path("home/models/mine/model.onnx")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: model))
            try FileManager.default.removeItem(atPath: setup.tool.folder.path("run"))
            #expect(try setup.tool(interrupted).status == 0)
            #expect(try losses() == resumed)
            #expect(try Data(contentsOf: URL(fileURLWithPath: model)) == bytes)
        }

        /// A limit on the size of files stands for a full disk.
        @Test func `A checkpoint that there is no room for leaves the last one`() throws {
            try makePeople()
            #expect(try setup.tool(words("--epochs", "1", "--hold-out", "0")).status == 0)
            let checkpoint = URL(fileURLWithPath: setup.tool.folder.path("run/checkpoint.h5"))
            let before = try Data(contentsOf: checkpoint)
            try FileManager.default.removeItem(atPath: setup.tool.folder.path("run/steps.csv"))
            let quoted = ([CommandLineTool.executable.path] + words("--epochs", "1", "--hold-out", "0", "--resume"))
                .map { "'\($0)'" }.joined(separator: " ")
            // The last epoch is done; what is left to write is the model.
            let run = try setup.tool.run(
                URL(fileURLWithPath: "/bin/bash"), ["-c", "trap '' XFSZ; ulimit -f 1000; \(quoted)"])
            #expect(run.status == 3 && run.errors.contains("can't be written"), "\(run.errors)")
            #expect(try Data(contentsOf: checkpoint) == before)

            let other = quoted.replacingOccurrences(of: "'--resume'", with: "")
                .replacingOccurrences(of: "/run'", with: "/other'")
            let first = try setup.tool.run(
                URL(fileURLWithPath: "/bin/bash"), ["-c", "trap '' XFSZ; ulimit -f 1000; \(other)"])
            #expect(first.status == 3, "\(first.errors)")
            #expect(first.errors.contains("other") && first.errors.contains("can't be"), "\(first.errors)")
            let left = try FileManager.default.contentsOfDirectory(atPath: setup.tool.folder.path("other"))
            #expect(!left.contains { $0.hasSuffix(".partial") })
        }

        // MARK: Several ranks

        private func mpirun(_ arguments: [String]) -> (program: URL, arguments: [String]) {
            (
                URL(fileURLWithPath: InstalledCommand.find(["mpirun"]) ?? ""),
                ["--allow-run-as-root", "--oversubscribe", "-n", "2", CommandLineTool.executable.path] + arguments
            )
        }

        /// Rounding differs, and grows from step to step as it does between one and two threads of one process.
        @Test(.needs(command: "mpirun")) func `Two ranks learn what one process does`() throws {
            try makePeople(6, photos: 4)
            let options = ["--epochs", "2", "--hold-out", "0", "--loss", "soft-margin", "--rate", "0.001"]
            let one = try setup.tool(words() + options)
            #expect(one.status == 0, "\(one.errors)")
            let alone = try losses().compactMap(Double.init)
            let (program, arguments) = mpirun(
                words() + options + ["--output", setup.tool.folder.path("ranks"), "--name", "ranks"])
            let two = try setup.tool.run(program, arguments)
            #expect(two.status == 0, "\(two.errors)")
            #expect(two.output.components(separatedBy: "epoch 1").count == 2, "one rank speaks")
            let together = try losses(of: "ranks").compactMap(Double.init)
            #expect(alone.count == 6 && together.count == 6)
            for (first, second) in zip(alone, together) { #expect(abs(first - second) < 1e-3 * first) }
        }

        @Test(.needs(command: "mpirun")) func `When a rank dies the run ends, and goes on from its checkpoint`() throws
        {
            try makePeople()
            let run = words("--epochs", "200", "--hold-out", "0")
            let (program, arguments) = mpirun(run)
            let (output, errors) = (Pipe(), Pipe())
            let process = Process()
            process.executableURL = program
            process.arguments = arguments
            process.environment = ProcessInfo.processInfo.environment
                .merging(["FACEPRINT_HOME": setup.tool.folder.path("home")]) { $1 }
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            try output.fileHandleForWriting.close()
            try errors.fileHandleForWriting.close()
            var lines = LineReader(output.fileHandleForReading)
            while let line = lines.next(), !line.hasPrefix("epoch 1") {}
            kill(try #require(Self.rank(1, of: process.processIdentifier)), SIGKILL)
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            #expect(process.terminationStatus != 0)
            #expect(said.contains("exited on signal 9") && said.contains("with --resume"), "\(said)")

            // Gone on by one process, which is told to stop after an epoch.
            let rest = Process()
            let more = Pipe()
            rest.executableURL = CommandLineTool.executable
            rest.arguments = run + ["--resume"]
            rest.environment = process.environment
            rest.standardOutput = more
            rest.standardError = FileHandle.nullDevice
            try rest.run()
            try more.fileHandleForWriting.close()
            var further = LineReader(more.fileHandleForReading)
            var epochs: [Substring] = []
            while epochs.count < 2, let line = further.next() { if line.hasPrefix("epoch ") { epochs.append(line) } }
            kill(rest.processIdentifier, SIGINT)
            rest.waitUntilExit()
            #expect(epochs.count == 2 && !epochs.contains { $0.hasPrefix("epoch 0") }, "\(epochs)")
        }

        /// The process of a rank that an `mpirun` has started.
        private static func rank(_ rank: Int, of parent: Int32) -> Int32? {
            let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return processes.compactMap(Int32.init).first { process in
                let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
                guard status.contains("PPid:\t\(parent)\n"),
                    let environment = FileManager.default.contents(atPath: "/proc/\(process)/environ")
                else { return false }
                return String(decoding: environment, as: UTF8.self).contains("OMPI_COMM_WORLD_RANK=\(rank)\0")
            }
        }
    }
#endif
