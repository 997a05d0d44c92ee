import ArgumentParser
import CanonicalJSON
import Routing

/// Which of the documents that were in force a steward restores.
struct RestoreChoice: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The one of this digest, or its beginning.", valueName: "digest"))
    var digest: String?

    @Option(
        help: ArgumentHelp("The one that this proposal had put in force.", valueName: "proposal"))
    var proposal: Int64?

    @Option(
        name: [.customShort("f"), .customLong("file")],
        help: ArgumentHelp("Exactly this document; - is standard input.", valueName: "file"))
    var file: String?

    /// The fewest digits of a digest that are taken for it.
    private static let digitsMin = 4

    func validate() throws {
        if [digest != nil, proposal != nil, file != nil].count(where: \.self) > 1 {
            throw ValidationError("give one of --digest, --proposal and -f")
        }
        if let digest, digest.count < Self.digitsMin {
            throw ValidationError("--digest needs \(Self.digitsMin) digits at least")
        }
    }

    /// Finds the document.
    ///
    /// - Parameter name: `HTTPRoute/library`.
    /// - Throws: ``Complaint`` when nothing fits, or several do, with what there is.
    func document(
        _ name: String, in list: OverlayList, _ api: CouncilAPI
    ) async throws(Complaint) -> ProposedDocument {
        if let file { return try Self.read(file, named: name) }
        let choosesNothing = digest == nil && proposal == nil
        if choosesNothing, let up = list.emergency(on: name)?["document"] {
            return try Self.checked(up)
        }
        let fitting = list.past.filter { past in
            past["name"]?.string == name
                && digest.map { past["digest"]?.string?.hasPrefix($0.lowercased()) == true } ?? true
                && proposal.map { past["proposal"]?.integer == $0 } ?? true
        }
        guard let past = fitting.first else { throw Self.none(name, list) }
        guard fitting.count == 1 else {
            throw .usage(
                "several documents \(Output.plain(name)) were in force:\n"
                    + fitting.map { "       \(Self.line($0))" }.joined(separator: "\n"),
                next: "choose one with --digest or --proposal")
        }
        return try await Self.fetch(past, api)
    }

    private static func line(_ past: JSONValue) -> String {
        "\(StatementText.short(past["digest"])) from proposal \(past["proposal"]?.integer ?? 0) to "
            + Moment.text(past["t"]?.integer ?? 0)
    }

    private static func none(_ name: String, _ list: OverlayList) -> Complaint {
        let others = Set(list.past.compactMap { $0["name"]?.string }).sorted()
        return .refused(
            "unknown-document: no such document \(Output.plain(name)) can be restored",
            next: others.isEmpty
                ? "nothing can be restored now; anything else needs a vote: commonway propose"
                : "commonway emergency list shows what can: "
                    + others.map { Output.plain($0) }.joined(separator: ", "))
    }

    /// The document as the proposal that wrote it has it, checked to have the digest.
    private static func fetch(
        _ past: JSONValue, _ api: CouncilAPI
    ) async throws(Complaint) -> ProposedDocument {
        guard let number = past["writtenIn"]?.integer, let digest = past["digest"]?.string else {
            throw .refused(
                "the council does not say which proposal has the document",
                next: "give the document itself with -f FILE")
        }
        let operations = try await api.get("/proposals/\(number)")["operations"]?.array ?? []
        let documents = operations.compactMap { $0["document"] }
        guard let document = documents.first(where: { HexDigest.of($0) == digest }) else {
            throw .refused(
                "proposal \(number) has no document of digest \(digest)", at: api.address.text,
                next: "do not sign; tell the other members")
        }
        return try checked(document)
    }

    private static func checked(_ value: JSONValue) throws(Complaint) -> ProposedDocument {
        do throws(DocumentFault) {
            return try ProposedDocument(validating: value)
        } catch {
            throw .refused("the document that was in force cannot be read: \(error.reason)")
        }
    }

    private static func read(
        _ file: String, named name: String
    ) throws(Complaint) -> ProposedDocument {
        let documents = try DocumentFiles.check(try DocumentFiles.read([file]))
        guard let document = documents.first, documents.count == 1 else {
            throw .usage("\(documents.count) documents; expected one", at: file)
        }
        guard document.key.text == name else {
            throw .usage("it is \(document.key.text), not \(Output.plain(name))", at: file)
        }
        return document
    }
}
