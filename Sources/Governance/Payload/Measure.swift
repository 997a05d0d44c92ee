import CanonicalJSON
package import Routing

/// An operation that changes something else than documents.
package enum Measure: Sendable {
    /// Says something; the text, which stands outside the log, by its digest.
    case motion(text: ContentDigest)
    /// Admits newcomers, each with their own signed `join`.
    case admit([EnclosedStatement])
    /// Ends a membership.
    case expel(member: Int)
    /// Gives a member whose keys are all lost a new one.
    case recover(member: Int, EnclosedStatement)
    /// Puts back what was in force before a proposal.
    case revert(proposal: Int)
    /// Stops a proposal that carried, before it is enacted.
    case void(proposal: Int)
    /// Puts another charter in force of the one that it names.
    case charter(base: ContentDigest, Charter)
    /// Elects the stewards; none of them: the founders are.
    case stewards([Int])
    /// Gives the log another key, which signed for that.
    case logKey(LogKeyChange)
    /// Lets an emergency last, by the index of its overlay. Nobody proposes it: the reducer does
    /// when enough stewards signed.
    case confirm(overlay: Int)

    /// The words for ``init(_:_:)`` and messages, in the order of `docs/governance.md`.
    static let names = [
        "motion", "admit", "recover", "revert", "void", "charter", "expel", "stewards", "log-key",
    ]

    /// The most stewards: more could not agree in an emergency.
    private static let stewardsMax = 100

    /// The most newcomers that an `admit` can be read with; the charter may allow fewer.
    private static let newcomersMax = 50

    /// Reads an operation whose `op` is one of ``names``.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ name: String, _ reader: inout ObjectReader) throws(FormatFault) {
        switch name {
        case "motion": self = .motion(text: try reader.digest("text"))
        case "admit":
            let elements = try reader.array("members", count: 1...Self.newcomersMax)
            var newcomers: [EnclosedStatement] = []
            for (index, element) in elements.enumerated() {
                var newcomer = try ObjectReader(element, at: "\(reader.pointer)/members/\(index)")
                newcomers.append(try EnclosedStatement("join", &newcomer))
                try newcomer.finish()
            }
            self = .admit(newcomers)
        case "expel": self = .expel(member: try reader.number("member"))
        case "recover":
            let statement = try EnclosedStatement("recover", &reader)
            guard case .member(let member) = statement.speaker else {
                preconditionFailure("a recover is read with the member who speaks")
            }
            self = .recover(member: member, statement)
        case "revert": self = .revert(proposal: try reader.number("proposal"))
        case "void": self = .void(proposal: try reader.number("proposal"))
        case "charter":
            let base = try reader.digest("base")
            let value = try reader.value("charter")
            do {
                self = .charter(base: base, try Charter(value))
            } catch {
                throw FormatFault(
                    pointer: "\(reader.pointer)/charter\(error.pointer)", reason: error.reason)
            }
        case "stewards": self = .stewards(try Self.stewards(&reader))
        case "log-key": self = .logKey(try LogKeyChange(&reader))
        default: throw reader.fault("op", "\"\(name)\" is not known")
        }
        try reader.finish()
    }

    private static func stewards(_ reader: inout ObjectReader) throws(FormatFault) -> [Int] {
        var numbers: [Int] = []
        for element in try reader.array("members", count: 0...stewardsMax) {
            guard let number = element.integer.flatMap(Int.init(exactly:)),
                ((numbers.last ?? 0) + 1...Int(Int32.max)).contains(number)
            else {
                throw reader.fault("members", "expected numbers of members, ascending")
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Whether it has periods or electors of its own, so that no other operation goes with it.
    var standsAlone: Bool {
        switch self {
        case .motion, .admit, .stewards: false
        case .expel, .recover, .revert, .void, .charter, .logKey, .confirm: true
        }
    }

    /// What is signed inside it.
    var enclosed: [EnclosedStatement] {
        switch self {
        case .admit(let newcomers): newcomers
        case .recover(_, let statement): [statement]
        case .motion, .expel, .revert, .void, .charter, .stewards, .logKey, .confirm: []
        }
    }
}
