import ArgumentParser

/// Where a login's secrets come from: a terminal, a file, or standard input; never a flag's value,
/// which every user of the machine can see.
struct SecretOptions: ParsableArguments {
    @Flag(help: "Use an invitation: it makes the account, and the password is a new one.")
    var invitation = false

    @Option(
        name: .customLong("invitation-file"),
        help: ArgumentHelp("Read the invitation from a file's first line.", valueName: "file"))
    var invitationFile: String?

    @Option(
        name: .customLong("password-file"),
        help: ArgumentHelp("Read the password from a file's first line.", valueName: "file"))
    var passwordFile: String?

    @Flag(
        help: "Prove with your key who you are: makes your account, or gives it a new password.")
    var proof = false

    /// What opens the door.
    struct Secrets: Sendable {
        /// The single-use invitation; `nil` for an account that exists.
        let invitation: String?
        /// The password, a new one with an invitation.
        let password: String
    }

    /// Gathers what is needed, asking only for what no file holds.
    ///
    /// Standard input that is no terminal holds a line for each secret that is not in a file: the
    /// invitation if `--invitation` says so, then the password.
    func gather() throws(Complaint) -> Secrets {
        let invitation = try readInvitation()
        let password: String
        if let passwordFile {
            password = try Self.firstLine(of: passwordFile)
        } else if Terminal.isInteractive {
            password = try askPassword(isNew: invitation != nil || proof)
        } else {
            password = try Self.nextLine("the password", option: "--password-file")
        }
        guard !password.isEmpty else { throw .usage("the password is empty; nothing was sent") }
        return Secrets(invitation: invitation, password: password)
    }

    private func readInvitation() throws(Complaint) -> String? {
        if proof { return nil }
        if let invitationFile { return try Self.firstLine(of: invitationFile) }
        guard Terminal.isInteractive else {
            return invitation
                ? try Self.nextLine("the invitation", option: "--invitation-file") : nil
        }
        if passwordFile != nil && !invitation { return nil }
        let question = invitation ? "Invitation: " : "Invitation (empty if you have an account): "
        let typed = try Terminal.askSecret(question)
        return typed.isEmpty ? nil : typed
    }

    private func askPassword(isNew: Bool) throws(Complaint) -> String {
        let password = try Terminal.askSecret(isNew ? "New password: " : "Password: ")
        if isNew {
            guard try Terminal.askSecret("The same again: ") == password else {
                throw .usage("the two passwords differ; nothing was sent")
            }
        }
        return password
    }

    private static func nextLine(_ what: String, option: String) throws(Complaint) -> String {
        guard let line = readLine() else {
            throw .usage(
                "standard input is no terminal and ends before \(what)", next: "use \(option) FILE")
        }
        return line
    }

    private static func firstLine(of file: String) throws(Complaint) -> String {
        let text = try LocalFile.readText(file, limit: 4 * Terminal.secretOctetsMax)
        guard let line = text.split(separator: "\n", omittingEmptySubsequences: false).first,
            !line.isEmpty
        else { throw .usage("the first line is empty", at: file) }
        return String(line)
    }
}
