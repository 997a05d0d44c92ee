package import CanonicalJSON

extension TrafficEstimate {
    /// The estimate as it is served beside a plan.
    package var value: JSONValue {
        [
            "verified": false, "requests": .integer(requests),
            "decidedEarlier": .integer(decidedEarlier), "atLeast": .integer(atLeast),
            "atMost": .integer(atMost),
            "moves": .array(
                shares.map { share in
                    [
                        "before": .string(share.move.before), "after": .string(share.move.after),
                        "atLeast": .integer(share.atLeast), "atMost": .integer(share.atMost),
                    ]
                }),
        ]
    }
}
