import ArgumentParser
import CanonicalJSON
import Documents
import Routing

/// The endpoints that a backend is to have.
struct EndpointOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "One that it is to have, such as 10.4.0.7:8080, [fd00::7]:8080=2. Repeatable; they "
                + "replace all others.",
            valueName: "address:port[=weight]"))
    var endpoint: [String] = []

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp(
            "The array of endpoints, or a document that has it, YAML or JSON; - is standard input.",
            valueName: "file"))
    var file: String?

    @Flag(help: "Those of the document in force again, with nothing laid over them.")
    var ratified = false

    func validate() throws {
        if [!endpoint.isEmpty, file != nil, ratified].count(where: \.self) != 1 {
            throw ValidationError(
                "give the endpoints: --endpoint ADDRESS:PORT…, -f FILE or "
                    + "--ratified")
        }
    }

    /// The array as it is signed, checked to be one.
    ///
    /// - Parameter document: The document in force.
    func value(of document: JSONValue) throws(Complaint) -> JSONValue {
        let (value, place): (JSONValue, String)
        if ratified {
            value = Self.array(in: document) ?? []
            place = "the document in force"
        } else if let file {
            value = try Self.read(file)
            place = file
        } else {
            var items: [JSONValue] = []
            for typed in endpoint { items.append(try Self.parse(typed)) }
            value = .array(items)
            place = "--endpoint"
        }
        do throws(DocumentFault) {
            _ = try Backend.endpoints(reading: value)
        } catch {
            let pointer = error.pointer.isEmpty ? "" : "\(error.pointer): "
            throw .usage(
                "\(pointer)\(Output.plain(error.reason)); expected \(error.expected)", at: place,
                next: "nothing was sent")
        }
        return value
    }

    /// The endpoints of a Backend in either spelling.
    static func array(in document: JSONValue) -> JSONValue? {
        (document["spec"] ?? document)["endpoints"]
    }

    /// Reads `10.4.0.7:8080`, `[fd00::7]:8080=2`; what the parts may be, documents say.
    private static func parse(_ typed: String) throws(Complaint) -> JSONValue {
        let halves = typed.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let place = halves[0]
        guard let colon = place.lastIndex(of: ":"),
            let port = Int64(place[place.index(after: colon)...]),
            halves.count == 1 || Int64(halves[1]) != nil
        else {
            throw .usage(
                "\"\(Output.plain(typed))\" is no endpoint", at: "--endpoint",
                next: "ADDRESS:PORT or ADDRESS:PORT=WEIGHT, such as 10.4.0.7:8080=2")
        }
        var address = String(place[..<colon])
        if address.hasPrefix("["), address.hasSuffix("]") {
            address = String(address.dropFirst().dropLast())
        } else if address.contains(":") {
            // Without brackets it could be read in two ways.
            throw .usage(
                "\"\(Output.plain(typed))\": an IPv6 address stands in brackets",
                at: "--endpoint", next: "[ADDRESS]:PORT, such as [fd00::7]:8080")
        }
        var object = JSONObject()
        object["address"] = .string(address)
        object["port"] = .integer(port)
        if halves.count == 2 { object["weight"] = Int64(halves[1]).map { .integer($0) } }
        return .object(object)
    }

    private static func read(_ file: String) throws(Complaint) -> JSONValue {
        let octets = try LocalFile.read(file, limit: LocalFile.documentOctetsMax)
        // A file of documents may be a JSON array of them, so an array is not read as one.
        if octets.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") {
            do throws(JSONFault) {
                return try JSONValue(parsing: octets, form: .relaxed)
            } catch {
                throw .usage("not JSON: \(error)", at: file, next: "nothing was sent")
            }
        }
        let documents = try DocumentFiles.read(octets, file: file)
        guard documents.count == 1, let value = documents.first?.value,
            let array = value.array == nil ? array(in: value) : value
        else {
            throw .usage(
                "no array of endpoints, and no one document with endpoints", at: file,
                next: "write a list of {address: 10.4.0.7, port: 8080}")
        }
        return array
    }
}
