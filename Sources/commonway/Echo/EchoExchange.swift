import CanonicalJSON
import Crypto
import NIOCore
import NIOHTTP1

/// One request of the echo backend and its answer.
struct EchoExchange {
    /// The request's head.
    let head: HTTPRequestHead
    /// The backend's name.
    let name: String
    /// How answers are unless the query says otherwise.
    let defaults: EchoWish

    typealias Parts = NIOAsyncChannelInboundStream<HTTPServerRequestPart>.AsyncIterator
    typealias Outbound = NIOAsyncChannelOutboundWriter<HTTPServerResponsePart>

    /// Reads the request to its end, counting and hashing, and answers.
    @concurrent func answer(_ parts: inout Parts, _ outbound: Outbound) async throws {
        if head.headers[canonicalForm: "expect"].contains(where: {
            $0.lowercased() == "100-continue"
        }) {
            try await outbound.write(.head(HTTPResponseHead(version: .http1_1, status: .continue)))
        }
        let wish: EchoWish
        do throws(EchoFault) {
            wish = try defaults.applying(target: head.uri)
        } catch {
            _ = try await drain(&parts)
            let fault: JSONValue = ["error": .string(error.description), "name": .string(name)]
            return try await send(json: fault, status: 400, outbound)
        }
        if wish.isMirror { return try await mirror(&parts, outbound, wish) }
        let body = try await drain(&parts)
        try await wait(wish)
        if let size = wish.size {
            try await send(size: size, status: wish.status, bodyDigest: body.digest, outbound)
        } else {
            try await send(json: describe(body), status: wish.status, outbound)
        }
    }

    /// What is left of a request's body once it is read.
    private struct Received {
        var octets: Int64 = 0
        var digest = ""
        var trailers = HTTPHeaders()
    }

    @concurrent private func drain(_ parts: inout Parts) async throws -> Received {
        var received = Received()
        var hash = SHA256()
        while let part = try await parts.next() {
            switch part {
            case .head: break
            case .body(let buffer):
                received.octets += Int64(buffer.readableBytes)
                hash.update(data: Array(buffer.readableBytesView))
            case .end(let trailers):
                received.trailers = trailers ?? [:]
                received.digest = HexDigest.hex(hash.finalize())
                return received
            }
        }
        throw ChannelError.inputClosed
    }

    private func wait(_ wish: EchoWish) async throws {
        if wish.delay > 0 { try await Task.sleep(for: .milliseconds(wish.delay)) }
    }

    private func describe(_ received: Received) -> JSONValue {
        [
            "body": ["octets": .integer(received.octets), "sha256": .string(received.digest)],
            "headers": Self.list(head.headers),
            "host": .string(head.headers.first(name: "host") ?? ""),
            "method": .string(head.method.rawValue),
            "name": .string(name),
            "target": .string(head.uri),
            "trailers": Self.list(received.trailers),
            "version": .string("\(head.version.major).\(head.version.minor)"),
        ]
    }

    private static func list(_ headers: HTTPHeaders) -> JSONValue {
        .array(headers.map { ["name": .string($0.name), "value": .string($0.value)] })
    }

    private func send(json: JSONValue, status: Int, _ outbound: Outbound) async throws {
        let octets = ByteBuffer(bytes: json.canonicalOctets + Array("\n".utf8))
        try await outbound.write(
            .head(answerHead(status, type: "application/json", octets: Int64(octets.readableBytes)))
        )
        if allowsBody(status) { try await outbound.write(.body(.byteBuffer(octets))) }
        try await outbound.write(.end(nil))
    }

    private func send(
        size: Int64, status: Int, bodyDigest: String, _ outbound: Outbound
    ) async throws {
        var answer = answerHead(status, type: "application/octet-stream", octets: size)
        answer.headers.add(name: "echo-body-sha256", value: bodyDigest)
        try await outbound.write(.head(answer))
        var offset: Int64 = 0
        while offset < size && allowsBody(status) {
            let chunk = EchoBody.chunk(at: offset, of: size)
            offset += Int64(chunk.readableBytes)
            try await outbound.write(.body(.byteBuffer(chunk)))
        }
        try await outbound.write(.end(nil))
    }

    /// Sends the body back as it arrives, with its trailers; its length is the request's.
    @concurrent private func mirror(_ parts: inout Parts, _ outbound: Outbound, _ wish: EchoWish)
        async throws
    {
        try await wait(wish)
        let isChunked = head.headers.contains(name: "transfer-encoding")
        let octets = isChunked ? nil : head.headers.first(name: "content-length") ?? "0"
        try await outbound.write(
            .head(
                answerHead(
                    wish.status, type: "application/octet-stream",
                    octets: octets.flatMap { Int64($0) })))
        while let part = try await parts.next() {
            switch part {
            case .head: break
            case .body(let buffer):
                if allowsBody(wish.status) { try await outbound.write(.body(.byteBuffer(buffer))) }
            case .end(let trailers):
                return try await outbound.write(.end(isChunked ? trailers : nil))
            }
        }
    }

    /// The head of an answer; without `octets` its body is chunked.
    private func answerHead(_ status: Int, type: String, octets: Int64?) -> HTTPResponseHead {
        var answer = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status))
        answer.headers.add(name: "content-type", value: type)
        answer.headers.add(name: "echo-name", value: name)
        if let octets {
            if status != 204 { answer.headers.add(name: "content-length", value: "\(octets)") }
        } else if status != 204 {
            answer.headers.add(name: "transfer-encoding", value: "chunked")
        }
        if !head.isKeepAlive { answer.headers.add(name: "connection", value: "close") }
        return answer
    }

    /// Whether an answer may have a body at all (RFC 9112 §6.3).
    private func allowsBody(_ status: Int) -> Bool {
        head.method != .HEAD && status != 204 && status != 304
    }
}
