package import CanonicalJSON

extension Plan {
    /// What is told of a plan to whoever asks for it: the plan that is hashed, its digest and
    /// class, and beside them what people need to judge it, which no consensus rests on.
    ///
    /// - Parameters:
    ///   - bundle: The operations that it plans.
    ///   - base: The documents that it was planned on.
    package func answer(for bundle: OperationBundle, on base: DocumentSet) -> JSONValue {
        [
            "payload": .string(bundle.payload.hex), "plan": value, "digest": .string(digest.hex),
            "class": .string(changeClass.rawValue),
            "reasons": .array(reasons.map { .string($0) }),
            "rules": .array(
                rules.map { change in
                    [
                        "rule": .string(change.rule), "kind": .string(change.kind.rawValue),
                        "fields": .array(change.fields.map { .string($0) }),
                    ]
                }),
            "notices": .array(notices.map { .string($0) }),
            "shadow": Self.shadow(of: bundle, on: base),
        ]
    }

    /// The report; a plan stands also where its report would be too much.
    private static func shadow(of bundle: OperationBundle, on base: DocumentSet) -> JSONValue {
        do throws(PlanFault) {
            return try ShadowReport(bundle, on: base).value
        } catch {
            return ["refusal": .string(error.reason)]
        }
    }
}
