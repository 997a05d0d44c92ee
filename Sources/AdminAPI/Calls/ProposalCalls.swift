import CanonicalJSON
import Council
import Governance
import Hummingbird
import Routing
import TransparencyLog

/// Proposals, their ballots, and plans of operations that nobody has proposed yet.
struct ProposalCalls: Sendable {
    /// Who knows.
    let council: Council
    /// Who keeps the texts of reasons.
    let records: any PersonalRecords
    /// Who remembers ballots after the close.
    let book: ProposalBook
    /// What gateways have counted.
    let traffic: RecordedTraffic
    /// Who plans.
    let desk = PlanDesk()

    /// The calls.
    var all: [APICall] {
        [
            APICall(.get, "/proposals", query: ["status"] + Paging.names, handler: list),
            APICall(.get, "/proposals/{number}", handler: one),
            APICall(.get, "/proposals/{number}/ballots", query: Paging.names, handler: ballots),
            APICall(.get, "/proposals/{number}/remarks", query: Paging.names, handler: remarks),
            APICall(.post, "/plan", handler: plan),
        ]
    }

    @Sendable private func list(_ request: APIRequest) async throws(APIError) -> Response {
        let paging = try Paging(request.query)
        var wanted: ProposalStatus?
        if let word = request.query["status"] {
            guard let status = ProposalStatus(rawValue: word) else {
                let known = ProposalStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw .badQuery(name: "status", reason: "is \"\(word)\"; known are \(known)")
            }
            wanted = status
        }
        let status = wanted
        let found = await council.read { view -> (views: [ProposalView], next: String?) in
            let numbers = view.state.proposals.prefix(paging.cursor ?? .max).reversed().lazy
            var fitting = numbers.filter { status == nil || $0.status == status }.makeIterator()
            var views: [ProposalView] = []
            while views.count < paging.limit, let proposal = fitting.next() {
                views.append(ProposalView(proposal, in: view.state))
            }
            return (views, fitting.next().map { String($0.number) })
        }
        var items: [JSONValue] = []
        for view in found.views { items.append(try await withReason(view)) }
        return Answer.list(Page(items: items, next: found.next))
    }

    @Sendable private func one(_ request: APIRequest) async throws(APIError) -> Response {
        let number = try request.number("number", of: "proposal")
        let view = await council.read { view in
            view.state.proposal(number).map { ProposalView($0, in: view.state) }
        }
        guard let view else { throw .notFound(what: "proposal \(number)") }
        return Answer.json(try await withReason(view))
    }

    @Sendable private func ballots(_ request: APIRequest) async throws(APIError) -> Response {
        let paging = try Paging(request.query)
        let number = try request.number("number", of: "proposal")
        let asked = await council.read { view in
            (
                exists: view.state.proposal(number) != nil,
                leaf: view.state.proposal(number)?.vote?.leaf,
                journal: view.journal, size: view.publicSize
            )
        }
        guard asked.exists else { throw .notFound(what: "proposal \(number)") }
        guard let leaf = asked.leaf else { return Answer.list(Page(items: [])) }
        let lines = try await book.ballots(on: leaf, in: asked.journal, size: asked.size)
        return Answer.list(paging.page(ascending: lines, item: \.json))
    }

    @Sendable private func remarks(_ request: APIRequest) async throws(APIError) -> Response {
        let paging = try Paging(request.query)
        let number = try request.number("number", of: "proposal")
        let asked = await council.read { view in
            (
                exists: view.state.proposal(number) != nil, journal: view.journal,
                size: view.publicSize
            )
        }
        guard asked.exists else { throw .notFound(what: "proposal \(number)") }
        let lines = try await book.remarks(on: number, in: asked.journal, size: asked.size)
        var items: [JSONValue] = []
        for line in lines {
            do throws(PersonalRecordError) {
                items.append(line.json(reason: try await records.text(line.reason)?.text))
            } catch {
                throw .records(error)
            }
        }
        return Answer.list(paging.page(ascending: items, item: \.self))
    }

    @Sendable private func plan(_ request: APIRequest) async throws(APIError) -> Response {
        let value = try await request.body { (reader) throws(FormatFault) in
            try reader.value("operations")
        }
        return Answer.json(
            octets: try await desk.answer(for: value, of: council, traffic: traffic))
    }

    private func withReason(_ view: ProposalView) async throws(APIError) -> JSONValue {
        guard let digest = view.reason else { return view.json(reason: nil) }
        do throws(PersonalRecordError) {
            return view.json(reason: try await records.text(digest)?.text)
        } catch {
            throw .records(error)
        }
    }
}

extension CouncilView {
    /// How many entries are public: those that the published checkpoint covers.
    var publicSize: Int { checkpoint?.checkpoint.size ?? 0 }
}
