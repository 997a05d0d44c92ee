import CanonicalJSON

/// What a council says stands on the documents without a vote (`GET /overlays`, docs/formats.md
/// §8).
struct OverlayList: Sendable {
    /// The whole answer.
    let value: JSONValue

    /// Asks the council.
    static func ask(_ api: CouncilAPI) async throws(Complaint) -> OverlayList {
        OverlayList(value: try await api.get("/overlays"))
    }

    /// What stewards and keepers did and is up.
    var up: [JSONValue] { value["up"]?.array ?? [] }
    /// What the operator refuses.
    var refusals: [JSONValue] { value["refusals"]?.array ?? [] }
    /// What stewards may restore.
    var past: [JSONValue] { value["past"]?.array ?? [] }

    /// The numbers of the stewards of now.
    var stewards: [Int64] {
        (value["stewards"]?["members"]?.array ?? []).compactMap { $0["member"]?.integer }
    }

    /// How many stewards let an emergency last until a vote has decided.
    var together: Int64 { value["stewards"]?["together"]?.integer ?? 0 }

    /// How many emergencies a member may still sign; `nil` for one who is no steward now.
    func left(of member: Int64) -> Int64? {
        value["stewards"]?["members"]?.array?.first { $0["member"]?.integer == member }?["left"]?
            .integer
    }

    /// Until when a member lost the power; `nil` for one who did not.
    func suspension(of member: Int64) -> Int64? {
        value["stewards"]?["suspended"]?.array?.first { $0["member"]?.integer == member }?["until"]?
            .integer
    }

    /// The emergency that is up on a document, by `HTTPRoute/library`.
    func emergency(on name: String) -> JSONValue? {
        up.first { $0["name"]?.string == name && $0["kind"]?.string != "endpoints" }
    }

    /// The keeper's endpoints that are up on a backend.
    func endpoints(ofBackend name: String) -> JSONValue? {
        up.first { $0["name"]?.string == "Backend/\(name)" && $0["kind"]?.string == "endpoints" }
    }

    /// The refusal of a document.
    func refusal(of name: String) -> JSONValue? { refusals.first { $0["name"]?.string == name } }

    /// Who signed to undo a keeper of a backend.
    func undoing(_ backend: String, of keeper: Int64) -> [Int64] {
        let found = value["undoing"]?.array?.first {
            $0["backend"]?.string == backend && $0["keeper"]?.integer == keeper
        }
        return (found?["by"]?.array ?? []).compactMap(\.integer)
    }

    /// Whether members undid a keeper of a backend.
    func isUndone(_ backend: String, _ keeper: Int64) -> Bool {
        (value["undone"]?.array ?? []).contains {
            $0["backend"]?.string == backend && $0["keeper"]?.integer == keeper
        }
    }
}
