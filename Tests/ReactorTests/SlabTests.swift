import Reactor
import Testing

@Suite struct `Slabs` {
    /// Counts in a shared box how often it went away.
    struct Tracked: ~Copyable {
        final class Count {
            var ended = 0
        }

        let number: Int
        let count: Count

        deinit { count.ended += 1 }
    }

    @Test func `places are given out again, with another generation`() {
        var slab = Slab<Int>(capacity: 2)
        let first = slab.insert(10)
        let generation = slab.generation(of: first)
        #expect(slab.remove(first) == 10)
        let second = slab.insert(20)
        #expect(second == first)
        #expect(slab.contains(second, generation: generation) == false)
        #expect(slab.contains(second, generation: slab.generation(of: second)) == true)
    }

    @Test func `it is full at its capacity and not before`() {
        var slab = Slab<Int>(capacity: 3)
        for number in 0..<3 {
            #expect(slab.isFull == false)
            _ = slab.insert(number)
        }
        #expect((slab.isFull) == true)
        _ = slab.remove(1)
        #expect(slab.isFull == false)
        #expect(slab.count == 2)
    }

    @Test func `every value ends exactly once`() {
        let count = Tracked.Count()
        do {
            var slab = Slab<Tracked>(capacity: 8)
            for number in 0..<5 { _ = slab.insert(Tracked(number: number, count: count)) }
            _ = slab.remove(3)
            #expect(count.ended == 1)
            #expect(slab[4].number == 4)
        }
        #expect(count.ended == 5)
    }

    @Test func `a token keeps kind, place and generation`() {
        let token = Token(kind: 9, index: Token.indexMax, generation: .max)
        #expect(token.kind == 9)
        #expect(token.index == Token.indexMax)
        #expect(token.generation == .max)
    }
}
