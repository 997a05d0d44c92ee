import CanonicalJSON

/// One document in force, as the council lists it.
enum DocumentInForce {
    /// Finds it by kind and name.
    ///
    /// - Returns: The list's item; `nil` when there is none.
    static func find(_ name: String, _ api: CouncilAPI) async throws(Complaint) -> JSONValue? {
        // The list's cursor is the name to begin at.
        let page = try await api.page("/documents", cursor: name, limit: 1)
        return page.items.first {
            "\($0["kind"]?.string ?? "")/\($0["name"]?.string ?? "")" == name
        }
    }

    /// Finds it, or says that it is not there.
    static func get(_ name: String, _ api: CouncilAPI) async throws(Complaint) -> JSONValue {
        guard let found = try await find(name, api) else {
            throw .refused(
                "unknown-document: no \(Output.plain(name)) is in force",
                next: "commonway routes lists what is")
        }
        return found
    }

    /// `HTTPRoute/library` as typed.
    ///
    /// - Throws: ``Complaint`` for anything else.
    static func name(typed: String) throws(Complaint) -> String {
        let parts = typed.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, ["HTTPRoute", "Backend"].contains(parts[0]), isName(parts[1]) else {
            throw .usage(
                "\"\(Output.plain(typed))\" is not a kind and a name",
                next: "write it as HTTPRoute/NAME or Backend/NAME")
        }
        return typed
    }

    /// Whether a text can be the name of a document, so that it can stand in an address.
    static func isName(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "/") }
    }
}
