import CanonicalJSON

extension Documents {
    /// Reads one JSON value, or an array of documents.
    static func readJSON(
        _ octets: [UInt8], file: String, documentsMax: Int
    ) throws(DocumentsFault) -> [LocatedDocument] {
        let lines = LineIndex(octets)
        let limits = JSONLimits(octetsMax: octetsMax, depthMax: depthMax)
        let (value, offsets): (JSONValue, [String: Int])
        do {
            (value, offsets) = try JSONValue.parseNotingPlaces(octets, limits: limits)
        } catch {
            throw DocumentsFault(
                file: file, document: 1, place: lines.place(of: error.offset),
                reason: error.reason, expected: "JSON as RFC 8259 has it, integers only")
        }
        guard let elements = value.array else {
            return [
                LocatedDocument(
                    file: file, number: 1, value: value,
                    places: offsets.mapValues(lines.place(of:)))
            ]
        }
        guard elements.count <= documentsMax else {
            throw DocumentsFault(
                file: file, document: documentsMax + 1,
                place: lines.place(of: offsets["/\(documentsMax)"] ?? 0),
                reason: "\(elements.count) documents", expected: "at most \(documentsMax)")
        }
        let places = split(offsets, into: elements.count, lines: lines)
        return elements.enumerated().map { index, element in
            LocatedDocument(file: file, number: index + 1, value: element, places: places[index])
        }
    }

    /// Gives each element of an array the places below its own pointer.
    private static func split(
        _ offsets: [String: Int], into count: Int, lines: LineIndex
    ) -> [[String: Place]] {
        var places = [[String: Place]](repeating: [:], count: count)
        for (pointer, offset) in offsets where !pointer.isEmpty {
            let step = pointer.dropFirst().prefix { $0 != "/" }
            guard let index = Int(step), places.indices.contains(index) else { continue }
            let rest = String(pointer.dropFirst(1 + step.count))
            places[index][rest] = lines.place(of: offset)
        }
        return places
    }
}

/// From an offset in a file to its line and column.
struct LineIndex {
    private let octets: [UInt8]
    private let starts: [Int]

    init(_ octets: [UInt8]) {
        self.octets = octets
        starts = [0] + octets.indices.filter { octets[$0] == UInt8(ascii: "\n") }.map { $0 + 1 }
    }

    /// The line and column, from 1, of an octet; columns count Unicode scalars.
    func place(of offset: Int) -> Place {
        var low = 0
        var high = starts.count
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        let end = min(max(offset, starts[low]), octets.count)
        // Octets 10xxxxxx continue a scalar (RFC 3629 §3).
        let column = octets[starts[low]..<end].count { $0 & 0xC0 != 0x80 }
        return Place(line: low + 1, column: column + 1)
    }
}
