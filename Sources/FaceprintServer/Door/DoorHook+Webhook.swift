import CCurl
import CSodium
import Foundation

extension DoorHook {
    /// Posts to an address; status 200–299 in time means opened.
    static func post(
        to url: URL, _ secret: String?, _ body: Data, _ seconds: Double
    ) throws(DoorHookFailure) {
        curlIsReady
        guard let request = curl_easy_init() else {
            throw DoorHookFailure(description: "the webhook can't be called: there is not enough memory")
        }
        defer { curl_easy_cleanup(request) }
        var headers = curl_slist_append(nil, "Content-Type: application/json")
        if let secret {
            headers = curl_slist_append(headers, "X-Faceprint-Signature: sha256=" + hmac(body, secret: secret))
        }
        defer { curl_slist_free_all(headers) }
        fp_curl_set_pointer(request, CURLOPT_URL, url.absoluteString)
        fp_curl_set_pointer(request, CURLOPT_USERAGENT, "faceprint")
        fp_curl_set_pointer(request, CURLOPT_HTTPHEADER, headers)
        fp_curl_set_number(request, CURLOPT_POSTFIELDSIZE, body.count)
        body.withUnsafeBytes { _ = fp_curl_set_pointer(request, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        // For looking up the name, connecting, sending and the answer's head together.
        fp_curl_set_number(request, CURLOPT_TIMEOUT_MS, max(Int(seconds * 1000), 1))
        fp_curl_set_number(request, CURLOPT_NOSIGNAL, 1)
        // A door's address is what was configured, and no other.
        fp_curl_set_number(request, CURLOPT_FOLLOWLOCATION, 0)
        // The status is the answer. What comes after it is nobody's business, and may have no end: it is not taken.
        fp_curl_set_write(request) { _, _, _, _ in 0 }
        let result = curl_easy_perform(request)
        let status = fp_curl_status(request)
        // Of an answer that says “go on”, and then nothing, there is a status too.
        guard status >= 200 else {
            throw DoorHookFailure(
                description: result == CURLE_OPERATION_TIMEDOUT
                    ? "the webhook took longer than \(seconds) seconds"
                    : "the webhook can't be reached: \(String(cString: curl_easy_strerror(result)))")
        }
        guard status < 300 else { throw DoorHookFailure(description: "the webhook answered \(status)") }
    }

    /// libcurl, made ready once.
    private static let curlIsReady: Void = { curl_global_init(Int(CURL_GLOBAL_DEFAULT)) }()

    /// HMAC-SHA-256 in hexadecimal digits.
    static func hmac(_ body: Data, secret: String) -> String {
        var state = crypto_auth_hmacsha256_state()
        let key = Array(secret.utf8)
        crypto_auth_hmacsha256_init(&state, key, key.count)
        body.withUnsafeBytes {
            _ = crypto_auth_hmacsha256_update(
                &state, $0.bindMemory(to: UInt8.self).baseAddress, UInt64($0.count))
        }
        var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
        crypto_auth_hmacsha256_final(&state, &digest)
        return digest.map { String(format: "%02x", $0) }.joined()
    }
}
