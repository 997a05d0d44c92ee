package import CanonicalJSON

/// Where something stands in a file.
package struct Place: Hashable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// The column, from 1, in Unicode scalars.
    package let column: Int

    /// A place.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// A value read from a file, and the place of everything in it.
package struct LocatedDocument: Sendable {
    /// What faults call the file.
    package let file: String
    /// The document's number in the file, from 1.
    package let number: Int
    /// The value.
    package let value: JSONValue
    /// Where each value begins, by its JSON Pointer (RFC 6901); the document's own is the empty
    /// string.
    package let places: [String: Place]

    /// The place of a field, or of the nearest one around it that is there.
    package func place(of pointer: String) -> Place {
        var rest = Substring(pointer)
        while true {
            if let place = places[String(rest)] { return place }
            guard let slash = rest.lastIndex(of: "/") else { return Place(line: 1, column: 1) }
            rest = rest[..<slash]
        }
    }

    /// `file:line:column: field: reason`, the form that editors jump to.
    package func message(pointer: String, reason: String) -> String {
        let place = place(of: pointer)
        let field = pointer.isEmpty ? "document \(number)" : pointer
        return "\(file):\(place.line):\(place.column): \(field): \(reason)"
    }
}
