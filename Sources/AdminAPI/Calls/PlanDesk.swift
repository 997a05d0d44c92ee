import CanonicalJSON
import Council
import Governance
import Routing
import Synchronization

/// Plans operations that nobody has proposed yet, one bundle at a time.
///
/// The largest ones that documents may make take a second of computing, which is neither the
/// council's, that decides meanwhile, nor that of the threads that answer other calls: whatever is
/// asked for here takes one core at the most.
actor PlanDesk {
    /// Calls at once, the one in work among them: a page that waits for more has given up.
    static let callsMax = 64

    private let callsMax: Int
    private let calls = Atomic<Int>(0)

    /// A desk at which so many may wait.
    init(callsMax: Int = PlanDesk.callsMax) { self.callsMax = callsMax }

    /// What is told of a plan on the documents of the day, as octets of JSON.
    ///
    /// - Parameter operations: The `operations` array.
    /// - Throws: ``APIError/planRefused(_:)``, ``APIError/tooManyPlans(limit:)``.
    nonisolated func answer(
        for operations: JSONValue, of council: Council, traffic: RecordedTraffic
    ) async throws(APIError) -> [UInt8] {
        defer { calls.wrappingSubtract(1, ordering: .relaxed) }
        guard calls.wrappingAdd(1, ordering: .relaxed).newValue <= callsMax else {
            throw .tooManyPlans(limit: callsMax)
        }
        // Read in the end: documents that a waiting call held on to would be copied meanwhile.
        return try await plan(operations, of: council, traffic: traffic)
    }

    private func plan(
        _ operations: JSONValue, of council: Council, traffic: RecordedTraffic
    ) async throws(APIError) -> [UInt8] {
        let content = try Self.payload(operations)
        guard content.isOfDocuments else {
            // Members, proposals and the charter decide too; such plans are short.
            let state = await council.read { $0.state }
            return try PlanView.json(content, in: state, traffic: traffic.summary).canonicalOctets
        }
        let documents = await council.read { $0.state.documents }
        do throws(PlanFault) {
            let plan = try Plan(content.documents, on: documents)
            return plan.answer(for: content.documents, on: documents, traffic: traffic.summary)
                .canonicalOctets
        } catch {
            throw .planRefused("\(error)")
        }
    }

    private static func payload(_ operations: JSONValue) throws(APIError) -> Payload {
        let content: Payload
        do throws(Payload.Fault) {
            content = try Payload(validating: operations)
        } catch {
            switch error {
            case .plan(let fault): throw .planRefused("\(fault)")
            case .format(let fault): throw .planRefused("\(fault)")
            }
        }
        if let fault = content.enclosedFault { throw .planRefused(fault) }
        return content
    }
}
