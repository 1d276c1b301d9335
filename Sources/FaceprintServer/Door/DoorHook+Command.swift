import Foundation

extension DoorHook {
    /// Runs a program; exit status 0 in time means opened.
    static func run(
        _ words: [String], _ admission: Admission, _ body: Data, _ seconds: Double
    ) throws(DoorHookFailure) {
        let process = try HookProcess(
            words,
            // Nothing of the server's own environment, which may hold secrets.
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin", "FACEPRINT_PERSON": admission.person,
                "FACEPRINT_MODE": admission.mode, "FACEPRINT_DOOR": admission.door,
                "FACEPRINT_ADMISSION": String(decoding: body, as: UTF8.self),
            ])
        switch process.end(within: seconds) {
        case .exit(0): return
        case .exit(let status): throw DoorHookFailure(description: "“\(words[0])” failed with status \(status)")
        case .signal(let number): throw DoorHookFailure(description: "“\(words[0])” was ended by signal \(number)")
        case nil:
            process.kill()
            throw DoorHookFailure(description: "“\(words[0])” took longer than \(seconds) seconds")
        }
    }
}
