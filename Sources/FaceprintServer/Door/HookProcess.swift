import CSpawn
import Foundation
import Synchronization

/// A program that runs by itself: in a process group of its own, with none of this process' files, blocked or ignored
/// signals. Foundation's `Process` passes those on, and waits for whatever the program leaves running behind it.
final class HookProcess: Sendable {
    enum End: Sendable {
        case exit(CInt)
        case signal(CInt)
    }

    private let id: pid_t
    private let ended = DispatchSemaphore(value: 0)
    /// nil while it runs. Under the lock the number of an ended process isn't another's yet.
    private let state = Mutex<End?>(nil)

    /// Starts it. It has nothing to read, and what it prints is thrown away.
    ///
    /// - Parameter words: Its path, and its arguments.
    init(_ words: [String], environment: [String: String]) throws(DoorHookFailure) {
        var files = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&files)
        defer { posix_spawn_file_actions_destroy(&files) }
        posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_adddup2(&files, 1, 2)
        posix_spawn_file_actions_addclosefrom_np(&files, 3)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        let arguments = words.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in arguments + variables { free(text) } }
        var id: pid_t = 0
        let result = posix_spawn(&id, words[0], &files, &attributes, arguments, variables)
        guard result == 0 else {
            throw DoorHookFailure(description: "“\(words[0])” can't be run: \(String(cString: strerror(result)))")
        }
        self.id = id
        Thread.detachNewThread { [self] in wait() }
    }

    /// - Returns: nil where it still runs after that time.
    func end(within seconds: Double) -> End? {
        _ = ended.wait(timeout: .now() + seconds)
        return state.withLock { $0 }
    }

    /// Ends it with all that it has started.
    func kill() {
        state.withLock { if $0 == nil { _ = Glibc.kill(-id, SIGKILL) } }
    }

    private func wait() {
        var information = siginfo_t()
        // First only waited for, so that its number stays its own until the lock is held.
        while waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        state.withLock { state in
            var status: CInt = 0
            while waitpid(id, &status, 0) < 0, errno == EINTR {}
            state = status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F)
        }
        ended.signal()
    }
}
