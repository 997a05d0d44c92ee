import CanonicalJSON
import TransparencyLog

/// Checks what the council signed with the log's key, as the pinned card names it.
struct Evidence: Sendable {
    /// The community's card.
    let card: PinnedCard

    /// Checks that an acknowledgement promises to log this statement.
    ///
    /// - Parameter hash: The statement's hash, 64 hexadecimal digits.
    func check(acknowledgement: String, ofStatement hash: String) throws(Complaint) {
        let key = try logKey()
        let promise: Acknowledgement
        do throws(CheckpointError) {
            promise = try Acknowledgement(octets: Array(acknowledgement.utf8), key: key)
        } catch {
            throw .refused(
                "the council's acknowledgement does not hold: \(error)", at: "statement \(hash)",
                next: "the statement may be in the log all the same: commonway status")
        }
        guard promise.statement.hex == hash else {
            throw .refused(
                "the acknowledgement is for statement \(promise.statement.hex)",
                at: "statement \(hash)", next: "commonway status")
        }
    }

    /// Takes the head from a checkpoint, and refuses one that takes back what was seen before.
    ///
    /// - Parameters:
    ///   - answer: What `GET /checkpoint` answered.
    ///   - seen: The newest head that this machine saw.
    func head(from answer: JSONValue, seen: LogHead?) throws(Complaint) -> LogHead {
        let key = try logKey()
        let checkpoint: Checkpoint
        do throws(CheckpointError) {
            let note = Array((answer["checkpoint"]?.string ?? "").utf8)
            checkpoint = try SignedCheckpoint(octets: note, key: key).checkpoint
        } catch {
            throw .refused(
                "the checkpoint is not one by the log's key: \(error)", at: card.origin,
                next: "do not vote; tell the other members")
        }
        let head = LogHead(size: Int64(checkpoint.size), root: checkpoint.root.hex)
        guard let seen else { return head }
        guard head.size > seen.size || head == seen else {
            throw .refused(
                "the log went back: it had \(seen.size) entries with root \(seen.root), "
                    + "now \(head.size) with root \(head.root)",
                at: card.origin, next: "do not vote; show both checkpoints to the other members")
        }
        return head
    }

    private func logKey() throws(Complaint) -> VerifierKey {
        let key: VerifierKey
        do throws(NoteKeyError) {
            key = try VerifierKey(text: card.key)
        } catch {
            throw .refused("the card's log key is refused: \(error)", at: card.origin)
        }
        guard key.name == card.origin else {
            throw .refused("the card's key is for the log \(key.name)", at: card.origin)
        }
        return key
    }
}
