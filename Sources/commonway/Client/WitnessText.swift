import CanonicalJSON

/// What a council says of the community's witnesses (`GET /witnesses`), in a line.
struct WitnessText {
    /// The answer.
    let value: JSONValue

    /// `nil` in a community without witnesses.
    var words: String? {
        guard let threshold = value["policy"]?["threshold"]?.integer, threshold > 0 else {
            return nil
        }
        let published = value["published"]
        let names = published?["cosigned"]?.array?.compactMap { $0["name"]?.string } ?? []
        var words = "witnesses: "
        if let size = published?["size"]?.integer {
            words +=
                "\(names.count) cosigned the \(size) entries that are published, "
                + "\(threshold) needed"
        } else {
            words += "nothing is published yet, \(threshold) needed"
        }
        if let waiting = value["waiting"]?["size"]?.integer {
            let cosigned = value["waiting"]?["cosigned"]?.array?.count ?? 0
            words += "; \(waiting) entries wait, cosigned by \(cosigned)"
        }
        for witness in value["witnesses"]?.array ?? [] {
            guard let trouble = witness["trouble"]?.string else { continue }
            let place = witness["name"]?.string ?? witness["address"]?.string ?? "?"
            words += "\n  \(Output.plain(place)): \(Output.plain(trouble))"
        }
        return words
    }
}
