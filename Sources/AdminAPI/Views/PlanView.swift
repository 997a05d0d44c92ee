import CanonicalJSON
import Governance
import Routing

/// What operations that are not all about documents would change, as `POST /plan` tells it.
enum PlanView {
    /// The plan of a payload on the state of the day.
    ///
    /// - Throws: ``APIError/planRefused(_:)`` when it cannot be taken.
    static func json(
        _ content: Payload, in state: State, traffic: TrafficSummary
    ) throws(APIError) -> JSONValue {
        switch state.standing(of: content) {
        case .refused(let why): throw .planRefused(why)
        case .clean(let planned):
            guard let bundle = state.documentBundle(of: content) else {
                throw .planRefused("what was in force before is not kept any more")
            }
            var answer: JSONObject
            do throws(PlanFault) {
                let plan = try Plan(bundle, on: state.documents)
                answer =
                    plan.answer(for: bundle, on: state.documents, traffic: traffic).object
                    ?? JSONObject()
            } catch {
                throw .planRefused("\(error)")
            }
            // What is hashed and voted on covers the measures too.
            answer["payload"] = .string(content.digest.hex)
            answer["plan"] = planned.value
            answer["digest"] = .string(planned.plan.hex)
            answer["class"] = .string(planned.changeClass.rawValue)
            answer["reasons"] = .array(planned.reasons.map { .string($0) })
            return .object(answer)
        }
    }
}
