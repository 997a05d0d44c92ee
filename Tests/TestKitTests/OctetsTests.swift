import TestKit
import Testing

@Suite struct OctetsTests {
    @Test func `hexadecimal is read in both cases, with white space between pairs`() {
        #expect([UInt8](hexadecimal: "00 fF\n7a") == [0x00, 0xFF, 0x7A])
    }

    @Test(arguments: ["0", "0 0", "zz", "00f", "٣٣"])
    func `half a pair and other characters are refused`(text: String) {
        #expect([UInt8](hexadecimal: text) == nil)
    }

    @Test func `what is written is read back`() {
        let octets = Array(UInt8.min...UInt8.max)
        #expect([UInt8](hexadecimal: octets.hexadecimal) == octets)
    }

    @Test func `a split stands at every place, the ends included`() {
        let splits = [1, 2].everySplit as [(before: [UInt8], after: [UInt8])]
        #expect(splits.map(\.before) == [[], [1], [1, 2]])
        #expect(splits.map(\.after) == [[1, 2], [2], []])
    }

    @Test func `flipping changes the bit named and no other`() {
        #expect([0x00, 0xFF].flipping(bit: 9) == [0x00, 0xFD] as [UInt8])
    }
}
