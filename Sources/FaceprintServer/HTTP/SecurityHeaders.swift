/// What every answer says to a browser, so that no page can be made to do what it wasn't made for.
enum SecurityHeaders {
    static let always: [(name: String, value: String)] = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]

    /// Of pages only: nothing from elsewhere, nothing inline, no frame around it; the camera for the page itself.
    private static let ofPages: [(name: String, value: String)] = [
        (
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                + "media-src 'self' blob:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'"
        ),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(self), microphone=(), geolocation=()"),
        ("X-Frame-Options", "DENY"),
    ]

    /// - Parameter response: Its own headers are left out.
    static func of(_ response: Response) -> [(name: String, value: String)] {
        var headers = always
        if response.header("Content-Type")?.hasPrefix("text/html") == true { headers += ofPages }
        // Answers are about people; only the pages' parts may be kept.
        if response.header("Cache-Control") == nil { headers.append(("Cache-Control", "no-store")) }
        return headers
    }
}
