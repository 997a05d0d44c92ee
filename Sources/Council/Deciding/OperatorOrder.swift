import Governance
package import Routing

/// What the operator says is not served, or is again.
package struct OperatorOrder: Sendable {
    /// The route or network.
    package let subject: TableRefusal.Subject
    /// Why it is refused, 1…1,024 octets; `nil` to permit it again.
    package let reason: String?

    /// An order.
    package init(subject: TableRefusal.Subject, reason: String?) {
        self.subject = subject
        self.reason = reason
    }
}

extension Council {
    /// Logs what the operator refuses or permits; the one thing that an operator decides.
    ///
    /// - Returns: The index of the entry; `nil` when it cannot be: what it names is not in force,
    ///   is refused already, or is not, or as much is refused as can be.
    /// - Throws: ``CouncilFault``; the council is then over.
    package func take(_ order: OperatorOrder) throws(CouncilFault) -> Int? {
        try appendOwn { state, t in
            guard let after = state.refusing(order.subject, isPermit: order.reason == nil) else {
                return nil
            }
            let table = after.documents.tableDigest
            return order.reason.map {
                OperatorRefusal.refuse(order.subject, reason: $0, table: table, t: t)
            } ?? OperatorRefusal.permit(order.subject, table: table, t: t)
        }
    }
}
