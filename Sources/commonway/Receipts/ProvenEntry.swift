import CanonicalJSON
import Governance
import LogReader
import Routing
import SSHSignature
import TransparencyLog

/// A statement's entry with the proof that the log has it, both verified.
struct ProvenEntry: Sendable {
    /// The proof.
    let proof: LogProof
    /// The checkpoint that vouches for it, under the log's signature.
    let checkpoint: SignedCheckpoint
    /// Who of the community's witnesses cosigned that checkpoint.
    let cosignatures: [Cosignature]
    /// What the card asks of them.
    let policy: WitnessPolicy
    /// The entry's octets, the leaf.
    let entry: [UInt8]
    /// The entry's time, milliseconds since 1970.
    let t: Int64
    /// The statement in it.
    let signed: SignedStatement
    /// The key that signed the statement.
    let signer: PublicKey

    /// Verifies a proof.
    ///
    /// - Parameters:
    ///   - entry: The octets that it should be about.
    ///   - statement: The hash of the statement that they should hold; `nil` for any.
    ///   - card: What pins the log.
    ///   - place: What complaints call the files.
    /// - Throws: ``Complaint`` with what does not hold.
    init(
        _ proof: LogProof, entry: [UInt8], statement: ContentDigest?, card: CommunityCard,
        place: String
    ) throws(Complaint) {
        let key: VerifierKey
        do throws(NoteKeyError) {
            key = try VerifierKey(text: card.key)
        } catch {
            throw .usage("the card's log key is refused: \(error)", at: place)
        }
        do throws(LogProofError) {
            checkpoint = try proof.verify(entry: entry, key: key)
        } catch {
            throw .refused(
                "the receipt does not hold: \(error)", at: place, next: Self.advice(error))
        }
        policy = card.witnesses
        do throws(NoteError) {
            cosignatures = try policy.cosignatures(of: checkpoint)
        } catch {
            throw .refused(
                "the receipt does not hold: \(error)", at: place,
                next: Self.advice(.checkpoint(.note(error))))
        }
        let checked: CheckedEntry
        do throws(EntryFault) {
            checked = try CheckedEntry(octets: entry)
        } catch {
            throw .refused("the leaf is no entry: \(error)", at: place)
        }
        guard let check = checked.signatures else {
            throw .refused("the entry holds no member's statement", at: place)
        }
        guard statement == nil || statement == check.signed.statement.hash else {
            throw .refused(
                "the entry holds statement \(check.signed.statement.hash.hex), another one",
                at: place, next: "ask for the receipt of the statement meant")
        }
        guard let signer = check.signer, check.signed.statement.log == card.origin else {
            throw .refused(
                "it is in the log, and void: "
                    + (check.fault ?? "signed for the log \(check.signed.statement.log)"),
                at: place, next: "nobody's word: a council may log what nobody signed")
        }
        self.proof = proof
        self.entry = entry
        self.signer = signer
        t = checked.entry.t
        signed = check.signed
    }

    /// Whether as many witnesses cosigned as the card asks for.
    var isWitnessed: Bool { policy.isMet(by: cosignatures) }

    /// How many witnesses cosigned, and who; `nil` in a community without.
    var witnessWords: String? {
        policy.isEmpty
            ? nil : Output.plain(policy.words(for: cosignatures, time: Moment.text))
    }

    /// Refuses a checkpoint that too few witnesses cosigned, where the card lets readers wait.
    ///
    /// - Throws: ``Complaint``, status 1.
    func requireWitnesses(at place: String) throws(Complaint) {
        guard !isWitnessed, policy.tooFew == .wait else { return }
        let size = checkpoint.checkpoint.size
        let fault = LogFetchError.tooFewWitnesses(
            size: size, cosigned: cosignatures.map(\.key.name), threshold: policy.threshold)
        throw .refused(
            "under the log's signature, but not witnessed: \(Output.plain("\(fault)"))", at: place,
            next: "when enough have cosigned, get it again: commonway receipt "
                + "\(signed.statement.hash.hex)")
    }

    /// The same proof with the entry in its extra line.
    var selfContained: LogProof {
        LogProof(
            inclusion: InclusionProof(
                index: proof.index, size: checkpoint.checkpoint.size, path: proof.path),
            checkpoint: checkpoint, extra: entry)
    }

    /// As programs read it.
    var value: JSONValue {
        [
            "act": .string(signed.statement.act.name),
            "by": .integer(Int64(signed.statement.by)),
            "hash": .string(signed.statement.hash.hex),
            "index": .integer(Int64(proof.index)),
            "key": .string(signer.openSSHText),
            "leaf": .string(Digest.leaf(entry).hex),
            "origin": .string(checkpoint.checkpoint.origin),
            "root": .string(checkpoint.checkpoint.root.hex),
            "size": .integer(Int64(checkpoint.checkpoint.size)),
            "t": .integer(t),
            "witnesses": .object(policy.value(for: cosignatures)),
        ]
    }

    private static func advice(_ error: LogProofError) -> String {
        switch error {
        case .checkpoint(.wrongOrigin), .checkpoint(.note(.noKnownSignature)):
            "it is another community's, or not this card's: name the right card"
        case .checkpoint, .malformed, .tooLong: "the file was altered; get it again"
        case .proof(.wrongRoot): "the file was altered, or is about another statement"
        case .proof: "the file was altered; get it again"
        }
    }
}
