extension DocumentSet {
    /// The documents that are served, by ascending key: those restored in place of those ratified.
    /// Other endpoints of a backend do not show in its document.
    package var servedDocuments: [RatifiedDocument] {
        if overlays.isEmpty { return documents }
        var served: [RatifiedDocument] = []
        forEachName(laid: laidOver(by: standingOverlays)) { place, laid in
            let restored = laid?.restored?.document
            if let document = restored ?? place.map({ documents[$0] }) { served.append(document) }
        }
        return served
    }

    /// The document of that kind and name that is served.
    package func served(_ key: DocumentKey) -> RatifiedDocument? {
        for overlay in standingOverlays where overlay.key == key {
            if case .restore(let document) = overlay.change { return document }
        }
        return self[key]
    }

    /// The matches of the routes that are served, those restored in place of those ratified.
    var servedMatches: MatchIndex {
        if overlays.isEmpty { return matches }
        var served = matches
        for overlay in standingOverlays {
            guard case .restore(let document) = overlay.change,
                let route = document.proposed.route
            else { continue }
            if let current = self[overlay.key]?.proposed.route { served.remove(current) }
            served.insert(route, sequence: document.sequence)
        }
        return served
    }
}
