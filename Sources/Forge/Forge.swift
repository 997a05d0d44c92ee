package import CanonicalJSON
package import Governance
package import LogReader
package import SSHSignature
package import TransparencyLog

/// Makes logs that are valid, or wrong in one chosen way, for tests and benchmarks.
///
/// It holds the log's key and its members' keys, so what it writes is what a council and members
/// would; every key and time follows from its arguments, so the same calls give the same octets.
package struct Forge {
    /// The entries so far.
    package private(set) var entries: [[UInt8]] = []
    /// What follows from them, as long as every entry was taken by the rules.
    package private(set) var replay = Replay()
    /// The state that follows from them.
    package var state: State { replay.state }
    /// The log's key.
    package internal(set) var signer: SignerKey
    /// The members' keys, by number from 1.
    package internal(set) var keys: [PrivateKey]
    /// The time of the next entry, milliseconds since 1970.
    package var t: Int64
    /// The tree over ``entries``, also over those that break the rules.
    package private(set) var tree = MerkleTree()
    private var nonces: UInt64 = 0

    /// Why a log could not be forged as asked.
    package enum Fault: Error {
        /// A statement that should have been applied is void.
        case void(Refusal)
        /// A key could not be derived.
        case key(String)
        /// What was asked for gives no entry.
        case malformed(String)
    }

    /// Founds a community in which every founder has joined.
    ///
    /// - Parameters:
    ///   - origin: The log's origin.
    ///   - founders: How many, from 1 on.
    ///   - charter: Its charter's value.
    ///   - t: The time of the founding, milliseconds since 1970.
    ///   - joined: How many of the founders join at once; all unless given.
    /// - Throws: ``Fault``, ``Contradiction``.
    package init(
        origin: String = "forge.example/log", founders: Int = 3, charter: JSONValue,
        t: Int64 = 1_767_225_600_000, joined: Int? = nil
    ) throws {
        do {
            signer = try SignerKey(name: origin, seed: [UInt8](repeating: 255, count: 32))
            keys = try (1...founders).map { try PrivateKey(seed: Self.seed(ofMember: $0)) }
        } catch {
            throw Fault.key("\(error)")
        }
        self.t = t
        try append(
            Genesis.entry(origin: origin, key: signer.verifier.text, charter: charter, t: t))
        let listed = keys.enumerated().map {
            Founder(
                number: $0.offset + 1, key: $0.element.publicKey,
                handle: Replay.content(Self.handleDigest(ofMember: $0.offset + 1)))
        }
        for first in stride(from: 0, to: listed.count, by: Founder.entryMax) {
            let part = listed[first..<min(first + Founder.entryMax, listed.count)]
            try append(Founder.entry(Array(part), t: t))
        }
        try append(replay.state.constitutedClaim(at: t))
        for number in 0..<(joined ?? founders) { try join(number + 1) }
    }

    /// The seed of a founder's key; no number has that of the log's key.
    package static func seed(ofMember number: Int) -> [UInt8] {
        if number < 255 { return [UInt8](repeating: UInt8(number), count: 32) }
        let octets = (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
        return (0..<8).flatMap { _ in octets }
    }

    /// A founder's handle.
    package static func handle(ofMember number: Int) -> String { "member\(number)" }

    /// The salt of the digest of a founder's handle, 32 octets.
    package static func salt(ofMember number: Int) -> [UInt8] {
        Digest(hashing: Array(handle(ofMember: number).utf8)).octets
    }

    private static func handleDigest(ofMember number: Int) -> Digest {
        let handle = Array(handle(ofMember: number).utf8)
        return Digest(
            hashing: Array("commonway handle".utf8) + salt(ofMember: number) + handle)
    }

    /// The card that pins this log.
    ///
    /// - Throws: ``Fault`` before the founding is complete.
    package var card: CommunityCard {
        get throws {
            guard let constitution = replay.state.constitution else {
                throw Fault.malformed("not constituted")
            }
            return CommunityCard(
                origin: signer.verifier.name, key: signer.verifier.text,
                constituted: constitution.leaf)
        }
    }

    /// Appends an entry by the rules.
    ///
    /// - Throws: ``Contradiction`` when the rules do not allow it; nothing is appended then.
    @discardableResult
    package mutating func append(_ value: JSONValue) throws -> Verdict {
        let octets = value.canonicalOctets
        let verdict = try replay.take(try CheckedEntry(octets: octets))
        replay.plan()
        entries.append(octets)
        tree.append(Digest.leaf(octets))
        return verdict
    }

    /// Appends octets without asking the rules, as a council that breaks them would.
    package mutating func appendUnchecked(_ octets: [UInt8]) {
        entries.append(octets)
        tree.append(Digest.leaf(octets))
    }

    /// Goes on to a time, appending whatever is due at its instant or then.
    ///
    /// - Throws: ``Contradiction``, which would be a fault of the rules.
    package mutating func advance(to later: Int64) throws {
        while let due = replay.state.firstDue(at: later) {
            t = max(t, due.instant)
            guard let now = replay.state.firstDue(at: t) else { break }
            try append(replay.state.claim(for: now, at: t))
        }
        t = max(t, later)
    }

    /// Goes on until nothing is due any more, or a step limit is reached.
    ///
    /// - Throws: ``Contradiction``.
    package mutating func settle() throws {
        for _ in 0..<100 where replay.state.quietUntil != .max {
            let before = replay.state.entries
            try advance(to: max(t, replay.state.quietUntil))
            if replay.state.entries == before { return }
        }
    }

    /// A nonce that this forge has not used.
    package mutating func nonce() -> String {
        nonces += 1
        let digits = String(nonces, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
