package import CanonicalJSON
import Routing

extension Charter {
    /// Below this a period is for demonstrations only: nobody can take part in a vote of seconds.
    private static let periodMin = Period(milliseconds: 3_600_000)
    /// A heartbeat below this would fill the log with ticks.
    private static let heartbeatMin = Period(milliseconds: 60_000)
    /// The shortest period of a demonstration.
    private static let demoPeriodMin = Period(milliseconds: 1000)

    /// Reads and checks a charter; shapes and bounds are those of `docs/formats.md` and
    /// `governance/charter.yaml`.
    ///
    /// - Throws: ``FormatFault`` with the JSON Pointer of the field, what it is and what was
    ///   expected.
    package init(_ value: JSONValue) throws(FormatFault) {
        var reader = try ObjectReader(value)
        guard try reader.integer("charter") == 1 else {
            throw reader.fault("charter", "expected 1, the only form of charters so far")
        }
        let demo = try reader.bool("demo")
        guard try reader.string("electorate") == "all" else {
            throw reader.fault("electorate", "expected all; no other electorate is built")
        }
        self.value = value
        self.digest = ContentDigest(of: value.canonicalOctets)
        self.demo = demo
        tenure = try reader.period("tenure", atLeast: Period(milliseconds: 0))
        heartbeat = try reader.period(
            "heartbeat", atLeast: demo ? Self.demoPeriodMin : Self.heartbeatMin)
        var classesReader = try reader.object("classes")
        var classes: [ChangeClass: ClassRules] = [:]
        for changeClass in ChangeClass.allCases {
            var rules = try classesReader.object(changeClass.rawValue)
            classes[changeClass] = try ClassRules(
                &rules, periodMin: demo ? Self.demoPeriodMin : Self.periodMin)
        }
        try classesReader.finish()
        self.classes = classes
        var sponsors = try reader.object("sponsors")
        sponsorsMultiplier = try sponsors.multiplier("multiplier")
        sponsorsMax = Int(try sponsors.integer("max", in: 1...100))
        try sponsors.finish()
        lateSwing = try reader.multiplier("lateSwing", atMost: (1, 2))
        var revert = try reader.object("revert")
        revertWithin = try revert.period("within", atLeast: Period(milliseconds: 0))
        try revert.finish()
        var admissionReader = try reader.object("admission")
        admission = try AdmissionRules(&admissionReader, demo: demo)
        var expulsion = try reader.object("expulsion")
        expulsionReply = try expulsion.period("reply", atLeast: Period(milliseconds: 0))
        try expulsion.finish()
        var keepersReader = try reader.object("keepers")
        keepers = try KeeperRules(&keepersReader)
        var emergencyReader = try reader.object("emergency")
        emergency = try EmergencyRules(&emergencyReader, demo: demo)
        var limitsReader = try reader.object("limits")
        limits = try CharterLimits(&limitsReader, demo: demo)
        citesRoutes = try reader.optionalBool("citesRoutes") ?? true
        try reader.finish()
    }
}

extension ClassRules {
    fileprivate init(_ reader: inout ObjectReader, periodMin: Period) throws(FormatFault) {
        quorum = try reader.multiplier("quorum")
        margin = Int(try reader.integer("margin", in: 1...10))
        discussion = try reader.period("discussion", atLeast: Period(milliseconds: 0))
        voting = try reader.period("voting", atLeast: periodMin)
        delay = try reader.period("delay", atLeast: Period(milliseconds: 0))
        applyBy = try reader.period("applyBy", atLeast: periodMin)
        try reader.finish()
    }
}

extension AdmissionRules {
    /// The most newcomers in one proposal: with their signed joins they fit one statement.
    private static let batchMax: Int64 = 50

    fileprivate init(_ reader: inout ObjectReader, demo: Bool) throws(FormatFault) {
        batch = Int(try reader.integer("batch", in: 1...Self.batchMax))
        sponsors = Int(try reader.integer("sponsors", in: 1...10))
        period = try reader.period(
            "period", atLeast: Period(milliseconds: demo ? 1000 : 86_400_000))
        least = Int(try reader.integer("least", in: 1...1000))
        small = try reader.multiplier("small", atMost: (1, 1))
        smallBelow = Int(try reader.integer("smallBelow", in: 0...1_000_000))
        large = try reader.multiplier("large", atMost: (1, 1))
        try reader.finish()
    }
}

extension KeeperRules {
    fileprivate init(_ reader: inout ObjectReader) throws(FormatFault) {
        undoLeast = Int(try reader.integer("undoLeast", in: 1...100))
        undoMultiplier = try reader.multiplier("undoMultiplier")
        try reader.finish()
    }
}

extension EmergencyRules {
    fileprivate init(_ reader: inout ObjectReader, demo: Bool) throws(FormatFault) {
        let any = Period(milliseconds: 0)
        term = try reader.period(
            "term", atLeast: Period(milliseconds: demo ? 1000 : 86_400_000), atMost: .termMax)
        alone = try reader.period("alone", atLeast: any)
        confirmed = try reader.period("confirmed", atLeast: any)
        suspended = try reader.period("suspended", atLeast: any)
        least = Int(try reader.integer("least", in: 1...100))
        share = try reader.multiplier("share", atMost: (1, 1))
        most = Int(try reader.integer("most", in: 1...100))
        signatures = Int(try reader.integer("signatures", in: 1...100))
        period = try reader.period("period", atLeast: any)
        restorable = try reader.period("restorable", atLeast: any)
        try reader.finish()
    }
}

extension CharterLimits {
    fileprivate init(_ reader: inout ObjectReader, demo: Bool) throws(FormatFault) {
        votingPerMember = Int(try reader.integer("votingPerMember", in: 1...100))
        discussionPerMember = Int(try reader.integer("discussionPerMember", in: 1...100))
        openVotes = Int(try reader.integer("openVotes", in: 1...1000))
        statementsPerDay = Int(try reader.integer("statementsPerDay", in: 10...10_000))
        ballotsPerElector = Int(try reader.integer("ballotsPerElector", in: 1...100))
        remarksPerMember = Int(try reader.integer("remarksPerMember", in: 1...100))
        rejectedReturns = try reader.period("rejectedReturns", atLeast: Period(milliseconds: 0))
        discussionExpires = try reader.period(
            "discussionExpires", atLeast: Period(milliseconds: demo ? 1000 : 86_400_000))
        statementValidity = try reader.period(
            "statementValidity", atLeast: Period(milliseconds: demo ? 1000 : 600_000))
        try reader.finish()
    }
}

extension ObjectReader {
    fileprivate mutating func period(
        _ name: String, atLeast least: Period, atMost most: Period = .max
    ) throws(FormatFault) -> Period {
        let text = try string(name)
        guard let period = Period(text, atMost: most) else {
            throw fault(
                name,
                "expected a period of at most \(most.milliseconds / 86_400_000)d such as "
                    + "14d, 72h, 10m or 30s, found \"\(text)\"")
        }
        guard period >= least else {
            throw fault(
                name,
                "\"\(text)\" is shorter than \(least.milliseconds / 1000)s"
                    + "; only a charter marked demo may have shorter periods")
        }
        return period
    }

    fileprivate mutating func multiplier(_ name: String) throws(FormatFault) -> Multiplier {
        let text = try string(name)
        guard let multiplier = Multiplier(text) else {
            throw fault(
                name, "expected a fraction of 1…100 over 1…100 such as 3/2, found \"\(text)\"")
        }
        return multiplier
    }

    fileprivate mutating func multiplier(
        _ name: String, atMost most: (numerator: Int64, denominator: Int64)
    ) throws(FormatFault) -> Multiplier {
        let found = try multiplier(name)
        guard found.numerator * most.denominator <= most.numerator * found.denominator else {
            throw fault(
                name,
                "expected at most \(most.numerator)/\(most.denominator), found "
                    + "\(found.numerator)/\(found.denominator)")
        }
        return found
    }
}
