import ArgumentParser
import CanonicalJSON
import Council
import Foundation
import Governance
import LogReader
import Routing
import Store
import TransparencyLog

/// `commonway init`: founds a community.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Found a community.",
        discussion: """
            Writes the genesis, prints the community card that gateways and auditors pin, and one \
            single-use invitation for each founder. Give each founder theirs, and nobody else. \
            With --invitations FOLDER they are written to files (0600) instead of being printed.
            """)

    @Option(help: ArgumentHelp("The folder to found it in; new or empty.", valueName: "folder"))
    var data: String

    @Option(
        help: ArgumentHelp(
            "The log's origin: its address without scheme, such as gw.example.org/log.",
            valueName: "name"))
    var origin: String

    @Option(help: ArgumentHelp("The voting rules, YAML or JSON.", valueName: "file"))
    var charter: String

    @Option(
        help: ArgumentHelp(
            "A founder and their OpenSSH Ed25519 public key; once each.", valueName: "name=file"))
    var founder: [String] = []

    @Option(help: ArgumentHelp("Founders, a line each: name ssh-ed25519 AAAA…", valueName: "file"))
    var founders: String?

    @Option(help: ArgumentHelp("Write the invitations to files here.", valueName: "folder"))
    var invitations: String?

    @Option(
        help: ArgumentHelp(
            "The verifier key of a witness, as commonway witness key prints it; once each.",
            valueName: "key"))
    var witness: [String] = []

    @Option(
        help: ArgumentHelp(
            "How many witnesses must cosign a checkpoint; more than half unless given.",
            valueName: "n"))
    var threshold: Int?

    @Option(
        help: ArgumentHelp(
            "What readers do with a checkpoint that fewer cosigned: wait for enough, or serve it "
                + "and say so.", valueName: "wait|serve"))
    var tooFew = "wait"

    @Flag(help: "Print card and invitations as one JSON object.")
    var json = false

    func run() async throws {
        var list = FounderList()
        for argument in founder { try list.add(argument: argument) }
        if let founders { try list.add(file: founders) }
        guard !list.founders.isEmpty else {
            throw Complaint.usage(
                "a community needs a founder", at: "--founder",
                next: "commonway init … --founder ana=ana.pub")
        }
        let charterValue = try CharterFile.read(charter)
        let policy = try witnessPolicy()
        let founded = try await CommunityFounding(
            folder: DataFolder(data), origin: origin, charter: charterValue,
            founders: list.founders, witnesses: policy
        ).perform()
        try announce(founded)
    }

    private func witnessPolicy() throws(Complaint) -> WitnessPolicy {
        var keys: [WitnessKey] = []
        for text in witness {
            do {
                keys.append(try WitnessKey(text: text))
            } catch {
                throw .usage(
                    "\"\(Output.plain(text))\" is no witness's key: \(error)", at: "--witness",
                    next: "ask the witness for what commonway witness key prints")
            }
        }
        guard let too = WitnessPolicy.TooFew(rawValue: tooFew) else {
            throw .usage("expected wait or serve", at: "--too-few \(Output.plain(tooFew))")
        }
        do {
            return try WitnessPolicy(
                keys: keys, threshold: threshold ?? (keys.isEmpty ? 0 : keys.count / 2 + 1),
                tooFew: too)
        } catch {
            throw .usage("\(error)", at: error.isThreshold ? "--threshold" : "--witness")
        }
    }

    private func announce(_ founded: CommunityFounding.Founded) throws(Complaint) {
        if let invitations {
            try LocalFile.makePrivateFolder(invitations)
            for (handle, invitation) in founded.invitations {
                try LocalFile.createPrivate(
                    Array((invitation + "\n").utf8), at: "\(invitations)/\(handle).invitation")
            }
        }
        if json {
            var object = JSONObject()
            object["card"] = founded.card.value
            if invitations == nil {
                var members = JSONObject()
                for (handle, invitation) in founded.invitations {
                    members[handle] = .string(invitation)
                }
                object["invitations"] = .object(members)
            }
            return try Output.data(JSONValue.object(object).canonicalText)
        }
        try Output.data(founded.card.value.canonicalText)
        if invitations == nil {
            for (handle, invitation) in founded.invitations {
                try Output.data("invitation \(handle) \(invitation)")
            }
        }
        Output.words(
            "founded in \(data); the first line is the card, also in \(data)/community.json"
        )
        let policy = founded.card.witnesses
        if !policy.isEmpty, policy.threshold * 2 <= policy.keys.count {
            Output.words(
                "\(policy.threshold) of \(policy.keys.count) witnesses is half or fewer: each half "
                    + "could be shown a log of its own; more than half prevents that")
        }
        let asked = founded.card.witnesses.keys.map { " --witness URL-OF-\($0.name)" }.joined()
        Output.words("next: commonway serve --data \(data)\(asked)")
        Output.words("then each founder: commonway login --council URL --member NAME --invitation")
    }
}
