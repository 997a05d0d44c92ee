import Testing
import TransparencyLog

@Suite("Proofs that prove nothing")
struct ProofTests {
    private let leaves = Reference.leaves(64)
    private let tree = MerkleTree(leaves: Reference.leaves(64))

    // Sizes with one bit, all bits, and a ragged edge.
    @Test(arguments: [1, 2, 7, 8, 17])
    func `every flipped bit of an inclusion proof fails`(size: Int) throws {
        let root = try tree.root(atSize: size)
        var accepted: [String] = []
        for index in 0..<size {
            let proof = try tree.inclusionProof(index: index, size: size)
            for bit in 0..<(256 * (proof.path.count + 2)) {
                var digests = [leaves[index], root] + proof.path
                digests[bit / 256] = try digests[bit / 256].flipped(bit: bit % 256)
                let altered = InclusionProof(
                    index: index, size: size, path: Array(digests.dropFirst(2)))
                if (try? altered.verify(leaf: digests[0], root: digests[1])) != nil {
                    accepted.append("leaf \(index) of \(size), bit \(bit)")
                }
            }
        }
        #expect(accepted == [])
    }

    @Test(arguments: [2, 7, 8, 17])
    func `every flipped bit of a consistency proof fails`(new: Int) throws {
        let newRoot = try tree.root(atSize: new)
        var accepted: [String] = []
        for old in 1..<new {
            let proof = try tree.consistencyProof(from: old, to: new)
            for bit in 0..<(256 * (proof.path.count + 2)) {
                var digests = [try tree.root(atSize: old), newRoot] + proof.path
                digests[bit / 256] = try digests[bit / 256].flipped(bit: bit % 256)
                let altered = ConsistencyProof(
                    old: old, new: new, path: Array(digests.dropFirst(2)))
                if (try? altered.verify(oldRoot: digests[0], newRoot: digests[1])) != nil {
                    accepted.append("\(old) to \(new), bit \(bit)")
                }
            }
        }
        #expect(accepted == [])
    }

    @Test(arguments: 1...33)
    func `a leaf is at no other place`(size: Int) throws {
        let root = try tree.root(atSize: size)
        var accepted: [String] = []
        for index in 0..<size {
            let path = try tree.inclusionProof(index: index, size: size).path
            for other in -1...size where other != index {
                let proof = InclusionProof(index: other, size: size, path: path)
                if (try? proof.verify(leaf: leaves[index], root: root)) != nil {
                    accepted.append("\(index) at \(other) of \(size)")
                }
            }
        }
        #expect(accepted == [])
    }

    @Test(arguments: 1...33)
    func `a hash too few or too many fails`(size: Int) throws {
        let root = try tree.root(atSize: size)
        var accepted: [String] = []
        for index in 0..<size {
            let path = try tree.inclusionProof(index: index, size: size).path
            for altered in [Array(path.dropLast()), Array(path.dropFirst()), path + [root]]
            where altered != path {
                let proof = InclusionProof(index: index, size: size, path: altered)
                if (try? proof.verify(leaf: leaves[index], root: root)) != nil {
                    accepted.append("leaf \(index): \(altered.count) hashes")
                }
            }
            let path2 = try tree.consistencyProof(from: index + 1, to: size).path
            let oldRoot = try tree.root(atSize: index + 1)
            for altered in [Array(path2.dropLast()), Array(path2.dropFirst()), path2 + [root]]
            where altered != path2 {
                let proof = ConsistencyProof(old: index + 1, new: size, path: altered)
                if (try? proof.verify(oldRoot: oldRoot, newRoot: root)) != nil {
                    accepted.append("\(index + 1) to \(size): \(altered.count) hashes")
                }
            }
        }
        #expect(accepted == [])
    }

    @Test func `sizes that nobody can have are refused and trap nothing`() {
        let proof = InclusionProof(index: Int.max - 1, size: Int.max, path: leaves)
        #expect(throws: ProofError.wrongLength(hashes: 64)) {
            try proof.verify(leaf: leaves[0], root: leaves[1])
        }
        let none = ConsistencyProof(old: Int.max - 1, new: Int.max, path: [])
        #expect(throws: ProofError.wrongLength(hashes: 0)) {
            try none.verify(oldRoot: leaves[0], newRoot: leaves[1])
        }
    }
}
