import ArgumentParser
import CanonicalJSON
import SSHSignature

/// `commonway login`: opens a session, makes an account from an invitation, joins.
struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login",
        abstract: "Log in to a council; the first time, use an invitation and join.",
        discussion: """
            Remembers the council, its community card and a token in a folder that only you can \
            read. The card is trusted when first seen, or compared with --card FILE; after that a \
            council that speaks for another log is refused. Where a join is owed it is signed with \
            your key: your votes are public for ever.
            """)

    @Option(help: ArgumentHelp("Your name in the community.", valueName: "name"))
    var member: String

    @Option(
        help: ArgumentHelp(
            "Your OpenSSH Ed25519 key, or a .pub whose key an agent holds (default: the one "
                + "remembered, else ~/.ssh/id_ed25519).", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The community card that others gave you.", valueName: "file"))
    var card: String?

    @Option(
        help: ArgumentHelp(
            "With --proof, the first time after your admission: what commonway apply wrote.",
            valueName: "file"))
    var application: String?

    @OptionGroup var secrets: SecretOptions

    @Flag(help: "Print who is logged in as JSON.")
    var json = false

    @OptionGroup var options: ClientOptions

    func run() async throws {
        let client = try options.client()
        let key = try SigningKey(
            self.key ?? client.membership?.keyPath ?? SigningKey.defaultPath)
        let open = CouncilAPI(address: client.address, token: nil)
        let community = try await Community.ask(open)
        try checkCard(of: community, client)
        let isInForce = try await KeyCheck.isInForce(key.publicKey, member: member, open)
        let secrets = try self.secrets.gather()
        if secrets.invitation != nil && isInForce == false {
            throw Complaint.usage(
                "the invitation was not used: \(key.publicKey.fingerprint) is not a key of "
                    + member,
                at: key.path, next: "name your key with --key FILE")
        }
        let session =
            self.secrets.proof
            ? try await prove(secrets.password, key, community, open)
            : try await openSession(secrets, open)
        let membership = Membership(
            council: client.address.text, card: community.card, session: session,
            keyPath: key.path, head: client.membership?.head)
        try client.folder.save(membership, at: client.address)
        sayWhoWeAre(membership, isInForce: isInForce, key: key)
        let inside = Client(folder: client.folder, address: client.address, membership: membership)
        try await joinIfOwed(inside)
        try report(membership)
    }

    private func checkCard(of community: Community, _ client: Client) throws(Complaint) {
        if let card {
            let octets = try LocalFile.read(card, limit: LocalFile.documentOctetsMax)
            guard let value = try? JSONValue(parsing: octets, form: .relaxed),
                let given = PinnedCard(value)
            else { throw .usage("not a community card", at: card) }
            try community.check(against: given, file: card)
        }
        if let known = client.membership {
            try community.check(
                against: known.card, file: client.folder.file(of: client.address))
        } else if card == nil {
            Output.words("first login here; trusting this community card from now on:")
            Output.words("  origin       \(Output.plain(community.card.origin))")
            Output.words("  log key      \(Output.plain(community.card.key))")
            Output.words("  constituted  \(Output.plain(community.card.constituted))")
            Output.words("  compare it with the card that other members have")
        }
        if community.isDemo {
            Output.words(
                Style.error.yellow("a demonstration") + ": its charter allows votes of seconds")
        }
    }

    private func openSession(
        _ secrets: SecretOptions.Secrets, _ api: CouncilAPI
    ) async throws(Complaint) -> Session {
        let answer: JSONValue
        if let invitation = secrets.invitation {
            answer = try await api.post(
                "/accounts",
                ["invitation": .string(invitation), "password": .string(secrets.password)]
            ).value
        } else {
            answer = try await api.post(
                "/sessions", ["handle": .string(member), "password": .string(secrets.password)]
            ).value
        }
        guard let session = Session(answer) else {
            throw .refused("the council's answer is no session", at: api.address.text)
        }
        return session
    }

    /// Makes the account, or gives it a new password, on the word of a key in force.
    private func prove(
        _ password: String, _ key: SigningKey, _ community: Community, _ api: CouncilAPI
    ) async throws(Complaint) -> Session {
        let line = key.publicKey.openSSHText
        let members = try await api.list("/members")
        let own = members.first { ($0["keys"]?.array ?? []).contains { $0["key"]?.string == line } }
        guard let number = own?["number"]?.integer else {
            throw .refused(
                "\(key.publicKey.fingerprint) is no member's key in force", at: key.path,
                next: "name your key with --key FILE; who applied waits for the vote")
        }
        let draft = StatementDraft(
            by: number, log: community.card.origin,
            nonce: HexDigest.hex(HexDigest.randomOctets(16)),
            until: StatementDraft.until(now: Moment.now, limit: community.statementValidity))
        let statement = draft.account()
        var body = JSONObject()
        body["stmt"] = statement
        body["sig"] = .string(try key.sign(statement).base64)
        body["password"] = .string(password)
        if let application {
            let own = try Application(file: application)
            body["handle"] = .string(own.handle)
            body["salt"] = .string(HexDigest.hex(own.salt))
        }
        let answer = try await api.post("/accounts/proof", .object(body)).value
        guard let session = Session(answer) else {
            throw .refused("the council's answer is no session", at: api.address.text)
        }
        return session
    }

    private func sayWhoWeAre(_ membership: Membership, isInForce: Bool?, key: SigningKey) {
        Output.words(
            Style.error.green("logged in") + " as \(Output.plain(membership.handle)), member "
                + "\(membership.member), until \(Moment.text(membership.expires))")
        if membership.handle != member {
            Output.words(
                "note: that is \(Output.plain(membership.handle))'s account, not \(member)'s")
        }
        if isInForce == false {
            Output.words(
                "note: \(key.publicKey.fingerprint) is not in force for you; what it signs will be "
                    + "refused until it is enrolled (commonway key enrol)")
        }
    }

    private func joinIfOwed(_ client: Client) async throws(Complaint) {
        let owed = try await client.api.get("/owed")["items"]?.array ?? []
        guard owed.contains(where: { $0["kind"]?.string == "join" }) else { return }
        let pen = try await Pen.take(client, keyPath: nil)
        let founding = try await FoundingCheck.read(pen.membership.card, from: client.api)
        Output.words("joining; your votes will be public for ever")
        let answer = try await pen.handIn(pen.draft().join(digest: founding.digest))
        Output.words("joined; receipt: \(answer.receiptFile)")
    }

    private func report(_ membership: Membership) throws(Complaint) {
        Output.words("next: commonway status")
        guard json else { return }
        let who: JSONValue = [
            "council": .string(membership.council), "expires": .integer(membership.expires),
            "handle": .string(membership.handle), "member": .integer(membership.member),
            "origin": .string(membership.card.origin),
        ]
        try Output.data(who.canonicalText)
    }
}
