import Routing
import SSHSignature

extension State {
    /// Takes an entry by which members agree on a successor of the log.
    ///
    /// - Parameter headInLog: Whether the root that they name is this log's.
    mutating func reduceSuccession(
        _ statements: [SuccessionStatement], _ checked: CheckedEntry, headInLog: Bool
    ) throws(Contradiction) {
        let t = checked.entry.t
        guard let first = statements.first, let charter else {
            throw contradiction(.outOfPlace("succeed"))
        }
        let terms = succession?.terms ?? first.terms
        var signed = succession?.members ?? []
        if succession == nil {
            guard terms.size == entries, headInLog else {
                throw contradiction(
                    .badSuccession("it carries on another log than this one of \(entries) entries")
                )
            }
        }
        for (statement, signer) in zip(statements, checked.successors) {
            if let why = objection(to: statement, signer, terms, signed, at: t) {
                throw contradiction(.badSuccession("member \(statement.by): \(why)"))
            }
            signed.append(statement.by)
        }
        let electors = electorCount(at: t)
        let needed = charter.rules(for: .constitutional)
            .yesNeeded(of: electors, in: .constitutional)
        guard signed.count >= needed else {
            succession = Succession(terms: terms, members: signed)
            return
        }
        succession = nil
        formerLogKeys.append(logKey)
        logKey = terms.key
        origin = terms.origin
        // What was signed inside proposals was signed for the former origin.
        quietBound = earliestInstant(at: t)
    }

    private func objection(
        to statement: SuccessionStatement, _ signer: PublicKey?,
        _ terms: SuccessionStatement.Terms, _ signed: [Int], at t: Int64
    ) -> String? {
        guard statement.terms == terms else { return "names another successor" }
        guard statement.log.utf8.elementsEqual(origin.utf8) else { return "speaks of another log" }
        guard t <= statement.until else { return "its until has passed" }
        guard let member = member(statement.by), member.isIn,
            let from = member.electorFrom, from <= t
        else { return "is no elector" }
        guard !signed.contains(statement.by) else { return "signed before" }
        guard let signer, member.keys.contains(where: { $0.key == signer }) else {
            return "no key of theirs signed it"
        }
        return nil
    }
}
