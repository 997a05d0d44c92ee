/// Agreement before something is signed that cannot be taken back.
enum Consent {
    /// Asks on a terminal; elsewhere `--yes` must have said so.
    ///
    /// - Throws: ``Complaint`` when nobody agrees; nothing was signed then.
    static func ask(_ question: String, given: Bool) throws(Complaint) {
        if given { return }
        guard Terminal.isInteractive else {
            throw .usage(
                "nobody is there to agree; nothing was signed", next: "repeat with --yes")
        }
        guard Terminal.confirms(question) else { throw .usage("nothing was signed") }
    }
}
