import Council
import Foundation

/// Makes and checks password hashes on the hashing threads.
struct PasswordHasher: Sendable {
    /// What new hashes cost.
    let cost: Argon2Cost
    private let threads: HashingThreads

    init(cost: Argon2Cost, threads: HashingThreads) {
        self.cost = cost
        self.threads = threads
    }

    /// Hashes a password with a fresh salt.
    func make(_ password: Secret) async throws(CredentialError) -> PasswordHash {
        let salt = RandomOctets.make(PasswordHash.saltLength)
        let hash = try await compute(password, salt: salt, cost: cost)
        return PasswordHash(cost: cost, salt: salt, hash: hash)
    }

    /// Whether a password has this hash, at the cost that the hash names.
    func check(_ password: Secret, has known: PasswordHash) async throws(CredentialError) -> Bool {
        let hash = try await compute(password, salt: known.salt, cost: known.cost)
        return Secret.equalInConstantTime(hash, known.hash)
    }

    private func compute(
        _ password: Secret, salt: [UInt8], cost: Argon2Cost
    ) async throws(CredentialError) -> [UInt8] {
        let computed = await threads.run {
            Argon2.hash(
                password: password.reveal(), salt: salt, cost: cost,
                length: PasswordHash.hashLength)
        }
        switch computed {
        case .none:
            throw .busy(waitingMax: threads.waitingMax)
        case .success(let hash)?:
            return hash
        case .failure(let failure)?:
            throw .storage(
                StorageFault(code: failure.code, message: "libargon2 could not hash a password"))
        }
    }
}
