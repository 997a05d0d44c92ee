import ArgumentParser

/// The options that every command of a member has.
struct ClientOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The council's address; without it, the one used last.", valueName: "url"))
    var council: String?

    @Option(
        help: ArgumentHelp(
            "The folder to remember councils in (default: $COMMONWAY_CONFIG, else the XDG one).",
            valueName: "folder"))
    var config: String?

    @Flag(help: "Allow plain http to another machine: passwords and tokens can be read on the way.")
    var insecure = false

    /// The client for the chosen council.
    ///
    /// - Throws: ``Complaint`` when none is named or remembered, or the address is refused.
    func client() throws(Complaint) -> Client {
        let folder = ClientFolder(typed: config)
        let remembered = council == nil ? try folder.lastUsed() : nil
        guard let chosen = council ?? remembered else {
            throw .usage(
                "no council is named, and none was used before", at: folder.path,
                next: "commonway login --council URL --member NAME")
        }
        let address = try CouncilAddress(chosen, allowsExposed: insecure)
        return Client(
            folder: folder, address: address, membership: try folder.membership(at: address))
    }
}
