/// Where a method is called.
enum Calls {
    /// The files of a target with a call `.name(label…`.
    ///
    /// - Parameter label: The first argument's label, or its first word.
    static func files(
        calling name: String, label: String, in target: String, _ files: [SourceFile]
    ) -> [String] {
        files.filter { $0.place == .source(target: target) }.filter { file in
            file.code.indices.dropFirst().dropLast(2).contains { index in
                file.code[index].isCode(name) && file.code[index - 1].isCode(".")
                    && file.code[index + 1].isCode("(") && file.code[index + 2].isCode(label)
            }
        }.map(\.path)
    }
}
