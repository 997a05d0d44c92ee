import CArgon2

/// The one call into libargon2; the only file of this target with unsafe code.
enum Argon2 {
    /// The version of Argon2 that libargon2 computes, 1.3, as PHC strings write it.
    static let version = 19

    /// Computes argon2id (RFC 9106).
    ///
    /// Takes tens to hundreds of milliseconds and allocates the memory that `cost` names: call it
    /// on a hashing thread only.
    ///
    /// - Parameters:
    ///   - password: Its octets.
    ///   - salt: At least 8 octets.
    ///   - length: The length of the hash, at least 4 octets.
    /// - Returns: The hash, or libargon2's error code, which is negative; in practice memory that
    ///   cannot be had.
    static func hash(
        password: [UInt8], salt: [UInt8], cost: Argon2Cost, length: Int
    ) -> Result<[UInt8], Argon2Failure> {
        var hash = [UInt8](repeating: 0, count: length)
        // SAFETY: the three pointers are valid for the lengths passed beside them and do not
        // outlive the closures; libargon2 only writes to `hash` and keeps none of them.
        let code = unsafe password.withUnsafeBytes { password in
            unsafe salt.withUnsafeBytes { salt in
                unsafe hash.withUnsafeMutableBytes { hash in
                    unsafe argon2id_hash_raw(
                        UInt32(cost.passes), UInt32(cost.memoryKibibytes), UInt32(cost.lanes),
                        password.baseAddress, password.count, salt.baseAddress, salt.count,
                        hash.baseAddress, hash.count)
                }
            }
        }
        return code == 0 ? .success(hash) : .failure(Argon2Failure(code: Int(code)))
    }
}

/// libargon2's error code (`argon2.h`, `Argon2_ErrorCodes`).
struct Argon2Failure: Error, Equatable {
    let code: Int
}
