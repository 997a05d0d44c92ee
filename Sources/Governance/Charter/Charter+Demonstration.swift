package import CanonicalJSON

extension Charter {
    /// The rules of a demonstration: those of `governance/charter.yaml` with periods of seconds.
    package static let demonstration: JSONValue = [
        "charter": 1, "demo": true, "electorate": "all", "tenure": "0s", "heartbeat": "10s",
        "classes": [
            "routine": demonstrationClass(quorum: "3/2", margin: 1),
            "sensitive": demonstrationClass(quorum: "5/2", margin: 2),
            "constitutional": demonstrationClass(quorum: "4/1", margin: 3),
        ],
        "sponsors": ["multiplier": "1/2", "max": 25], "lateSwing": "1/4",
        "revert": ["within": "1h"], "expulsion": ["reply": "2s"],
        "keepers": ["undoLeast": 2, "undoMultiplier": "1/2"],
        "emergency": [
            "term": "1h", "alone": "10s", "confirmed": "1h", "suspended": "1h", "least": 2,
            "share": "1/10", "most": 5, "signatures": 2, "period": "60s", "restorable": "1h",
        ],
        "admission": [
            "batch": 50, "sponsors": 2, "period": "60s", "least": 5, "small": "1/2",
            "smallBelow": 50, "large": "1/5",
        ],
        "limits": [
            "votingPerMember": 3, "discussionPerMember": 5, "openVotes": 20,
            "statementsPerDay": 10_000, "ballotsPerElector": 10, "remarksPerMember": 3,
            "rejectedReturns": "5s", "discussionExpires": "10m", "statementValidity": "1h",
        ],
    ]

    private static func demonstrationClass(quorum: String, margin: Int64) -> JSONValue {
        [
            "quorum": .string(quorum), "margin": .integer(margin), "discussion": "1s",
            "voting": "4s", "delay": "2s", "applyBy": "1h",
        ]
    }
}
