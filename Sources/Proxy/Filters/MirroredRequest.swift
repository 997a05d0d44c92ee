internal import HTTP1
internal import Reactor

/// A copy of a request on its way, and its answer, which is read to its end and thrown away so
/// that the connection can carry the next.
struct MirroredRequest: ~Copyable {
    let method: Method
    /// The answer's head was read.
    var hasHead = false
    /// What remains of its body.
    var body = Exchange.Body.complete
    var decoder = ChunkedDecoder(side: .response)
    /// The connection may carry another request after this one.
    var keepsUpstream = false
    /// When it is given up, however far it came.
    let endsMs: Int64
}

extension MirroredRequest {
    /// Throws away what came of the answer's body.
    ///
    /// - Throws: `MessageError` when its chunks are wrong.
    mutating func discard(_ input: inout Buffer) throws(MessageError) {
        switch body {
        case .complete: break
        case .length(let left):
            let count = min(left, Int64(input.count))
            input.consume(Int(count))
            body = count == left ? .complete : .length(left - count)
        case .untilClose: input.clear()
        case .chunked:
            while !input.isEmpty {
                let step = try step(input)
                input.consume(step.consumed)
                if step.ended {
                    body = .complete
                    return
                }
                if step.consumed == 0 { return }
            }
        }
    }

    private mutating func step(
        _ input: borrowing Buffer
    ) throws(MessageError) -> (consumed: Int, ended: Bool) {
        let step = try decoder.next(input.span)
        if case .end = step.event { return (step.consumed, true) }
        return (step.consumed, false)
    }
}
