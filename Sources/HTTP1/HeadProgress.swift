/// How far a head has come.
@usableFromInline package enum HeadProgress: Equatable, Sendable {
    /// It is good so far and not complete: call again with the same octets and more behind them.
    case needMore
    /// It is complete; its body, or the next message, begins at this offset.
    case complete(octetCount: Int)
}
