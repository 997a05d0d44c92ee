import ArgumentParser
import CanonicalJSON
import Council
import Foundation
import Governance
import Routing

/// `commonway refuse`.
struct RefuseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "refuse", abstract: "Stop serving a route or a network, for a legal reason.",
        discussion: """
            What an operator may decide alone, and nothing else: it is an entry of the log, with \
            the reason, for all to see; the gateways answer 451. Nothing that members decided \
            changes. commonway permit takes it back. Exit status 1: it cannot be refused; 4: the \
            council does not run, and carries the order out when it does.
            """)

    @OptionGroup var subject: RefusalSubject

    @Option(help: ArgumentHelp("The legal reason, at most 1,024 octets.", valueName: "text"))
    var reason: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws {
        guard (1...OperatorRefusal.reasonMax).contains(reason.utf8.count) else {
            throw Complaint.usage(
                "a reason has 1 to \(OperatorRefusal.reasonMax) octets, not \(reason.utf8.count)",
                at: "--reason", next: "say which order or law asks for it")
        }
        try await subject.order(reason: reason, asJSON: json)
    }
}

/// `commonway permit`.
struct PermitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "permit", abstract: "Serve again what was refused.",
        discussion: "Takes a refusal back, as an entry of the log. See commonway refuse.")

    @OptionGroup var subject: RefusalSubject

    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() async throws { try await subject.order(reason: nil, asJSON: json) }
}

/// What an operator refuses or permits, and where the council is.
struct RefusalSubject: ParsableArguments {
    @Option(help: ArgumentHelp("The community's folder.", valueName: "folder"))
    var data: String

    @Option(help: ArgumentHelp("The name of a route in force.", valueName: "name"))
    var route: String?

    @Option(
        help: ArgumentHelp(
            "A network, such as 192.0.2.0/24: nothing is sent to an address in it.",
            valueName: "network"))
    var network: String?

    /// How long an answer is waited for.
    private static let patience = Duration.seconds(10)
    private static let pause = Duration.milliseconds(100)

    /// Puts an order in and waits for the answer.
    func order(reason: String?, asJSON: Bool) async throws {
        let folder = DataFolder(data)
        try folder.requireCommunity()
        let box = OrderBox(folder: folder.orders)
        let subject = try subject()
        let name = try box.put(OperatorOrder(subject: subject, reason: reason))
        let deadline = ContinuousClock.now + Self.patience
        while ContinuousClock.now < deadline {
            if let answer = try box.answer(to: name) {
                return try report(answer, subject, isRefusal: reason != nil, asJSON: asJSON)
            }
            try await Task.sleep(for: Self.pause)
        }
        throw Complaint(
            .unreachable, "the council does not answer; the order waits for it",
            at: folder.orders.path, next: "commonway serve --data \(data)")
    }

    private func subject() throws(Complaint) -> TableRefusal.Subject {
        switch (route, network) {
        case (let route?, nil):
            guard DocumentKey.isValidName(route) else {
                throw .usage("\(route.debugDescription) is no name of a route", at: "--route")
            }
            return .route(route)
        case (nil, let network?):
            guard let prefix = NetworkPrefix(text: network) else {
                throw .usage(
                    "\(network.debugDescription) is no network", at: "--network",
                    next: "write an address and a prefix length, such as 192.0.2.0/24")
            }
            return .network(prefix)
        default:
            throw .usage(
                "one of both is needed", at: "--route, --network",
                next: "commonway refuse --data \(data) --route NAME --reason TEXT")
        }
    }

    private func report(
        _ answer: OrderBox.Answer, _ subject: TableRefusal.Subject, isRefusal: Bool, asJSON: Bool
    ) throws(Complaint) {
        switch answer {
        case .refused(let why):
            throw .refused(why, at: subject.text, next: "see commonway routes")
        case .entry(let index):
            if asJSON {
                let value: JSONValue = [
                    "entry": .integer(Int64(index)), "subject": .string(subject.text),
                ]
                return try Output.data(value.canonicalText)
            }
            try Output.data(
                "\(subject.text) is \(isRefusal ? "refused" : "permitted") by entry \(index)")
        }
    }
}
