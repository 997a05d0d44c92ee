/// How much a change asks of the voters; it follows from what changes, never from the proposer.
package enum ChangeClass: String, Hashable, Sendable, CaseIterable {
    /// The allow-list of small changes.
    case routine
    /// Everything that is in no other class.
    case sensitive
    /// The charter and what stands above routes; no plan of documents has it.
    case constitutional
}

extension ChangeClass: Comparable {
    /// From the class that asks least to the one that asks most.
    package static func < (left: ChangeClass, right: ChangeClass) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .routine: 0
        case .sensitive: 1
        case .constitutional: 2
        }
    }
}
