/// What is laid over one name, as far as it has an effect; with the index of the entry of each.
struct LaidOver {
    /// The operator refuses the route.
    var refused: Int?
    /// The route is disabled.
    var disabled: Int?
    /// Another document is served.
    var restored: (index: Int, document: RatifiedDocument)?
    /// The backend has other endpoints.
    var endpoints: (index: Int, list: [Backend.Endpoint], digest: ContentDigest)?

    /// The last element of the name's row in what the table digest covers.
    var text: String {
        var words: [String] = []
        if refused != nil { words.append("refused") }
        if disabled != nil { words.append("disabled") }
        if let restored { words.append("restored:\(restored.document.proposed.digest.hex)") }
        if let endpoints { words.append("endpoints:\(endpoints.digest.hex)") }
        return words.joined(separator: ",")
    }

    /// Why requests of the route are answered at once. A refusal stands over what stewards do.
    var barrier: RouteBarrier? {
        refused.map { .refused(entry: $0) } ?? disabled.map { .disabled(entry: $0) }
    }

    /// The entry to name to whoever asks a route why it does what it does.
    var routeEntry: Int? { barrier?.entry ?? restored?.index }
}

extension DocumentSet {
    /// What has an effect of these overlays, and of the refusals, on which names.
    ///
    /// A restored backend is served whole: endpoints have no effect on it. Nor has anything on a
    /// name that is neither in force nor restored.
    func laidOver(by overlays: [Overlay]) -> [DocumentKey: LaidOver] {
        var laid: [DocumentKey: LaidOver] = [:]
        for overlay in overlays {
            guard case .restore(let document) = overlay.change else { continue }
            laid[overlay.key, default: LaidOver()].restored = (overlay.index, document)
        }
        let isServed = { (key: DocumentKey) in self[key] != nil || laid[key]?.restored != nil }
        for overlay in overlays where isServed(overlay.key) {
            switch (overlay.change, overlay.key.kind) {
            case (.disable, .route):
                laid[overlay.key, default: LaidOver()].disabled = overlay.index
            case (.endpoints(let list, let digest), .backend)
            where laid[overlay.key]?.restored == nil:
                laid[overlay.key, default: LaidOver()].endpoints = (overlay.index, list, digest)
            default: break
            }
        }
        for refusal in refusals {
            guard case .route(let name) = refusal.subject else { continue }
            let key = DocumentKey(kind: .route, name: name)
            if isServed(key) { laid[key, default: LaidOver()].refused = refusal.index }
        }
        return laid
    }

    /// Goes through the names that are in force or restored, in ascending order.
    ///
    /// - Parameter body: Gets the document in force, as its place among the documents, and what is
    ///   laid over the name; one of the two is there.
    func forEachName(laid: [DocumentKey: LaidOver], _ body: (Int?, LaidOver?) -> Void) {
        var extra = laid.keys.filter { self[$0] == nil }.sorted()[...]
        for (place, document) in documents.enumerated() {
            while let next = extra.first, next < document.key {
                body(nil, laid[next])
                extra.removeFirst()
            }
            body(place, laid.isEmpty ? nil : laid[document.key])
        }
        for key in extra { body(nil, laid[key]) }
    }
}
