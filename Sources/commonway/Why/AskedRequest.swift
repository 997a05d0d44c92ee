import CanonicalJSON
import HTTP1
import Routing

/// A request that somebody asks about, as typed.
struct AskedRequest {
    /// A header line as typed.
    typealias Field = RequestSample.Field

    /// The method.
    let method: String
    /// The URL.
    let url: String
    /// The header lines, `Host` perhaps among them.
    let headers: [Field]
    /// What the backend would answer with.
    var answer: [Field] = []

    /// What the gateway makes of a request before it asks the table.
    enum Reading {
        /// It is refused with this status.
        case refused(status: Int)
        /// It goes on, but for the field lines that end at the gateway.
        case sample(RequestSample, ended: [Field])
    }

    /// Why a request cannot be asked about at all.
    struct Fault: Error {
        /// What is wrong, and what was expected.
        let text: String
    }

    /// Reads it as the gateway would: by the gateway's own parser and path form.
    ///
    /// - Throws: ``Fault`` for what is no http URL, method or header line.
    func read() throws(Fault) -> Reading {
        let url = try URLParts(self.url)
        guard isToken(method) else {
            throw Fault(text: "\(method.debugDescription) is no method; expected one such as GET")
        }
        for field in headers + answer { try check(field) }
        let hosts = headers.filter { Self.isHost($0.name) }
        // An octet that would end the target early; the gateway refuses it in its place.
        guard url.target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            return .refused(status: 400)
        }
        var text = "\(method) \(url.target) HTTP/1.1\r\n"
        for host in hosts.isEmpty ? [url.authority] : hosts.map(\.value) {
            text += "Host: \(host)\r\n"
        }
        let others = headers.filter { !Self.isHost($0.name) }
        for field in others { text += "\(field.name): \(field.value)\r\n" }
        let octets = Array((text + "\r\n").utf8)
        var head = RequestHead()
        var parser = RequestHeadParser()
        do throws(MessageError) {
            _ = try parser.parse(octets.span, into: &head)
        } catch {
            return try refusal(error, typesHost: !hosts.isEmpty)
        }
        if head.method == .trace { return .refused(status: 405) }
        guard let path = canonicalPath(Array(octets[head.path.indices])) else {
            return .refused(status: 400)
        }
        let query = String(decoding: octets[head.query.indices], as: UTF8.self)
        return .sample(
            RequestSample(
                method: method, scheme: url.scheme,
                host: String(decoding: octets[head.host.indices], as: UTF8.self),
                port: url.port ?? RequestSample.knownPort(of: url.scheme), path: path,
                query: head.hasQuery ? query : nil, fields: others,
                authority: hosts.first?.value),
            ended: Self.ended(of: head, octets))
    }

    /// The field lines that the gateway keeps or writes anew: those of the connection, and names
    /// with `_`, which endpoints read as `-`.
    private static func ended(of head: RequestHead, _ octets: [UInt8]) -> [Field] {
        (0..<head.fields.count).compactMap { index in
            let line = head.fields[index]
            let stops = !line.marks.isDisjoint(with: [.hopByHop, .underscore])
            guard stops || keeps(line.known) else { return nil }
            return Field(
                name: String(decoding: octets[line.name.indices], as: UTF8.self),
                value: String(decoding: octets[line.value.indices], as: UTF8.self))
        }
    }

    private static func keeps(_ field: KnownField) -> Bool {
        switch field {
        case .connection, .keepAlive, .proxyConnection, .te, .transferEncoding, .upgrade,
            .proxyAuthorization, .http2Settings, .via, .forwarded, .xForwardedFor,
            .xForwardedHost, .xForwardedProto:
            true
        default: false
        }
    }

    private func refusal(_ error: MessageError, typesHost: Bool) throws(Fault) -> Reading {
        if error.kind == .badHost && !typesHost {
            throw Fault(text: "\(url.debugDescription) has no host; expected http://HOST/PATH")
        }
        return .refused(status: error.status)
    }

    private func canonicalPath(_ path: [UInt8]) -> String? {
        var buffer = path
        var span = buffer.mutableSpan
        do throws(PathFault) {
            guard let count = try CanonicalPath.form(of: path.span, into: &span) else {
                return String(decoding: path, as: UTF8.self)
            }
            return String(decoding: buffer[..<count], as: UTF8.self)
        } catch {
            // Every fault of a path is answered with 400.
            return nil
        }
    }

    private func check(_ field: Field) throws(Fault) {
        guard isToken(field.name) else {
            throw Fault(
                text: "\(field.name.debugDescription) is no header name; expected a token")
        }
        guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw Fault(text: "header \(field.name) has a control octet; expected one line")
        }
    }

    private func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { octet in
                let letter = octet | 0x20
                return (0x61...0x7A).contains(letter) || (0x30...0x39).contains(octet)
                    || "!#$%&'*+-.^_`|~".utf8.contains(octet)
            }
    }

    private static func isHost(_ name: String) -> Bool { name.lowercased() == "host" }
}

extension RequestSample.Field {
    /// Reads `name: value` as typed; `nil` without a colon.
    init?(typed: String) {
        guard let colon = typed.firstIndex(of: ":") else { return nil }
        self.init(
            typedName: String(typed[..<colon]), value: String(typed[colon...].dropFirst()))
    }

    /// A field line without the white space around its value (RFC 9110 §5.5).
    init(typedName name: String, value: String) {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var trimmed = value.drop(while: isBlank)
        while let last = trimmed.last, isBlank(last) { trimmed.removeLast() }
        self.init(name: name, value: String(trimmed))
    }
}
