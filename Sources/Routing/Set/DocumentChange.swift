import Crypto

/// What a bundle makes of the documents that it was checked against: the table digest that results
/// is known, and nothing has changed yet.
///
/// A claim is compared with the digest before anything is enacted, and a table of thousands of
/// documents is not copied for that.
package struct DocumentChange: Sendable {
    /// The table digest once it is applied.
    package let tableDigest: ContentDigest
    /// The table digest of the documents that it was checked against.
    let base: ContentDigest
    /// Where the digest after the next change can go on, once this one is applied.
    let marks: [SHA256]
    let bundle: OperationBundle
    let enactment: Enactment
}

extension DocumentSet {
    /// What a bundle would make of these documents.
    ///
    /// - Throws: ``PlanFault`` when it could not be enacted on them.
    /// - Complexity: O(n) for the digest, with a small constant: the octets of each element are
    ///   kept, and only what stands from the first change on is hashed.
    package func change(
        by bundle: OperationBundle, _ enactment: Enactment
    ) throws(PlanFault) -> DocumentChange {
        try check(bundle)
        let after = digest(after: bundle, by: enactment)
        return DocumentChange(
            tableDigest: after.digest, base: tableDigest, marks: after.marks, bundle: bundle,
            enactment: enactment)
    }
}
