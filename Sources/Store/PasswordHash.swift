import Council
import Foundation

/// A password's hash with all that is needed to check it, in PHC's string form:
/// `$argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>`, both in base64 without padding.
struct PasswordHash: Equatable {
    /// Octets of salt: RFC 9106 §3.1 recommends 16.
    static let saltLength = 16
    /// Octets of hash.
    static let hashLength = 32

    let cost: Argon2Cost
    let salt: [UInt8]
    let hash: [UInt8]

    /// A hash that no password has, to spend the same time on an unknown handle.
    static func ofNothing(cost: Argon2Cost) -> PasswordHash {
        PasswordHash(
            cost: cost, salt: RandomOctets.make(saltLength), hash: RandomOctets.make(hashLength))
    }

    var phcString: String {
        "$argon2id$v=\(Argon2.version)"
            + "$m=\(cost.memoryKibibytes),t=\(cost.passes),p=\(cost.lanes)"
            + "$\(Self.base64(salt))$\(Self.base64(hash))"
    }

    private static func base64(_ octets: [UInt8]) -> String {
        String(Data(octets).base64EncodedString().prefix { $0 != "=" })
    }
}

extension PasswordHash {
    /// Reads a PHC string back, exactly as ``phcString`` writes it.
    ///
    /// - Returns: `nil` for any other string, and for costs outside the ranges: a stored hash does
    ///   not get to ask for a terabyte of memory.
    init?(phcString: String) {
        let parts = phcString.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id",
            let cost = Self.cost(of: parts[3]),
            let salt = Self.octets(of: parts[4], length: Self.saltLength),
            let hash = Self.octets(of: parts[5], length: Self.hashLength)
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
        guard self.phcString == phcString else { return nil }
    }

    private static func cost(of text: Substring) -> Argon2Cost? {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        guard fields.count == 3,
            let memory = Int(fields[0].dropFirst(2)),
            let passes = Int(fields[1].dropFirst(2)),
            let lanes = Int(fields[2].dropFirst(2))
        else { return nil }
        return try? Argon2Cost(memoryKibibytes: memory, passes: passes, lanes: lanes)
    }

    private static func octets(of text: Substring, length: Int) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let data = Data(base64Encoded: text + padding), data.count == length else {
            return nil
        }
        return Array(data)
    }
}
