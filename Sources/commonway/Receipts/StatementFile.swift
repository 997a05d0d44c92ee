import CanonicalJSON
import Governance
import LogReader
import Routing
import TransparencyLog

/// A file that holds a member's statement, in whichever form a member has it.
struct StatementFile: Sendable {
    /// The file, as typed.
    let place: String
    /// The statement's hash.
    let hash: ContentDigest
    /// The entry that logged it.
    let entry: [UInt8]

    /// The longest file, octets: an entry, its JSON written with white space.
    private static let octetsMax = 256 * 1024

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - card: Whose key signed the acknowledgement in a kept receipt.
    ///   - proof: The receipt, whose extra line may hold the entry of a bare statement.
    ///   - receipt: What complaints call the receipt.
    /// - Throws: ``Complaint`` when it is none of the forms.
    init(
        _ place: String, _ card: CommunityCard, _ proof: LogProof, at receipt: String
    ) throws(Complaint) {
        self.place = place
        let value = try Self.read(place)
        if let entry = value["entry"] ?? (value["kind"] == nil ? nil : value) {
            self.entry = entry.canonicalOctets
            guard let statement = entry["stmt"] else {
                throw .usage("the entry holds no member's statement", at: place)
            }
            hash = ContentDigest(of: statement.canonicalOctets)
        } else if value["ack"] != nil {
            let kept = try KeptReceipt(value, at: place)
            guard let t = try kept.promise(by: card.key) else {
                throw .refused(
                    "its acknowledgement is not by this community's log key", at: place,
                    next: "name the card of the community that it is about")
            }
            hash = kept.hash
            entry = kept.entry(t: t).canonicalOctets
        } else if value["act"] != nil {
            hash = ContentDigest(of: value.canonicalOctets)
            guard let extra = proof.extra else {
                throw .usage(
                    "the statement alone does not give the entry: its time and signature are "
                        + "missing", at: place,
                    next: "name the entry or the kept receipt, or get the receipt with "
                        + "--self-contained")
            }
            entry = extra
        } else {
            throw .usage(
                "neither a statement, an entry nor a kept receipt", at: place,
                next: "commonway receipt HASH --entry FILE writes the entry")
        }
    }

    static func read(_ place: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(place, limit: octetsMax)
        do throws(JSONFault) {
            return try JSONValue(parsing: octets, form: .relaxed)
        } catch {
            throw .usage("not JSON: \(error)", at: place)
        }
    }
}

/// What the client keeps of a statement that a council acknowledged: see ``Receipt``.
struct KeptReceipt: Sendable {
    private let value: JSONValue
    private let acknowledgement: String
    private let signature: String
    private let statement: JSONValue

    /// Reads a file of the client's folder.
    static func read(_ place: String) throws(Complaint) -> KeptReceipt {
        try KeptReceipt(try StatementFile.read(place), at: place)
    }

    init(_ value: JSONValue, at place: String) throws(Complaint) {
        guard let acknowledgement = value["ack"]?.string, let signature = value["sig"]?.string,
            let statement = value["stmt"]
        else {
            throw .usage("not a receipt that this program kept", at: place)
        }
        self.value = value
        self.acknowledgement = acknowledgement
        self.signature = signature
        self.statement = statement
    }

    /// The statement's hash.
    var hash: ContentDigest { ContentDigest(of: statement.canonicalOctets) }

    /// The time of the entry that was promised, milliseconds since 1970.
    ///
    /// - Parameter key: The log's verifier key.
    /// - Returns: `nil` when that key did not promise this statement.
    func promise(by key: String) throws(Complaint) -> Int64? {
        do {
            let promise = try Acknowledgement(
                octets: Array(acknowledgement.utf8), key: try VerifierKey(text: key))
            return promise.statement.hex == hash.hex ? Int64(promise.time) : nil
        } catch {
            return nil
        }
    }

    /// The entry that was promised.
    func entry(t: Int64) -> JSONValue {
        var entry = JSONObject()
        entry["v"] = 1
        entry["kind"] = "statement"
        entry["t"] = .integer(t)
        entry["stmt"] = statement
        entry["sig"] = .string(signature)
        entry["cosig"] = value["cosig"]
        return .object(entry)
    }
}
