import Faceprint
import FaceprintGallery
import FaceprintInference
import FaceprintModels
import Foundation
import Synchronization

/// All that answers requests, without the network: what listens to the network calls ``respond(to:)``, and so may a
/// test.
public final class Application: Sendable {
    let settings: ServerSettings
    let gallery: Gallery
    let reader: FaceReader
    let search: PersonSearch
    let events: EventRecorder
    let metrics: Metrics
    let challenges: ChallengeStore
    /// For identities that are claimed again and again without success.
    let claimDelays = GrowingDelay(freeFailures: 3)
    /// For addresses from which pages log in with wrong keys.
    let loginDelays = GrowingDelay(freeFailures: 10)
    let authenticator: Authenticator
    /// How many templates couldn't be read when it was last looked.
    let knownDamage = Mutex(0)
    private let log: ServerLog
    private let keyRate: RateLimit
    private let addressRate: RateLimit
    private let router = Router(routes)

    /// - Parameters:
    ///   - gallery: Open to write.
    ///   - recognizer: Of the gallery's model.
    ///   - search: Of the gallery; nil for one in this process' memory.
    public init(
        settings: ServerSettings, gallery: Gallery, recognizer: Recognizer, search: (any GallerySearch)? = nil,
        log: ServerLog = ServerLog(.off)
    ) {
        self.settings = settings
        self.gallery = gallery
        self.log = log
        reader = FaceReader(recognizer, limits: settings.photoLimits)
        self.search = PersonSearch(search ?? GalleryIndex(gallery), nearestTemplates: settings.nearestTemplates)
        events = EventRecorder(gallery)
        metrics = Metrics()
        challenges = ChallengeStore()
        authenticator = Authenticator(gallery, delays: GrowingDelay(freeFailures: 10))
        keyRate = RateLimit(perSecond: settings.rateLimit)
        addressRate = RateLimit(perSecond: settings.rateLimit)
    }

    /// Everything that can be asked for.
    static let routes =
        subjectRoutes + faceRoutes + recognitionRoutes + verificationRoutes + detectionRoutes + embeddingRoutes
        + doorRoutes + challengeRoutes + sessionRoutes + peopleRoutes + eventRoutes + keyRoutes + thresholdRoutes
        + operationRoutes + pageRoutes

    /// Answers a request; what goes wrong is an answer too.
    public func respond(to request: Request) -> Response {
        let start = ContinuousClock.now
        var served = Served()
        var response: Response
        do {
            response = try answer(request, &served)
        } catch {
            let error = HTTPError(error)
            if error.status >= 500 { served.failure = error.message }
            response = error.response
        }
        response.headers += SecurityHeaders.of(response)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        finish(request.method, address: request.address, served, response.status, seconds)
        return response
    }

    /// Answers what never became a request.
    public func refuse(_ error: HTTPError, from address: String) -> Response {
        var response = error.response
        response.headers += SecurityHeaders.always
        finish("-", address: address, Served(), response.status, 0)
        return response
    }

    /// Takes note of what the HTTP library says of a connection, such as that it refused what is no HTTP.
    func note(_ complaint: String) { note("connection", ["reason": complaint]) }

    /// A line of the server's log.
    func note(_ message: String, _ fields: KeyValuePairs<String, String>) { log.write(message, fields) }

    /// What is known of a request while it is answered, for logs and metrics.
    private struct Served {
        var route = "none"
        var caller = "-"
        var failure: String?
    }

    private func answer(_ request: Request, _ served: inout Served) throws -> Response {
        try addressRate.take(request.address)
        let (route, parameters) = try router.route(for: request)
        served.route = route.pattern.text
        let caller: Caller?
        switch route.access {
        case .open: caller = nil
        case .anyKey: caller = try authenticator.caller(of: request)
        case .keyInPath:
            caller = Caller(
                key: try authenticator.key(parameters["api_key"] ?? "", from: request.address), session: nil)
        case .scope(let scope):
            let found = try authenticator.caller(of: request)
            guard found.key.allows(scope) else { throw HTTPError.missingScope(scope.rawValue) }
            caller = found
        }
        if let caller {
            served.caller = caller.key.name
            try keyRate.take(caller.key.id)
        }
        return try route.handler(self, Call(request: request, parameters: parameters, caller: caller))
    }

    /// A line of the server's log about something that went wrong beside a request's answer.
    func report(_ what: String, _ error: any Error) { log.write("error", ["what": what, "reason": "\(error)"]) }

    private func finish(_ method: String, address: String, _ served: Served, _ status: Int, _ seconds: Double) {
        metrics.countRequest(route: served.route, status: status, seconds: seconds)
        let milliseconds = String(format: "%.1f", seconds * 1000)
        log.write(
            "request",
            [
                "method": method, "route": served.route, "status": "\(status)", "ms": milliseconds,
                "key": served.caller, "address": address,
            ])
        if let failure = served.failure { log.write("error", ["route": served.route, "reason": failure]) }
    }
}
