import ArgumentParser
import CanonicalJSON
import Governance

/// What a proposal can ask for beside documents, from options (docs/governance.md §2).
struct MeasureOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Say something that changes nothing.", valueName: "text"))
    var motion: String?

    @Option(
        help: ArgumentHelp(
            "Admit a newcomer, by the file that commonway apply wrote. Repeatable.",
            valueName: "file"))
    var admit: [String] = []

    @Option(help: ArgumentHelp("End a membership.", valueName: "member"))
    var expel: Int64?

    @Option(
        help: ArgumentHelp(
            "Give a member whose keys are lost a new one, by the file of commonway key recover.",
            valueName: "file"))
    var recover: String?

    @Option(help: ArgumentHelp("Put back what was before a proposal.", valueName: "proposal"))
    var revert: Int64?

    @Option(
        name: .customLong("void"),
        help: ArgumentHelp("Stop a proposal that carried.", valueName: "proposal"))
    var stop: Int64?

    @Option(help: ArgumentHelp("Put another charter in force.", valueName: "file"))
    var charter: String?

    @Option(
        help: ArgumentHelp(
            "Elect the stewards, who act in emergencies, such as 3,7; '' for the founders again.",
            valueName: "members"))
    var stewards: String?

    @Option(
        name: .customLong("log-key"),
        help: ArgumentHelp(
            "Give the log another key, by the file that its operator hands out.",
            valueName: "file"))
    var logKey: String?

    /// The options in words, for whoever named nothing to change.
    static let words =
        "--motion, --admit, --expel, --recover, --revert, --void, --charter, --stewards, --log-key"

    /// Whether there is none.
    var isEmpty: Bool {
        motion == nil && admit.isEmpty && expel == nil && recover == nil && revert == nil
            && stop == nil && charter == nil && stewards == nil && logKey == nil
    }

    /// What the options ask for.
    struct Measures: Sendable {
        /// The operations.
        var operations: [JSONValue] = []
        /// Texts outside the log whose digests the operations name.
        var texts: [JSONValue] = []
        /// Who would be admitted, in words.
        var names: [String] = []
    }

    /// Reads the files, and fills in what the community has.
    ///
    /// - Throws: ``Complaint`` with the file and what is wrong.
    func read(for community: Community) throws(Complaint) -> Measures {
        var measures = Measures()
        if let text = ReasonText(motion) {
            measures.operations.append(["op": "motion", "text": .string(text.digest)])
            measures.texts.append(text.value)
        }
        if !admit.isEmpty {
            var members: [JSONValue] = []
            for file in admit {
                let application = try Application(file: file)
                try application.check(origin: community.card.origin, now: Moment.now)
                members.append(application.signed)
                measures.names.append(application.handle)
            }
            measures.operations.append(["op": "admit", "members": .array(members)])
        }
        if let expel { measures.operations.append(["op": "expel", "member": .integer(expel)]) }
        if let recover { measures.operations.append(try Recovery(file: recover).operation) }
        if let revert {
            measures.operations.append(["op": "revert", "proposal": .integer(revert)])
        }
        if let stop { measures.operations.append(["op": "void", "proposal": .integer(stop)]) }
        if let charter {
            measures.operations.append([
                "op": "charter", "base": .string(HexDigest.of(community.charter)),
                "charter": try CharterFile.read(charter),
            ])
        }
        if let stewards {
            measures.operations.append([
                "op": "stewards", "members": .array(try Self.numbers(stewards)),
            ])
        }
        if let logKey { measures.operations.append(try Self.logKey(logKey)) }
        return measures
    }

    /// Reads `3,7`, in any order; the empty text is nobody.
    private static func numbers(_ text: String) throws(Complaint) -> [JSONValue] {
        var numbers: [Int64] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false)
        where !text.allSatisfy({ $0 == " " }) {
            let digits = part.filter { $0 != " " }
            guard let number = Int64(digits), (1...Int64(Int32.max)).contains(number) else {
                throw .usage(
                    "\"\(Output.plain(part))\" is no member's number",
                    at: "--stewards \(Output.plain(text))",
                    next: "numbers with commas between them, such as 3,7; commonway members lists "
                        + "them")
            }
            guard !numbers.contains(number) else {
                throw .usage("member \(number) comes twice", at: "--stewards \(Output.plain(text))")
            }
            numbers.append(number)
        }
        return numbers.sorted().map { .integer($0) }
    }

    /// Reads the operation as the operator wrote it; whether it holds is the council's to say.
    private static func logKey(_ file: String) throws(Complaint) -> JSONValue {
        let value = try EnclosedFile.read(file)
        guard value["op"]?.string == "log-key" else {
            throw .usage(
                "no change of the log's key: there is no \"op\":\"log-key\"", at: file,
                next: "the operator hands out the file")
        }
        return value
    }
}
