/// The field lines of a head: at most ``HeadLimits/fieldsMax``, in the order in which they came.
///
/// The room for all of them is taken once, when the value is made, and used again for every head:
/// use one value for many heads and do not copy it, or the next head allocates. (Held inline, one
/// line read out of an immutable value would copy all 1.6 KiB of them, as the compiler stands.)
@usableFromInline package struct FieldLines: Sendable {
    /// ``HeadLimits/fieldsMax`` places, the first ``count`` of them in use.
    @usableFromInline var lines: [FieldLine]
    /// How many lines there are.
    @usableFromInline package private(set) var count: Int
    /// One bit for each ``KnownField`` that is there, by its raw value.
    @usableFromInline var presence: UInt64
    /// How many lines have a `_` in their name: those that are dropped and counted by default.
    @usableFromInline package private(set) var underscoreCount: Int

    /// No lines.
    package init() {
        lines = Array(repeating: .none, count: HeadLimits.fieldsMax)
        count = 0
        presence = 0
        underscoreCount = 0
    }

    /// The line at an index below ``count``.
    @inlinable
    package subscript(_ index: Int) -> FieldLine {
        get { lines[index] }
        set { lines[index] = newValue }
    }

    /// Whether a field is there at least once. O(1).
    @inlinable
    package func contains(_ field: KnownField) -> Bool {
        presence >> UInt64(field.rawValue) & 1 == 1
    }

    /// The index of the first line of a field, or `nil`. O(1) when it is not there, else
    /// O(lines).
    @inlinable
    package func firstIndex(of field: KnownField) -> Int? {
        guard contains(field) else { return nil }
        var index = 0
        while index < count {
            if lines[index].known == field { return index }
            index &+= 1
        }
        return nil
    }

    /// Marks every line of a field as not going on. O(lines).
    ///
    /// - Parameters:
    ///   - octets: The head.
    ///   - name: The field's name, in any case.
    package mutating func drop(_ name: Span<UInt8>, in octets: Span<UInt8>) {
        for index in 0..<count
        where OctetText.equal(octets.extracting(self[index].name.indices), name) {
            lines[index].marks.insert(.dropped)
        }
    }

    /// Forgets every line.
    mutating func removeAll() {
        count = 0
        presence = 0
        underscoreCount = 0
    }

    /// Appends a line.
    ///
    /// - Returns: `false` when there is no room for it.
    mutating func append(_ line: FieldLine) -> Bool {
        guard count < HeadLimits.fieldsMax else { return false }
        lines[count] = line
        count &+= 1
        if line.marks.contains(.underscore) { underscoreCount &+= 1 }
        presence |= 1 << UInt64(line.known.rawValue)
        return true
    }
}
