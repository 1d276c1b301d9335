import CPages

/// The pages for people, which are part of the program.
extension Application {
    static let pageRoutes: [Route] = (0..<fp_page_count).map { number in
        let page = fp_page_at(number)!.pointee
        let type = String(cString: page.type)
        let bytes = Array(UnsafeBufferPointer(start: page.bytes, count: Int(page.count)))
        return Route("GET", String(cString: page.name), .open) { _, _ in
            var response = Response.content(bytes, type: type)
            // A browser asks again each time: after an update no page meets scripts of another version.
            response.headers.append(("Cache-Control", "no-cache"))
            return response
        }
    }
}
