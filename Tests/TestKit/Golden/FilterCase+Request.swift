extension FilterCase {
    /// A request, and what the backend answers to it.
    package struct Request: Hashable, Sendable, CustomStringConvertible {
        /// The method.
        package let method: String
        /// `http` or `https`.
        package let scheme: String
        /// The host without port.
        package let host: String
        /// The port; the scheme's own unless one is written.
        package let port: Int
        /// The path in canonical form.
        package let path: String
        /// The query without its `?`.
        package let query: String?
        /// The field lines, `Host` not among them.
        package let fields: [Line]
        /// The fields of the backend's answer.
        package let answer: [Line]
        /// The line that it was read from.
        package let description: String

        /// Reads `GET https://h.org:8443/path?query | Name: value << Name: value`; without a scheme
        /// it is http.
        init(_ text: Substring) {
            description = String(text)
            let sides = text.split(separator: " << ")
            answer = sides.count > 1 ? Line.read(sides[1]) : []
            let head = sides[0].prefix(while: { $0 != "|" })
            fields = Line.read(sides[0].dropFirst(head.count + 2))
            let words = head.split(separator: " ")
            method = String(words[0])
            var target = words[1]
            let isSecure = target.hasPrefix("https://")
            scheme = isSecure ? "https" : "http"
            if isSecure { target = target.dropFirst("https://".count) }
            let authority = target.prefix { $0 != "/" }
            let parts = authority.split(separator: ":")
            host = String(parts[0])
            port = (parts.count > 1 ? Int(parts[1]) : nil) ?? (isSecure ? 443 : 80)
            let rest = target.dropFirst(authority.count)
            path = String(rest.prefix { $0 != "?" })
            query = rest.contains("?") ? String(rest.dropFirst(path.count + 1)) : nil
        }
    }

    /// What becomes of a request.
    package struct Expectation: Hashable, Sendable, CustomStringConvertible {
        /// The status that the gateway itself answers with; `nil` when it forwards.
        package let status: Int?
        /// The fields of that answer.
        package let fields: [Line]
        /// `route/rule`, when it forwards.
        package let rule: String?
        /// What each backend with a weight gets, in the order written.
        package let shares: [Share]
        /// `backend numerator/denominator`, in the order written.
        package let mirrors: [String]

        /// What one backend gets, and what the client gets of its answer.
        package struct Share: Hashable, Sendable {
            /// The backend's name.
            package let backend: String
            /// `Host` and the path behind each other: `h.org/x`.
            package let target: String
            /// The field lines that it gets.
            package let fields: [Line]
            /// The field lines of the answer.
            package let answer: [Line]

            /// A share.
            package init(backend: String, target: String, fields: [Line], answer: [Line]) {
                self.backend = backend
                self.target = target
                self.fields = fields
                self.answer = answer
            }
        }

        /// An answer of the gateway itself.
        package init(status: Int, fields: [Line]) {
            self.status = status
            self.fields = fields
            rule = nil
            shares = []
            mirrors = []
        }

        /// A request that is forwarded.
        package init(rule: String, shares: [Share], mirrors: [String]) {
            status = nil
            fields = []
            self.rule = rule
            self.shares = shares
            self.mirrors = mirrors
        }

        /// Reads a line's right side.
        init(_ text: Substring) {
            let copies = text.split(separator: " ++ ")
            let parts = copies[0].split(separator: " -> ")
            if parts.count == 1, let status = Int(parts[0].prefix { $0 != " " }) {
                self.init(status: status, fields: Line.read(parts[0].dropFirst(6)))
                return
            }
            self.init(
                rule: String(parts[0]),
                shares: parts.dropFirst().map { part in
                    let sides = part.split(separator: " << ")
                    let lines = sides[0].split(separator: " | ", maxSplits: 1)
                    let words = lines[0].split(separator: " ")
                    return Share(
                        backend: String(words[0]), target: String(words[1]),
                        fields: lines.count > 1 ? Line.read(lines[1]) : [],
                        answer: sides.count > 1 ? Line.read(sides[1]) : [])
                },
                mirrors: copies.dropFirst().map { String($0) })
        }

        /// The line's right side.
        package var description: String {
            if let status {
                return "\(status)" + fields.map { " | \($0)" }.joined()
            }
            let sent = shares.map { share in
                let answer = share.answer.map(\.description).joined(separator: " | ")
                return " -> \(share.backend) \(share.target)"
                    + share.fields.map { " | \($0)" }.joined()
                    + (answer.isEmpty ? "" : " << \(answer)")
            }
            return (rule ?? "") + sent.joined() + mirrors.map { " ++ \($0)" }.joined()
        }
    }
}
