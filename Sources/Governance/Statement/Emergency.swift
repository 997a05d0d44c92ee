import CanonicalJSON
package import Routing

/// What a steward does at once: one of two things, both about one document.
package enum Emergency: Sendable {
    /// The route answers 503.
    case disable(route: String)
    /// What was in force is so again.
    case restore(ProposedDocument)

    /// Reads `disable` or `restore`, whichever is there.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        guard let value = reader.optional("restore") else {
            self = .disable(route: try reader.documentName("disable"))
            return
        }
        do {
            self = .restore(try ProposedDocument(validating: value))
        } catch {
            throw FormatFault(
                pointer: "\(reader.pointer)/restore\(error.pointer)",
                reason: "\(error.reason); expected \(error.expected)")
        }
    }

    /// The document that it is about.
    package var key: DocumentKey {
        switch self {
        case .disable(let route): DocumentKey(kind: .route, name: route)
        case .restore(let document): document.key
        }
    }
}
