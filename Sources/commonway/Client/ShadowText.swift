import CanonicalJSON

/// A shadow report (docs/formats.md §5) in words.
enum ShadowText {
    /// How much of a report is shown.
    struct Room: Sendable {
        /// The most changes.
        let changesMax: Int
        /// The most exceptions of one.
        let exceptsMax: Int
        /// The most characters of a line; `nil` for all, so that an example can be copied.
        let columnsMax: Int?
        /// What has all of it.
        let whole: String

        /// Where the report is what was asked for.
        static let plan = Room(
            changesMax: 30, exceptsMax: 10, columnsMax: nil, whole: "--json has them all")
        /// Beside something else.
        static let proposal = Room(
            changesMax: 10, exceptsMax: 3, columnsMax: 300,
            whole: "commonway plan --json has them all")
    }

    /// The lines that show which requests change hands; none when none do.
    static func lines(_ report: JSONValue, in room: Room = .plan) -> [String] {
        if let refusal = report["refusal"]?.string {
            return ["  which requests they are is not told: \(Output.plain(refusal))"]
        }
        let changes = report["changes"]?.array ?? []
        let lines = limited(changes, to: room.changesMax, indent: "  ", "changes", room) {
            change($0, in: room)
        }
        guard let most = room.columnsMax else { return lines }
        return lines.map { $0.count <= most ? $0 : "\($0.prefix(most - 1))…" }
    }

    private static func change(_ change: JSONValue, in room: Room) -> [String] {
        let requests = change["requests"] ?? [:]
        let before = match(change["before"])
        var lines = ["  \(words(requests)): \(before) → \(match(change["after"]))"]
        lines += limited(
            change["except"]?.array ?? [], to: room.exceptsMax, indent: "    ", "exceptions", room
        ) { except in
            ["    except \(words(except["requests"] ?? [:])): \(match(except["match"]))"]
        }
        if let example = change["example"] { lines.append("    e.g. \(command(example))") }
        return lines
    }

    private static func limited(
        _ items: [JSONValue], to most: Int, indent: String, _ what: String, _ room: Room,
        _ lines: (JSONValue) -> [String]
    ) -> [String] {
        let shown = items.prefix(most).flatMap(lines)
        if items.count <= most { return shown }
        return shown + ["\(indent)and \(items.count - most) more \(what); \(room.whole)"]
    }

    private static func match(_ match: JSONValue?) -> String {
        guard let match else { return "no rule (404)" }
        let number = match["match"]?.integer ?? 1
        let rule = Output.plain(match["rule"]?.string ?? "?")
        return number == 1 ? rule : "\(rule) match \(number)"
    }

    /// The requests: method, host, path with `…` behind a prefix, query and headers.
    private static func words(_ requests: JSONValue) -> String {
        let value = requests["path"]?["value"]?.string ?? "/"
        let isPrefix = requests["path"]?["type"]?.string == "PathPrefix"
        let path = isPrefix && value != "/" ? "\(value)[/…]" : isPrefix ? "/…" : value
        let host = requests["host"]?.string ?? "any host"
        let place = requests["host"] == nil ? "\(host) \(path)" : "\(host)\(path)"
        let query = fields(requests["queryParams"]).map { "?\($0.name)=\($0.value)" }
        let headers = fields(requests["headers"]).map { "\($0.name): \($0.value)" }
        let parts = ["\(requests["method"]?.string ?? "any method") \(place)"] + query + headers
        return Output.plain(parts.joined(separator: ", "))
    }

    /// A command that sends the example.
    private static func command(_ example: JSONValue) -> String {
        let method = example["method"]?.string ?? "GET"
        let option =
            switch method {
            case "GET": ""
            case "HEAD": "-I "
            default: "-X \(method) "
            }
        let headers = fields(example["headers"]).map { "-H \(quoted("\($0.name): \($0.value)")) " }
        let url = example["url"]?.string ?? ""
        // Brackets stand for several URLs to curl, unless told not to.
        let glob = url.contains("[") || url.contains("]") ? "-g " : ""
        return Output.plain("curl \(glob)\(option)\(headers.joined())\(quoted(url))")
    }

    private static func fields(_ value: JSONValue?) -> [(name: String, value: String)] {
        (value?.array ?? []).map { ($0["name"]?.string ?? "", $0["value"]?.string ?? "") }
    }

    /// A word as a shell reads it whole.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { octet in
            octet >= 0x2B && octet <= 0x3A || octet >= 0x40 && octet <= 0x5A
                || octet >= 0x61 && octet <= 0x7A || octet == UInt8(ascii: "_")
        }
        if isPlain && !text.isEmpty { return text }
        let parts = text.split(separator: "'", omittingEmptySubsequences: false)
        return "'" + parts.joined(separator: #"'\''"#) + "'"
    }
}
