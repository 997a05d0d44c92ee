/// The canonical form of a path, slowly and from the text of reference/routing.md: the oracle for
/// `CanonicalPath`.
enum NaivePath {
    /// The form, or `nil` when the path is refused.
    static func form(of path: [UInt8]) -> [UInt8]? {
        guard path.first == slash, let units = units(path) else { return nil }
        let reading = units.map { read($0) ?? $0[0] }
        guard dotSegments(reading) == dotSegments(path) else { return nil }
        var segments: [[UInt8]] = []
        let pieces = units.split(separator: [slash], omittingEmptySubsequences: false).dropFirst()
        for (index, piece) in pieces.enumerated() {
            let isLast = index == pieces.count - 1
            switch Array(piece.joined()) {
            case [dot]: if isLast { segments.append([]) }
            case [dot, dot]:
                _ = segments.popLast()
                if isLast { segments.append([]) }
            default: segments.append(piece.flatMap(spelled))
            }
        }
        return [slash] + Array(segments.joined(separator: [slash]))
    }

    /// How many segments of a path are `.` or `..`, both kinds of slash taken as separators.
    static func dotSegments(_ path: [UInt8]) -> Int {
        path.split { $0 == slash || $0 == UInt8(ascii: "\\") }
            .count { $0.elementsEqual([dot]) || $0.elementsEqual([dot, dot]) }
    }

    /// The path with every escape read: what the most careless endpoint sees.
    static func unescaped(_ path: [UInt8]) -> [UInt8] {
        units(path).map { $0.map { value($0) ?? $0[0] } } ?? path
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    /// The path as octets that stand for themselves and escapes; `nil` when it has an octet that
    /// may not stand there, half an escape or an escaped NUL.
    private static func units(_ path: [UInt8]) -> [[UInt8]]? {
        var units: [[UInt8]] = []
        var rest = path[...]
        while let first = rest.popFirst() {
            guard first == UInt8(ascii: "%") else {
                guard Octets.isUnreserved(first) || "!$&'()*+,;=:@/[]|".utf8.contains(first) else {
                    return nil
                }
                units.append([first])
                continue
            }
            let unit = [first] + rest.prefix(2)
            guard let value = value(unit), value != 0 else { return nil }
            units.append(unit)
            rest = rest.dropFirst(2)
        }
        return units
    }

    /// The octet that an escape stands for; `nil` for what is no whole escape.
    private static func value(_ unit: [UInt8]) -> UInt8? {
        guard unit.count == 3, unit.dropFirst().allSatisfy({ $0 != 0x2B && $0 != 0x2D }) else {
            return nil
        }
        return UInt8(String(decoding: unit.dropFirst(), as: UTF8.self), radix: 16)
    }

    /// `%2E`, `%2F` and `%5C` read as their characters.
    private static func read(_ unit: [UInt8]) -> UInt8? {
        guard let value = value(unit), [dot, slash, UInt8(ascii: "\\")].contains(value) else {
            return nil
        }
        return value
    }

    /// An escape as it is written canonically.
    private static func spelled(_ unit: [UInt8]) -> [UInt8] {
        guard let value = value(unit) else { return unit }
        if Octets.isUnreserved(value) { return [value] }
        return Array(String(decoding: unit, as: UTF8.self).uppercased().utf8)
    }
}
