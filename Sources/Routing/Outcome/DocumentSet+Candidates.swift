extension DocumentSet {
    /// Every match whose host and path fit a request, in the order in which they would win, and
    /// why each but one lost.
    ///
    /// It asks the documents, not the compiled table, so that it can say of every match what the
    /// table only passes by; that both name the same winner is tested. Restored routes stand in
    /// place of those ratified; disabled and refused ones fit what they fit.
    ///
    /// - Complexity: O(what fits by host and path), whatever the number of other routes.
    package func candidates(for sample: RequestSample) -> [Candidate] {
        let fitting = servedMatches.fitting(host: sample.host, path: sample.path)
            .map { (match: $0, unmet: sample.unmet(by: $0.match)) }
        let winner = fitting.first { $0.unmet.isEmpty }?.match.rank
        return fitting.map { entry in
            let rank = entry.match.rank
            let verdict: Candidate.Verdict =
                if !entry.unmet.isEmpty {
                    .unmet(entry.unmet)
                } else if let winner, winner != rank {
                    .outranked(Candidate.Step(from: winner, to: rank))
                } else {
                    .wins
                }
            return Candidate(
                route: rank.name, rule: String(entry.match.label.dropFirst(rank.name.count + 1)),
                match: rank.match, hostname: entry.match.host, condition: entry.match.match,
                sequence: rank.sequence, verdict: verdict)
        }
    }
}

extension MatchIndex {
    /// The matches that fit a host and a path, the most specific first.
    fileprivate func fitting(host: String, path: String) -> [IndexedMatch] {
        var found: [IndexedMatch] = []
        // Of `*`, which OPTIONS may ask for, the prefix / is one too.
        let prefixes = Witness.prefixes(of: path) + (path.first == "*" ? [""] : [])
        for key in Self.keys(around: host) {
            for (index, prefix) in prefixes.enumerated() {
                guard let group = group(host: key, path: prefix) else { continue }
                if index == 0 { found += group.exact }
                found += group.prefix
            }
        }
        return found.sorted { $0.rank < $1.rank }
    }

    /// The hosts of the index that a request's host is of: itself, then wildcards of at least one
    /// label more, then none.
    private static func keys(around host: String) -> [String] {
        let host = NameSyntax.lowercased(host)
        var keys = host.isEmpty || host.hasPrefix("*.") ? [] : [host]
        var rest = Substring(host)
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            if dot > host.startIndex { keys.append("*.\(rest)") }
        }
        return keys + [""]
    }
}

extension RequestSample {
    /// What a match asks for and this request does not have, host and path apart.
    fileprivate func unmet(by match: HTTPRoute.Match) -> [Candidate.Unmet] {
        var unmet: [Candidate.Unmet] = []
        if let asked = match.method, !asked.utf8.elementsEqual(method.utf8) {
            unmet.append(.method(asked: asked, found: method))
        }
        let lines = fields + [Field(name: "host", value: authority)]
        for header in match.headers {
            let values = lines.filter { $0.isNamed(header.name) }.map(\.value)
            let found = values.isEmpty ? nil : values.joined(separator: ", ")
            guard found?.utf8.elementsEqual(header.value.utf8) != true else { continue }
            unmet.append(.header(name: header.name, asked: header.value, found: found))
        }
        for parameter in match.queryParams {
            let found = QueryText(query ?? "").value(of: parameter.name)
            guard found?.elementsEqual(parameter.value.utf8) != true else { continue }
            unmet.append(
                .query(
                    name: parameter.name, asked: parameter.value,
                    found: found.map { String(decoding: $0, as: UTF8.self) }))
        }
        return unmet
    }
}
