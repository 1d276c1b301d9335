import FaceprintFiles
import Foundation

extension Communicator {
    /// - Throws: ``TrainingError/differentRanks(what:)`` unless all ranks give the same text, which says what they train.
    public func requireSame(_ subject: String) throws(TrainingError) {
        guard !isAlone else { return }
        // 16 bits of the digest are a float without a loss.
        let digest = Array(subject.utf8).withUnsafeBytes { SHA256.hex(of: $0) }
        let own = stride(from: 0, to: digest.count, by: 4).map { start in
            Float(UInt16(digest.dropFirst(start).prefix(4), radix: 16) ?? 0)
        }
        let all = try gather(own)
        for rank in 0..<size where Array(all[(rank * own.count)..<((rank + 1) * own.count)]) != own {
            throw .differentRanks(what: "network, photos, options and kind of processor")
        }
    }
}
