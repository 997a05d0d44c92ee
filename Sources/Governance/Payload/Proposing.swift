import CanonicalJSON
package import Routing

/// What a `propose` or a `revise` asks for.
package struct Proposing: Sendable {
    /// The operations, with the digest of their payload.
    package let content: Payload
    /// The digest of the reasons, which stand outside the log.
    package let reason: ContentDigest?

    /// SHA-256 of the operations' canonical octets.
    package var payload: ContentDigest { content.digest }

    /// What the vote on an emergency asks.
    init(confirming overlay: Int) {
        content = Payload(confirming: overlay)
        reason = nil
    }

    init(_ reader: inout ObjectReader) throws(FormatFault) {
        let operations = try reader.value("operations")
        let reason = try reader.optionalDigest("reason")
        try self.init(operations: operations, reason: reason, &reader)
    }

    /// Reads operations that were taken out of an object.
    init(
        operations: JSONValue, reason: ContentDigest?, _ reader: inout ObjectReader
    ) throws(FormatFault) {
        do throws(Payload.Fault) {
            content = try Payload(
                validating: operations, at: "\(reader.pointer)/operations")
        } catch {
            switch error {
            case .plan(let fault): throw reader.fault("operations", "\(fault)")
            case .format(let fault): throw fault
            }
        }
        self.reason = reason
    }
}
