/// Law 1, as Package.swift states it.
enum ManifestRule {
    /// Modules that come with the toolchain, for tests.
    static let toolchain: Set<String> = [
        "Dispatch", "Foundation", "FoundationNetworking", "Glibc", "Swift", "Synchronization",
        "Testing",
    ]

    /// Edges that the table of rooms does not allow, and rooms without a target.
    static func edgeViolations(in manifest: Manifest) -> [Violation] {
        let names = Set(manifest.targets.map(\.name))
        let missing = Room.all.filter { !names.contains($0.name) }.map {
            violation(1, "no target for the room \($0.name)", "declare it or remove its row")
        }
        return missing
            + manifest.targets.flatMap { target -> [Violation] in
                guard let room = Room.named(target.name) else { return unknown(target) }
                let allowed = room.mayImport
                return target.dependencies.filter { !allowed.contains($0) }.map {
                    violation(
                        target.line, "\(target.name) may not depend on \($0)",
                        "remove the edge; Tests/TidyTests/House/Room.swift has those allowed")
                }
            }
    }

    /// What tests share, programs that they start and kill, and what the fuzzer runs.
    private static let testPrograms: Set<String> = [
        "TestKit", "StoreWriter", "FuzzTargets", "Fuzz",
    ]

    /// A target that is no room must belong to the tests.
    private static func unknown(_ target: Manifest.Target) -> [Violation] {
        if target.name.hasSuffix("Tests") || testPrograms.contains(target.name) { return [] }
        return [
            violation(
                target.line, "the target \(target.name) is no room of the table",
                "give it a row in Tests/TidyTests/House/Room.swift and in ARCHITECTURE.md")
        ]
    }

    /// Dependencies that are declared below the target which names them.
    static func orderViolations(in manifest: Manifest) -> [Violation] {
        let names = manifest.targets.map(\.name)
        return manifest.targets.enumerated().flatMap { place, target in
            target.dependencies.filter { names.dropFirst(place).contains($0) }.map {
                violation(
                    target.line, "\(target.name) depends on \($0), which stands below it",
                    "the order is the law: a target rests only on those above")
            }
        }
    }

    /// Targets other than the executable and the tests that come to rest on both wings.
    static func wingViolations(in manifest: Manifest) -> [Violation] {
        manifest.targets.filter { $0.name != "commonway" && !$0.name.hasSuffix("Tests") }
            .filter { target in
                let reached = reach(of: target.name, in: manifest)
                return !reached.isDisjoint(with: Room.controlWing)
                    && !reached.isDisjoint(with: Room.dataWing)
            }
            .map {
                violation(
                    $0.line, "\($0.name) rests on both wings", "only commonway names both")
            }
    }

    /// Imports that work only because something else brings the module along.
    static func borrowedImports(in file: SourceFile, _ manifest: Manifest) -> [Violation] {
        guard let name = file.target,
            let target = manifest.targets.first(where: { $0.name == name })
        else { return [] }
        var known = toolchain.union(target.dependencies)
        if case .test = file.place { known.insert("TestKit") }
        return Import.all(in: file.code).filter { !known.contains($0.module) }.map {
            Violation(
                path: file.path, line: $0.line, rule: "manifest",
                what: "\(name) imports \($0.module) without naming it as a dependency",
                advice: "name it in Package.swift, if the table of rooms allows it")
        }
    }

    private static func reach(of name: String, in manifest: Manifest) -> Set<String> {
        var reached: Set<String> = [name]
        var waiting = [name]
        while let next = waiting.popLast() {
            let edges = manifest.targets.first { $0.name == next }?.dependencies ?? []
            waiting += edges.filter { reached.insert($0).inserted }
        }
        return reached
    }

    private static func violation(_ line: Int, _ what: String, _ advice: String) -> Violation {
        Violation(path: "Package.swift", line: line, rule: "manifest", what: what, advice: advice)
    }
}
