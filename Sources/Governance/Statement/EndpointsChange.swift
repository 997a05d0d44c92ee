package import CanonicalJSON
package import Routing

/// Other endpoints for a backend, by one of its keepers: the whole list.
package struct EndpointsChange: Sendable {
    /// The name of the backend.
    package let backend: String
    /// The digest of the document in force that they are meant for.
    package let document: ContentDigest
    /// The endpoints.
    package let endpoints: [Backend.Endpoint]
    /// The array as given.
    package let value: JSONValue
    /// SHA-256 of its canonical octets.
    package let digest: ContentDigest

    /// Reads `backend`, `document` and `endpoints`.
    ///
    /// - Throws: ``FormatFault`` with the pointer of what is malformed.
    init(_ reader: inout ObjectReader) throws(FormatFault) {
        backend = try reader.documentName("backend")
        document = try reader.digest("document")
        value = try reader.value("endpoints")
        digest = ContentDigest(of: value.canonicalOctets)
        do {
            endpoints = try Backend.endpoints(reading: value)
        } catch {
            throw FormatFault(
                pointer: "\(reader.pointer)/endpoints\(error.pointer)",
                reason: "\(error.reason); expected \(error.expected)")
        }
    }

    /// The key of the backend.
    package var key: DocumentKey { DocumentKey(kind: .backend, name: backend) }
}

/// A backend and one of its keepers.
package struct KeptBackend: Hashable, Sendable {
    /// The name of the backend.
    package let backend: String
    /// The number of the member.
    package let keeper: Int

    /// The key of the backend.
    package var key: DocumentKey { DocumentKey(kind: .backend, name: backend) }
}

extension KeptBackend: Comparable {
    /// By the octets of the name, then by member.
    package static func < (left: KeptBackend, right: KeptBackend) -> Bool {
        left.backend == right.backend
            ? left.keeper < right.keeper : left.key < right.key
    }
}
