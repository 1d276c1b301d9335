import Dispatch
import FaceprintFiles
import FaceprintGallery
import FaceprintServer
import Foundation

extension Command {
    static let serve = Command(
        "serve", "Serve the gallery over HTTP: an API, the door's page and the page of whoever runs it.",
        options: serverOptions,
        example: """
            $ faceprint key create admin --scopes admin,door
            admin: fp_q3Zk… (shown once; keep it)
            $ faceprint serve
            Faceprint listens at http://127.0.0.1:8000: /door, /admin, /docs
            """
    ) { arguments in
        // What dies at the other end of a connection or pipe is an error there, not the end of the server.
        signal(SIGPIPE, SIG_IGN)
        let setup = try ServerSetup(arguments)
        if arguments.has("check") {
            try setup.check()
            Console.line("The settings are fine.")
            return .yes
        }
        let server = try Server(try setup.application(), setup.listener)
        let resident = residentServer(setup)
        // Reloads and the end come one after the other.
        let queue = DispatchQueue(label: "signals")
        let ended = DispatchSemaphore(value: 0)
        let signals = [
            watch(SIGHUP, queue) {
                do {
                    let setup = try ServerSetup(arguments)
                    try server.reload(try setup.application(), setup.listener)
                    resident?.reload(setup.resident())
                    Console.line("Faceprint has read its settings again.")
                } catch {
                    Console.error("\(error); the old settings go on")
                }
            },
            watch(SIGTERM, queue) { ended.signal() },
            watch(SIGINT, queue) { ended.signal() },
        ]
        // Said last: whoever has read it may send signals.
        if try setup.gallery.keys().isEmpty {
            Console.error("there are no API keys yet; make one with `faceprint key create NAME --scopes admin,door`")
        }
        Console.line("Faceprint listens at \(server.address): /door, /admin, /docs")
        ended.wait()
        for source in signals { source.cancel() }
        resident?.stop()
        server.stop()
        return .yes
    }
}

/// What answers commands of this machine; nil, with a line on standard error, where it can't: a door goes before.
private func residentServer(_ setup: ServerSetup) -> ResidentServer? {
    guard let socket = setup.socket else { return nil }
    do {
        if socket == ResidentSocket.standard { try DataFolder().make() }
        return try ResidentServer(setup.resident(), socket: socket, setup.listener, log: setup.log)
    } catch {
        Console.error("\(error)")
        return nil
    }
}
