import Testing
import TransparencyLog

@Suite("Keys of witnesses")
struct WitnessKeyTests {
    @Test func `public and private texts come back`() throws {
        for seed in UInt8(1)...20 {
            let signer = try WitnessSigner(
                name: "w.example/1", seed: [UInt8](repeating: seed, count: 32))
            #expect(try WitnessKey(text: signer.witness.text) == signer.witness)
            #expect(try WitnessSigner(text: signer.text + "\n").text == signer.text)
        }
    }

    @Test func `a log's key is no witness's, nor the other way round`() throws {
        let log = try Fixture.signer()
        let witness = try WitnessSigner(
            name: Fixture.origin, seed: [UInt8](repeating: 1, count: 32))
        #expect(witness.witness.id != log.verifier.id)
        #expect(throws: NoteKeyError.unsupportedType(1, expected: 4)) {
            try WitnessKey(text: log.verifier.text)
        }
        #expect(throws: NoteKeyError.unsupportedType(4, expected: 1)) {
            try VerifierKey(text: witness.witness.text)
        }
        #expect(throws: NoteKeyError.unsupportedType(1, expected: 4)) {
            try WitnessSigner(text: log.text)
        }
    }

    @Test func `a hash that is not the key's is refused`() throws {
        let key = try WitnessSigner(name: "w", seed: [UInt8](repeating: 7, count: 32)).witness
        let text = key.text.replacing("w+\(key.id.hex)", with: "v+\(key.id.hex)")
        #expect(throws: NoteKeyError.self) { try WitnessKey(text: text) }
    }

    @Test func `a sighting comes back under the witness's key, and under no other`() throws {
        let signer = try WitnessSigner(name: "w", seed: [UInt8](repeating: 7, count: 32))
        let other = try WitnessSigner(name: "w", seed: [UInt8](repeating: 8, count: 32))
        let sighting = Sighting(
            witness: "w", origin: Fixture.origin, statement: Digest(hashing: [1]), time: 12)
        let octets = try sighting.signed(by: signer).octets
        #expect(try Sighting(octets: octets, key: signer.witness) == sighting)
        #expect(throws: CheckpointError.note(.noKnownSignature)) {
            try Sighting(octets: octets, key: other.witness)
        }
    }
}
