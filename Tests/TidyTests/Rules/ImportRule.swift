/// Law 1: a target imports only what its row of ``Room/all`` allows.
struct ImportRule: Rule {
    let name = "imports"

    func violations(in file: SourceFile) -> [Violation] {
        guard case .source(let target) = file.place else { return [] }
        guard let room = Room.named(target) else {
            return [
                violation(
                    file, 1, "there is no row for the target \(target)",
                    "give it one in Tests/TidyTests/House/Room.swift and in ARCHITECTURE.md")
            ]
        }
        let allowed = room.mayImport.union(room.toolchain).union(["Swift"])
        return Import.all(in: file.code).filter { !allowed.contains($0.module) }.map {
            violation(
                file, $0.line, "\(target) may not import \($0.module)",
                "move the code to a room that may, or hand the value in as an argument")
        }
    }
}
