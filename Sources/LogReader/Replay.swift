package import CanonicalJSON
package import Governance
package import Routing
package import TransparencyLog

/// A log taken in entry by entry: the tree over it and the state that follows from it.
///
/// The one fold that councils, gateways and auditors share, live and at a restart. It also answers
/// what the reducer cannot know: whether the head that a ballot names was ever one of this log.
package struct Replay: Sendable {
    /// What follows from the entries taken so far.
    package private(set) var state = State()
    /// The tree over them.
    package private(set) var tree = MerkleTree()
    /// The head found in the log last: many ballots name the same one.
    private var headHeld: (size: Int, root: ContentDigest)?

    /// An empty log.
    package init() {}

    /// A log that is taken up where a snapshot left it.
    ///
    /// - Parameter tree: The tree over the entries that the state comes from.
    init(resuming state: State, tree: MerkleTree) {
        self.state = state
        self.tree = tree
    }

    /// Takes the next entry.
    ///
    /// - Returns: Whether it has its effect.
    /// - Throws: ``Contradiction``; nothing was taken then.
    @discardableResult
    package mutating func take(_ checked: CheckedEntry) throws(Contradiction) -> Verdict {
        let isHeld = holdsHead(checked)
        let verdict = try state.reduce(checked, headInLog: isHeld)
        if isHeld { headHeld = checked.headSeen }
        tree.append(Self.digest(checked.leafHash))
        return verdict
    }

    /// Makes the plans that an enactment left owing, for whoever is asked about them often.
    package mutating func plan() { state.plan() }

    /// The `state` entry that may come next.
    ///
    /// Its digest is kept, so that taking the entry does not work it out once more.
    package mutating func stateClaim(at t: Int64) -> JSONValue {
        state.keepDigest()
        return state.stateClaim(at: t)
    }

    /// Which rule a statement would break if it were the next entry.
    package func refusal(of checked: CheckedEntry) -> Refusal? {
        state.refusal(of: checked, headInLog: holdsHead(checked))
    }

    /// Whether the head that a ballot names was one of this log; `false` for anything else.
    package func holdsHead(_ checked: CheckedEntry) -> Bool {
        guard let head = checked.headSeen, head.size > 0, head.size <= tree.size else {
            return false
        }
        if let headHeld, headHeld == head { return true }
        do {
            return try tree.root(atSize: head.size) == Self.digest(head.root)
        } catch {
            preconditionFailure("a tree has a root at every size up to its own: \(error)")
        }
    }

    /// The same 32 octets as the tree's kind of digest.
    package static func digest(_ digest: ContentDigest) -> Digest {
        let words = digest.bigEndianWords
        return Digest(words: words.0, words.1, words.2, words.3)
    }

    /// The same 32 octets as the rules' kind of digest.
    package static func content(_ digest: Digest) -> ContentDigest {
        let words = digest.bigEndianWords
        return ContentDigest(words: words.0, words.1, words.2, words.3)
    }
}
