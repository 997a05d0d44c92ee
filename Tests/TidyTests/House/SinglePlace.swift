/// A method that one file alone may call.
struct SinglePlace {
    let method: String
    let target: String
    /// The law that it keeps.
    let reason: String

    /// In the executable, `Gateway.publish` is the way in which a table reaches the loops.
    static let all = [
        SinglePlace(
            method: "publish", target: "commonway", reason: "law 3: one path hands tables over")
    ]

    /// The files of the target with a call `.method(`.
    func places(in files: [SourceFile]) -> [String] {
        files.filter { $0.place == .source(target: target) }.filter { file in
            file.code.indices.dropFirst().dropLast().contains { index in
                file.code[index].isCode(method) && file.code[index - 1].isCode(".")
                    && file.code[index + 1].isCode("(")
            }
        }.map(\.path)
    }
}
