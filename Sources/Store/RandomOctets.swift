import Council
import Foundation

/// Random octets from the system's generator (`getrandom`).
enum RandomOctets {
    /// The octets of a token or invitation: 256 bits cannot be guessed, so a fast hash of them
    /// is safe to store.
    static let tokenLength = 32

    /// The characters of such a token.
    static let tokenCharacters = 43

    static func make(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    }

    /// A fresh token, as base64url (RFC 4648 §5) without padding, which fits a header, a cookie,
    /// a URL and a shell's word.
    static func token() -> Secret {
        let base64 = Data(make(tokenLength)).base64EncodedString()
        return Secret(
            text: String(
                base64.prefix { $0 != "=" }
                    .map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 }))
    }
}
