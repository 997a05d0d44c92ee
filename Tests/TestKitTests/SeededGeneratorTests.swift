import TestKit
import Testing

@Suite struct SeededGeneratorTests {
    @Test func `the numbers are those published for SplitMix64`() {
        var random = SeededGenerator(seed: 1_234_567)
        let numbers = (0..<5).map { _ in random.next() }
        #expect(
            numbers == [
                6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
                4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
            ])
    }

    @Test func `one seed gives one stream, another seed another`() {
        var (first, same, other) = (
            SeededGenerator(seed: 1), SeededGenerator(seed: 1), SeededGenerator(seed: 2)
        )
        let octets = first.octets(100)
        #expect(octets == same.octets(100))
        #expect(octets != other.octets(100))
    }

    @Test(arguments: [0, 1, 7, 8, 9, 64])
    func `exactly the octets asked for come, lowest first`(count: Int) {
        var (octets, numbers) = (SeededGenerator(seed: 3), SeededGenerator(seed: 3))
        let expected = (0..<8).flatMap { _ in
            let number = numbers.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64($0 * 8)) }
        }
        #expect(octets.octets(count) == Array(expected.prefix(count)))
    }
}
