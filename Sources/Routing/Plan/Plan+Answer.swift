package import CanonicalJSON

extension Plan {
    /// What is told of a plan to whoever asks for it: the plan that is hashed, its digest and
    /// class, and beside them what people need to judge it, which no consensus rests on.
    ///
    /// - Parameters:
    ///   - bundle: The operations that it plans.
    ///   - base: The documents that it was planned on.
    ///   - traffic: What gateways recorded; nothing is told of it when it is empty.
    package func answer(
        for bundle: OperationBundle, on base: DocumentSet,
        traffic: TrafficSummary = TrafficSummary()
    ) -> JSONValue {
        var object = JSONObject()
        object["payload"] = .string(bundle.payload.hex)
        object["plan"] = value
        object["digest"] = .string(digest.hex)
        object["class"] = .string(changeClass.rawValue)
        object["reasons"] = .array(reasons.map { .string($0) })
        object["rules"] = .array(rules.map(\.value))
        object["notices"] = .array(notices.map { .string($0) })
        do throws(PlanFault) {
            let report = try ShadowReport(bundle, on: base)
            object["shadow"] = report.value
            if !traffic.isEmpty {
                object["traffic"] = TrafficEstimate(traffic, of: report, on: base).value
            }
        } catch {
            // A plan stands also where its report would be too much.
            object["shadow"] = ["refusal": .string(error.reason)]
        }
        return .object(object)
    }
}

extension Plan.RuleChange {
    /// The change as it is told: `{"rule","kind","fields"}`.
    fileprivate var value: JSONValue {
        [
            "rule": .string(rule), "kind": .string(kind.rawValue),
            "fields": .array(fields.map { .string($0) }),
        ]
    }
}
