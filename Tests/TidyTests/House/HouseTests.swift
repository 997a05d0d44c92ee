import Testing

/// The laws, over the repository as it is.
@Suite struct HouseTests {
    @Test func `the sources of every room are found`() {
        #expect(Set(House.sources.compactMap(\.target)).isSuperset(of: Room.all.map(\.name)))
    }

    @Test(arguments: House.rules.map(\.name))
    func `no file breaks the rule`(name: String) throws {
        let rule = try #require(House.rules.first { $0.name == name })
        House.files.flatMap(rule.violations).record()
    }

    @Test func `half of all files have at most 150 lines`() {
        let counts = House.sources.map(\.lines.count).sorted()
        #expect(counts[counts.count / 2] <= 150)
    }

    @Test func `what one file alone may call is called in one file`() {
        for single in SinglePlace.all {
            let places = single.places(in: House.files)
            #expect(places.count == 1, "`\(single.method)`: \(single.reason)")
        }
    }
}
