import Testing

@Suite struct ManifestTests {
    @Test func `the edges are those that the table of rooms allows`() {
        ManifestRule.edgeViolations(in: House.manifest).record()
    }

    @Test func `a target rests only on targets above it`() {
        ManifestRule.orderViolations(in: House.manifest).record()
    }

    @Test func `only the executable rests on both wings`() {
        ManifestRule.wingViolations(in: House.manifest).record()
    }

    @Test func `every import is named as a dependency`() {
        let manifest = House.manifest
        House.files.flatMap { ManifestRule.borrowedImports(in: $0, manifest) }.record()
    }

    @Test func `the table of rooms lets a room rest only on rooms above it`() {
        let names = Room.all.map(\.name)
        for (place, room) in Room.all.enumerated() {
            #expect(room.restsOn.isDisjoint(with: names.dropFirst(place)), "\(room.name)")
        }
    }

    @Test func `targets are read in all three spellings, with their products`() {
        let manifest = Manifest(
            """
            let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
            func room(_ name: String) -> Target { .target(name: name, path: "x") }
            let package = Package(name: "p", targets: [
                .target(name: "Low", cSettings: [.define("X")]),
                room("Middle", ["Low", crypto]),
                .executableTarget(
                    name: "top",
                    dependencies: ["Middle", .product(name: "Yams", package: "Yams-package")],
                    swiftSettings: strict),
                tests("MiddleTests", ["Middle"]),
            ])
            """)
        #expect(manifest.targets.map(\.name) == ["Low", "Middle", "top", "MiddleTests"])
        #expect(
            manifest.targets.map(\.dependencies) == [
                [], ["Low", "Crypto"], ["Middle", "Yams"], ["Middle"],
            ])
        #expect(manifest.targets.map(\.line) == [4, 5, 6, 10])
    }

    @Test func `an edge that the table does not allow is found`() {
        let manifest = Manifest("targets: [\nroom(\"Routing\", [\"Council\"]),\n]")
        let found = ManifestRule.edgeViolations(in: manifest).filter { $0.line == 2 }
        #expect(found.map(\.what) == ["Routing may not depend on Council"])
    }

    @Test func `a target without a row and a row without a target are found`() {
        let manifest = Manifest("room(\"Attic\")")
        let found = ManifestRule.edgeViolations(in: manifest).map(\.what)
        #expect(found.contains("the target Attic is no room of the table"))
        #expect(found.contains("no target for the room Routing"))
    }

    @Test func `an edge to a target below is found`() {
        let manifest = Manifest("room(\"Routing\", [\"Proxy\"])\nroom(\"Proxy\", [])")
        #expect(
            ManifestRule.orderViolations(in: manifest).map(\.what) == [
                "Routing depends on Proxy, which stands below it"
            ])
    }

    @Test func `a target that rests on both wings, even at second hand, is found`() {
        let manifest = Manifest(
            "room(\"Store\", [])\nroom(\"Low\", [\"Store\"])\nroom(\"X\", [\"Low\", \"Proxy\"])")
        #expect(
            ManifestRule.wingViolations(in: manifest).map(\.what) == ["X rests on both wings"])
    }

    @Test func `an import at second hand is found`() {
        let manifest = Manifest("room(\"Routing\", [\"CanonicalJSON\"])")
        let file = SourceFile(
            "import CanonicalJSON\nimport Foundation\n@testable import Crypto", in: "Routing")
        #expect(ManifestRule.borrowedImports(in: file, manifest).map(\.line) == [3])
    }
}

extension Manifest {
    fileprivate init(_ text: String) {
        self.init(SourceFile(path: "Package.swift", octets: Array(text.utf8)))
    }
}
