import Testing
import TransparencyLog

@Suite("The tree")
struct MerkleTreeTests {
    static let sizeMax = 64
    private let leaves = Reference.leaves(sizeMax)
    private let tree = MerkleTree(leaves: Reference.leaves(sizeMax))

    @Test func `a leaf and a node are hashed apart`() throws {
        let leaf = Digest.leaf([0x61])
        #expect(leaf == (try Reference.hash([0x00, 0x61])))
        #expect(
            Digest.node(leaf, leaf) == (try Reference.hash([0x01] + leaf.octets + leaf.octets)))
    }

    @Test func `the empty tree is the hash of nothing`() {
        let hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(MerkleTree().root.hex == hex)
    }

    @Test(arguments: 0...sizeMax)
    func `every size's root is the recursive definition's`(size: Int) throws {
        let expected = try Reference.root(leaves[..<size])
        #expect(MerkleTree(leaves: leaves[..<size]).root == expected)
        #expect(try tree.root(atSize: size) == expected)
    }

    @Test(arguments: 1...sizeMax)
    func `every leaf's proof is the recursive definition's and holds`(size: Int) throws {
        let root = try tree.root(atSize: size)
        for index in 0..<size {
            let proof = try tree.inclusionProof(index: index, size: size)
            #expect(proof.path == (try Reference.inclusion(index, leaves[..<size])))
            try proof.verify(leaf: leaves[index], root: root)
        }
    }

    @Test(arguments: 1...sizeMax)
    func `every pair's proof is the recursive definition's and holds`(new: Int) throws {
        let newRoot = try tree.root(atSize: new)
        for old in 1...new {
            let proof = try tree.consistencyProof(from: old, to: new)
            #expect(proof.path == (try Reference.consistency(old, leaves[..<new])))
            try proof.verify(oldRoot: try tree.root(atSize: old), newRoot: newRoot)
        }
    }

    @Test(arguments: 0...sizeMax)
    func `every tree begins with the empty one`(size: Int) throws {
        let proof = try tree.consistencyProof(from: 0, to: size)
        #expect(proof.path == [])
        try proof.verify(oldRoot: .emptyTree, newRoot: try tree.root(atSize: size))
    }

    @Test(arguments: [-1, sizeMax + 1, Int.max])
    func `a size that never was has no answer`(size: Int) {
        let error = TreeError.noSuchSize(size, leaves: Self.sizeMax)
        #expect(throws: error) { try tree.root(atSize: size) }
        #expect(throws: error) { try tree.inclusionProof(index: 0, size: size) }
        #expect(throws: error) { try tree.consistencyProof(from: 1, to: size) }
    }

    @Test(arguments: [-1, 10, Int.max])
    func `a leaf beyond the size has no proof`(index: Int) {
        #expect(throws: TreeError.noSuchLeaf(index, size: 10)) {
            try tree.inclusionProof(index: index, size: 10)
        }
    }

    @Test func `a log never shrinks`() throws {
        #expect(throws: TreeError.shrinks(from: 8, to: 7)) {
            try tree.consistencyProof(from: 8, to: 7)
        }
        #expect(throws: ProofError.shrinks(from: 8, to: 7)) {
            try ConsistencyProof(old: 8, new: 7, path: [])
                .verify(oldRoot: .emptyTree, newRoot: .emptyTree)
        }
    }
}
