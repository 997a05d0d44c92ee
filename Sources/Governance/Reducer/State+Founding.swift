package import CanonicalJSON
import Routing

extension State {
    /// The most founders: they fit a few entries, and a community that large has time to admit
    /// more.
    package static let foundersMax = 100_000

    /// An entry of the founding: `genesis`, `founders` …, `constituted`.
    mutating func reduceFounding(_ checked: CheckedEntry) throws(Contradiction) {
        let entry = checked.entry
        switch entry.body {
        case .genesis(let genesis):
            guard entries == 0 else { throw contradiction(.outOfPlace("genesis")) }
            guard genesis.key.utf8.starts(with: (genesis.origin + "+").utf8) else {
                throw contradiction(.badFounding("the log key's name is not the origin"))
            }
            origin = genesis.origin
            logKey = genesis.key
            charter = genesis.charter
        case .founders(let founders):
            guard entries > 0 else { throw contradiction(.outOfPlace("founders")) }
            try addFounders(founders, at: entry.t)
        case .claim(let claim) where claim.kind == .constituted:
            guard !members.isEmpty else { throw contradiction(.outOfPlace("constituted")) }
            try expect(constitutedClaim(at: entry.t), checked)
            constitution = Constitution(
                digest: ContentDigest(of: foundingLeaves), leaf: checked.leafHash,
                founders: members.count)
            foundingLeaves = []
            return
        case .statement, .refusal, .succession, .claim:
            throw contradiction(.outOfPlace(kind(of: entry)))
        }
        foundingLeaves += checked.leafHash.octets
    }

    private mutating func addFounders(_ founders: [Founder], at t: Int64) throws(Contradiction) {
        for (offset, founder) in founders.enumerated() {
            let expected = members.count + offset + 1
            guard founder.number == expected, expected <= Self.foundersMax else {
                throw contradiction(
                    .badFounding("founder \(founder.number) where \(expected) comes next"))
            }
            let twice = founders[..<offset].contains { $0.key == founder.key }
            guard holders[founder.key] == nil, !twice else {
                throw contradiction(.badFounding("founder \(founder.number)'s key is another's"))
            }
        }
        for founder in founders {
            holders[founder.key] = founder.number
            members.append(
                Member(
                    number: founder.number, handle: founder.handle, joined: nil, electorFrom: nil,
                    keys: [Member.EnrolledKey(key: founder.key, from: t)]))
        }
    }

    /// The `constituted` entry that completes the founding.
    package func constitutedClaim(at t: Int64) -> JSONValue {
        [
            "v": 1, "kind": "constituted", "t": .integer(t),
            "founders": .integer(Int64(members.count)),
            "digest": .string(ContentDigest(of: foundingLeaves).hex),
        ]
    }
}
