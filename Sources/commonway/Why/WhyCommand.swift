import ArgumentParser
import CanonicalJSON
import Governance
import Routing

/// `commonway why METHOD URL`: what becomes of a request, and by which vote.
struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Show where a request goes, and by which vote.",
        discussion: """
            Reads the URL as the gateway would, and asks documents in force: those of the \
            council's log, recomputed and verified, of another log (--against), or of files that \
            need no council (--documents). --requests FILE answers one JSON object a line with \
            one JSON object a line; the whole file is read first, and when a line is wrong \
            nothing is printed and the status is 2.
            """)

    @Argument(help: "The method, such as GET.")
    var method: String?

    @Argument(help: "An absolute http or https URL.")
    var url: String?

    @Option(
        name: [.customShort("H"), .customLong("header")],
        help: ArgumentHelp("A header of the request. Repeatable.", valueName: "name: value"))
    var headers: [String] = []

    @OptionGroup var table: TableOptions

    @Option(
        help: ArgumentHelp(
            "Requests as JSON lines with method, url, headers, responseHeaders; - is standard "
                + "input.", valueName: "file"))
    var requests: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func validate() throws {
        if requests == nil {
            guard method != nil, url != nil else {
                throw ValidationError("name a request: METHOD URL, or --requests FILE")
            }
        } else if method != nil || !headers.isEmpty {
            throw ValidationError("--requests holds the requests; leave out METHOD, URL and -H")
        }
        if requests == "-" && table.documents.contains("-") {
            throw ValidationError("standard input can be documents or requests, not both")
        }
    }

    func run() async throws {
        if let requests {
            let lines = try RequestFile.read(requests)
            let documents = Rehearsal(try await table.read(options).documents)
            for line in lines {
                let report = OutcomeReport(
                    line.reading, answer: line.request.answer, by: documents)
                try Output.data(report.value.line)
            }
            return
        }
        let request = AskedRequest(
            method: method ?? "", url: url ?? "", headers: try headers.map(Self.field))
        let reading = try Self.read(request)
        let inForce = try await table.read(options)
        let documents = Rehearsal(inForce.documents)
        let answer = WhyAnswer(
            request: request, reading: reading,
            report: OutcomeReport(reading, answer: [], by: documents), inForce: inForce)
        if json { return try Output.data(answer.value.line) }
        for line in answer.lines(style: .data) { try Output.data(line) }
    }

    private static func field(_ typed: String) throws -> RequestSample.Field {
        guard let field = RequestSample.Field(typed: typed) else {
            throw Complaint.usage("no colon in it", at: "-H \(typed)", next: "-H 'Name: value'")
        }
        return field
    }

    private static func read(_ request: AskedRequest) throws(Complaint) -> AskedRequest.Reading {
        do throws(AskedRequest.Fault) {
            return try request.read()
        } catch {
            throw .usage(Output.plain(error.text), next: "commonway help why")
        }
    }
}
