import CanonicalJSON
import Routing

/// The members of the state that are about overlays, each where its name stands in the order.
extension Overlays {
    /// `emergencies`.
    func writeEmergencies(to writer: inout CanonicalWriter) {
        writer.name("emergencies")
        writer.array(of: signatures) { writer, signature in
            writer.array {
                $0.integer(signature.member)
                $0.integer(signature.t)
            }
        }
    }

    /// `overlays`.
    func writeOverlays(to writer: inout CanonicalWriter) {
        writer.name("overlays")
        writer.array(of: up) { $1.write(to: &$0) }
    }

    /// `past`.
    func writePast(to writer: inout CanonicalWriter) {
        let sorted = past.sorted { ($0.key, $0.digest) < ($1.key, $1.digest) }
        writer.name("past")
        writer.array(of: sorted) { writer, document in
            writer.array {
                $0.string(document.key.text)
                $0.digest(document.digest)
                $0.integer(document.enactment.entry)
                $0.integer(document.enactment.proposal)
                $0.integer(document.t)
            }
        }
    }

    /// `refusals`.
    func writeRefusals(to writer: inout CanonicalWriter) {
        writer.name("refusals")
        writer.array(of: refusals.sorted { $0.subject.text < $1.subject.text }) { writer, refusal in
            writer.array {
                $0.string(refusal.subject.text)
                $0.integer(refusal.index)
            }
        }
    }

    /// `stewards`, absent while they are the founders.
    func writeStewards(to writer: inout CanonicalWriter) {
        guard let election else { return }
        writer.name("stewards")
        writer.object { writer in
            writer.name("members")
            writer.array(of: election.members) { $0.integer($1) }
            writer.name("until")
            writer.integer(election.until)
        }
    }

    /// `suspended`.
    func writeSuspended(to writer: inout CanonicalWriter) {
        writer.name("suspended")
        writer.array(of: suspended.sorted { $0.key < $1.key }) { writer, suspension in
            writer.array {
                $0.integer(suspension.key)
                $0.integer(suspension.value)
            }
        }
    }

    /// `undoing` and `undone`.
    func writeUndoing(to writer: inout CanonicalWriter) {
        writer.name("undoing")
        writer.array(of: undoing.sorted { $0.key < $1.key }) { writer, kept in
            writer.array { writer in
                writer.string(kept.key.key.text)
                writer.integer(kept.key.keeper)
                writer.array(of: kept.value) { $0.integer($1) }
            }
        }
        writer.name("undone")
        writer.array(of: undone.sorted()) { writer, kept in
            writer.array {
                $0.string(kept.key.text)
                $0.integer(kept.keeper)
            }
        }
    }
}

extension StandingOverlay {
    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
            writer.name("by")
            writer.array(of: signers) { $0.integer($1) }
            switch overlay.change {
            case .disable: break
            case .restore(let document):
                writer.name("digest")
                writer.digest(document.proposed.digest)
            case .endpoints(_, let digest):
                writer.name("digest")
                writer.digest(digest)
            }
            writer.name("index")
            writer.integer(overlay.index)
            writer.name("kind")
            writer.string(kind)
            writer.name("name")
            writer.string(overlay.key.text)
            writer.optional("proposal", confirmedBy)
            writer.optional("until", until)
            guard case .restore(let document) = overlay.change else { return }
            writer.name("was")
            writer.array {
                $0.integer(document.sequence)
                $0.integer(document.enactment.entry)
                $0.integer(document.enactment.proposal)
            }
        }
    }

    private var kind: String {
        switch overlay.change {
        case .disable: "disable"
        case .restore: "restore"
        case .endpoints: "endpoints"
        }
    }
}
