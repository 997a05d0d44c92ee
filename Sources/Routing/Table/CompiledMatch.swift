/// A match without host and path, which the indexes judge.
@usableFromInline
struct CompiledMatch: Sendable {
    /// The index of the rule.
    @usableFromInline let rule: Int32
    /// The match's number in the rule.
    @usableFromInline let number: Int32
    /// The method, empty for any.
    @usableFromInline let method: TextRange
    /// The first of its conditions: those on headers, then those on the query.
    @usableFromInline let firstCondition: Int32
    /// How many header fields it requires.
    @usableFromInline let headerCount: Int32
    /// How many query parameters it requires.
    @usableFromInline let queryCount: Int32

    init(
        rule: Int, number: Int, method: TextRange, firstCondition: Int, headerCount: Int,
        queryCount: Int
    ) {
        self.rule = Int32(truncatingIfNeeded: rule)
        self.number = Int32(truncatingIfNeeded: number)
        self.method = method
        self.firstCondition = Int32(truncatingIfNeeded: firstCondition)
        self.headerCount = Int32(truncatingIfNeeded: headerCount)
        self.queryCount = Int32(truncatingIfNeeded: queryCount)
    }
}

/// A name and the value that it must have.
@usableFromInline
struct CompiledCondition: Sendable {
    /// The name; of a header in lower case.
    @usableFromInline let name: TextRange
    /// The value.
    @usableFromInline let value: TextRange
}
