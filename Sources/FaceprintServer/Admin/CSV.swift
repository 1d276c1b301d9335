import FaceprintFiles
import FaceprintGallery

/// Events as a table for a spreadsheet (RFC 4180).
enum CSV {
    static func text(of events: [Event]) -> String {
        var lines = ["sequence,time,kind,actor,person,detail,hash"]
        for event in events {
            let detail = event.detail.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: "; ")
            let fields = [
                "\(event.sequence)", event.time.iso8601, event.kind.rawValue, event.actor, event.person ?? "", detail,
                event.hash,
            ]
            lines.append(CSVRow.text(fields))
        }
        return lines.joined(separator: "\r\n") + "\r\n"
    }
}
