package import TransparencyLog

/// How one witness answers, for people and programs that look.
package struct WitnessStanding: Sendable, Equatable {
    /// Where it is asked.
    package let address: String
    /// Its key, once it has cosigned.
    package internal(set) var key: WitnessKey?
    /// The size of the checkpoint that it cosigned last.
    package internal(set) var size: Int?
    /// When it did, seconds since 1970.
    package internal(set) var time: Int?
    /// What is wrong with its last answer; `nil` for nothing.
    package internal(set) var trouble: String?

    init(address: String) { self.address = address }
}
