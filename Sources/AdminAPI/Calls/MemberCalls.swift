import CanonicalJSON
import Council
import Governance
import Hummingbird

/// The members.
struct MemberCalls: Sendable {
    /// Who knows their numbers and keys.
    let council: Council
    /// Who knows their handles.
    let records: any PersonalRecords

    /// The calls.
    var all: [APICall] {
        [
            APICall(.get, "/members", query: Paging.names, handler: list),
            APICall(.get, "/members/{number}", handler: one),
        ]
    }

    @Sendable private func list(_ request: APIRequest) async throws(APIError) -> Response {
        let paging = try Paging(request.query)
        let handles = try await handles()
        return Answer.list(
            await council.read { view in
                paging.page(ascending: view.state.members) {
                    MemberView.json($0, handle: handles[$0.number], now: view.now)
                }
            })
    }

    @Sendable private func one(_ request: APIRequest) async throws(APIError) -> Response {
        let number = try request.number("number", of: "member")
        let handles = try await handles()
        let document = await council.read { view in
            view.state.member(number).map {
                MemberView.json($0, handle: handles[number], now: view.now)
            }
        }
        guard let document else { throw .notFound(what: "member \(number)") }
        return Answer.json(document)
    }

    private func handles() async throws(APIError) -> [Int: String] {
        do throws(PersonalRecordError) {
            let records = try await records.handles()
            return Dictionary(
                records.map { ($0.member, $0.handle) }, uniquingKeysWith: { first, _ in first })
        } catch {
            throw .records(error)
        }
    }
}
