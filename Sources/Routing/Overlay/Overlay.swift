/// Something in force for a while without a vote, laid over the documents; below it they stay as
/// ratified.
package struct Overlay: Hashable, Sendable {
    /// The index of the entry that put it up: what it is known by.
    package let index: Int
    /// The document that it is laid over.
    package let key: DocumentKey
    /// What it does.
    package let change: Change

    /// What is laid over a document.
    package enum Change: Hashable, Sendable {
        /// A route keeps its matches, and answers them with 503.
        case disable
        /// Another document of that kind and name is served, or one where none is in force: with
        /// the seniority and the enactment given.
        case restore(RatifiedDocument)
        /// A backend has these endpoints, 1…256; `digest` is of the array's canonical octets.
        case endpoints([Backend.Endpoint], digest: ContentDigest)
    }

    /// An overlay.
    package init(index: Int, key: DocumentKey, change: Change) {
        self.index = index
        self.key = key
        self.change = change
    }
}
