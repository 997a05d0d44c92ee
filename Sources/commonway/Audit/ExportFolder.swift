import CanonicalJSON
import Foundation
import Governance
import LogReader
import Routing
import SSHSignature
import TransparencyLog

/// The folder that an export writes: files that a shell and `ssh-keygen` understand.
struct ExportFolder {
    /// Where it is, absolute.
    let path: String

    /// Takes a folder that is new or empty.
    ///
    /// - Throws: ``Complaint`` when something is in it, or it cannot be made.
    init(_ typed: String) throws(Complaint) {
        let url = URL(fileURLWithPath: LocalFile.expanded(typed), isDirectory: true)
        path = url.standardizedFileURL.path
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/statements", withIntermediateDirectories: true)
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            let inner = try FileManager.default.contentsOfDirectory(atPath: path + "/statements")
            guard names == ["statements"], inner.isEmpty else {
                throw Complaint.usage(
                    "the folder is not empty", at: path, next: "name a new folder")
            }
        } catch let complaint as Complaint {
            throw complaint
        } catch {
            throw .usage("the folder cannot be made: \(Reason.text(error))", at: path)
        }
    }

    /// Writes everything; `recount.sh` last, so that it stands only beside what it counts.
    func write(
        _ collection: ExportCollection, _ log: VerifiedLog, _ card: CommunityCard
    ) throws(Complaint) {
        for statement in collection.statements { try write(statement) }
        try put(Self.signers(collection), "allowed_signers")
        try put(Self.index(collection), "index.tsv")
        try put(Self.votes(collection, log.state), "votes.tsv")
        try put(card.value.canonicalText + "\n", "community.json")
        try put(String(decoding: log.checkpoint.note.octets, as: UTF8.self), "checkpoint")
        try put(ExportScript.readme, "README")
        try put(ExportScript.recount, "recount.sh")
    }

    private func write(_ statement: ExportCollection.Exported) throws(Complaint) {
        let name = Self.file(of: statement)
        try LocalFile.writePublic(statement.message, to: "\(path)/\(name)")
        for (ending, base64) in statement.signatures {
            // A void entry may carry any text as its signature; it is kept as what it is.
            let armored = (try? SSHSignatureBlob(base64: base64))?.armored ?? base64 + "\n"
            try put(armored, "\(name).\(ending)")
        }
    }

    private func put(_ text: String, _ name: String) throws(Complaint) {
        try LocalFile.writePublic(Array(text.utf8), to: "\(path)/\(name)")
    }

    /// `statements/00000034-ballot.json`.
    private static func file(of statement: ExportCollection.Exported) -> String {
        let digits = String(statement.index)
        let zeros = String(repeating: "0", count: max(0, 8 - digits.count))
        let act = statement.act.filter { $0.isASCII && ($0.isLetter || $0 == "-") }
        return "statements/\(zeros)\(digits)-\(act).json"
    }

    private static func signers(_ collection: ExportCollection) -> String {
        collection.keys.map { period in
            var options = "namespaces=\"*@commonway\""
            options += ",valid-after=\"\(Moment.sshText(period.from))\""
            if let until = period.until {
                options += ",valid-before=\"\(Moment.sshText(until))\""
            }
            return "member-\(period.member) \(options) \(period.key.openSSHText)\n"
        }.joined()
    }

    private static func index(_ collection: ExportCollection) -> String {
        let heading = ["#entry", "time", "member", "act", "proposal", "standing", "hash", "file"]
        let rows = collection.statements.map { statement in
            [
                "\(statement.index)", Moment.sshText(statement.t), "\(statement.by)", statement.act,
                statement.proposal.map { "\($0)" } ?? "-",
                collection.standing(of: statement).word, statement.hash.hex, file(of: statement),
            ]
        }
        return table([heading] + rows)
    }

    private static func votes(_ collection: ExportCollection, _ state: State) -> String {
        let heading = [
            "#proposal", "open", "electors", "quorum", "yes", "no", "abstain", "outcome",
        ]
        let rows = collection.votes.map { vote in
            let count = vote.closed ?? vote.count
            return [
                "\(vote.proposal)", vote.leaf, "\(vote.electors)", "\(vote.quorum)",
                "\(count.yes)", "\(count.no)", "\(count.abstain)", vote.outcome,
            ]
        }
        return table([heading] + rows)
    }

    private static func table(_ rows: [[String]]) -> String {
        rows.map { $0.joined(separator: "\t") + "\n" }.joined()
    }
}
