internal import HTTP1
internal import Reactor

/// The least room for which it is worth writing a chunk, octets.
private let chunkRoomMin = 256

extension Client {
    /// Writes the request's chunks that lie in the input anew.
    mutating func stageRequestChunks(
        into output: inout Buffer, bodyOctetsMax: Int?
    ) throws(MessageError) {
        while output.room >= chunkRoomMin && stream.input.count > exchange.passed {
            try exchange.stageRequestChunk(stream.input, into: &output)
            if let most = bodyOctetsMax, exchange.requestOctets > Int64(most) {
                throw MessageError(.bodyTooLarge, side: .request, at: 0, limit: most)
            }
            if exchange.isRequestWhole || exchange.needsMore { return }
        }
    }

    /// Writes the response's body that lies in the endpoint's input anew, as this client's
    /// framing has it.
    mutating func stageResponseChunks(from input: inout Buffer) throws(MessageError) {
        while stream.output.room >= chunkRoomMin && !input.isEmpty {
            let consumed = try exchange.stageResponseChunk(input, into: &stream.output)
            input.consume(consumed)
            if case .complete = exchange.response { return }
            if exchange.needsMore { return }
        }
    }
}

extension Exchange {
    /// Takes one step in the request's chunked body.
    fileprivate mutating func stageRequestChunk(
        _ input: borrowing Buffer, into output: inout Buffer
    ) throws(MessageError) {
        let waiting = input.count - passed
        let count = min(waiting, output.room - Chunks.framingOctetsMax)
        let octets = input.span.extracting(passed..<passed + count)
        let step = try requestDecoder.next(octets)
        needsMore = false
        switch step.event {
        case .needMore:
            needsMore = step.consumed == 0
            if needsMore {
                try Chunks.requireProgress(count, of: waiting, output, side: .request)
            }
        case .data:
            Chunks.writeData(octets.extracting(step.data), into: &output)
            requestOctets += Int64(step.data.count)
        case .trailer(let line):
            Chunks.writeTrailer(line, in: octets, into: &output, &requestTrailers)
        case .end:
            Chunks.writeEnd(into: &output, requestTrailers)
            request = .complete
        }
        passed += step.consumed
    }

    /// Takes one step in the response's body, chunked or up to the connection's end.
    ///
    /// - Returns: octets of the input that are done with.
    fileprivate mutating func stageResponseChunk(
        _ input: borrowing Buffer, into output: inout Buffer
    ) throws(MessageError) -> Int {
        let waiting = input.count
        let count = min(waiting, output.room - Chunks.framingOctetsMax)
        let octets = input.span.extracting(0..<count)
        needsMore = false
        if case .untilClose = response {
            Chunks.writeData(octets, into: &output)
            responseOctets += Int64(count)
            return count
        }
        let step = try responseDecoder.next(octets)
        let isChunked = clientFraming == .chunked
        switch step.event {
        case .needMore:
            needsMore = step.consumed == 0
            if needsMore {
                try Chunks.requireProgress(count, of: waiting, output, side: .response)
            }
        case .data:
            let data = octets.extracting(step.data)
            if isChunked { Chunks.writeData(data, into: &output) } else { output.append(data) }
            responseOctets += Int64(data.count)
        case .trailer(let line):
            if isChunked { Chunks.writeTrailer(line, in: octets, into: &output, &responseTrailers) }
        case .end:
            if isChunked { Chunks.writeEnd(into: &output, responseTrailers) }
            response = .complete
        }
        return step.consumed
    }
}
