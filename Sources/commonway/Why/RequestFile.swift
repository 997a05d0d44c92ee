import CanonicalJSON
import Routing

/// A file of requests to ask about, one JSON object a line.
enum RequestFile {
    /// The longest file, octets: a day's requests of a small service.
    static let octetsMax = 64 << 20
    /// The most faults that are named at once.
    private static let faultsMax = 20

    /// A line of it.
    struct Line {
        /// The object as given.
        let value: JSONValue
        /// The request.
        let request: AskedRequest
        /// What the gateway makes of it.
        let reading: AskedRequest.Reading
    }

    /// Reads the whole file before anything is answered.
    ///
    /// - Throws: ``Complaint`` with file and line of every fault.
    static func read(_ file: String) throws(Complaint) -> [Line] {
        let octets = try LocalFile.read(file, limit: octetsMax)
        let name = file == "-" ? "standard input" : file
        var texts = octets.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        while texts.last?.allSatisfy(isBlank) == true { texts.removeLast() }
        var lines: [Line] = []
        var faults: [String] = []
        for (index, text) in texts.enumerated() {
            do throws(AskedRequest.Fault) {
                lines.append(try line(text))
            } catch {
                faults.append("\(name):\(index + 1): \(Output.plain(error.text))")
            }
        }
        guard faults.isEmpty else {
            let more = faults.count - faultsMax
            throw .usage(
                (faults.prefix(faultsMax) + (more > 0 ? ["and \(more) more"] : []))
                    .joined(separator: "\n       "),
                next: "correct the lines; none was answered")
        }
        return lines
    }

    private static func isBlank(_ octet: UInt8) -> Bool { [0x20, 0x09, 0x0D].contains(octet) }

    private static func line(_ text: ArraySlice<UInt8>) throws(AskedRequest.Fault) -> Line {
        let value: JSONValue
        let places: [String: Int]
        do throws(JSONFault) {
            (value, places) = try JSONValue.parseNotingPlaces(text)
        } catch {
            throw AskedRequest.Fault(text: "\(error); expected one JSON object")
        }
        guard let object = value.object else {
            throw AskedRequest.Fault(text: "\(value.typeName); expected an object")
        }
        let known = ["headers", "method", "responseHeaders", "url"]
        if let other = object.members.first(where: { !known.contains($0.name) }) {
            throw AskedRequest.Fault(
                text: "unknown member \(other.name); expected \(known.joined(separator: ", "))")
        }
        guard let url = object["url"]?.string else {
            throw AskedRequest.Fault(text: "url is missing or no string; expected a URL")
        }
        guard let method = (object["method"] ?? "GET").string else {
            throw AskedRequest.Fault(text: "method is no string; expected one such as GET")
        }
        let request = AskedRequest(
            method: method, url: url,
            headers: try fields("headers", of: object, places),
            answer: try fields("responseHeaders", of: object, places))
        return Line(value: value, request: request, reading: try request.read())
    }

    /// The field lines in the order written, which JSON objects of ours do not keep.
    private static func fields(
        _ name: String, of object: JSONObject, _ places: [String: Int]
    ) throws(AskedRequest.Fault) -> [RequestSample.Field] {
        guard let value = object[name] else { return [] }
        func fault() -> AskedRequest.Fault {
            AskedRequest.Fault(
                text: "\(name) is not an object from names to strings or lists of strings")
        }
        guard let members = value.object?.members else { throw fault() }
        func place(_ member: JSONObject.Member) -> Int {
            places["/\(name)\(JSONValue.pointerStep(member.name))"] ?? 0
        }
        var fields: [RequestSample.Field] = []
        for member in members.sorted(by: { place($0) < place($1) }) {
            for value in member.value.array ?? [member.value] {
                guard let text = value.string else { throw fault() }
                fields.append(RequestSample.Field(typedName: member.name, value: text))
            }
        }
        return fields
    }
}
