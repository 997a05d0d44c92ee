import ArgumentParser
import Council
import Foundation
import LogReader

/// Which witnesses a council asks.
struct WitnessOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The address of a witness that the community card names, once for each: it is asked "
                + "to cosign every checkpoint.", valueName: "url"))
    var witness: [String] = []

    @Flag(help: "Allow plain http to witnesses on other machines.")
    var insecureWitness = false

    /// The most witnesses: their keys are bounded by the card.
    private static let countMax = WitnessPolicy.keysMax

    /// The witnesses' addresses.
    ///
    /// - Throws: ``Complaint`` for one that is refused.
    func addresses() throws(Complaint) -> [WitnessAddress] {
        guard witness.count <= Self.countMax else {
            throw .usage("at most \(Self.countMax) witnesses are asked", at: "--witness")
        }
        var addresses: [WitnessAddress] = []
        for text in witness {
            addresses.append(try WitnessAddress(text, allowsPlainHTTP: insecureWitness))
        }
        return addresses
    }

    /// Refuses what could never publish anything.
    ///
    /// - Throws: ``Complaint`` naming what is missing.
    func check(against policy: WitnessPolicy, card: URL) throws(Complaint) {
        if policy.isEmpty && !witness.isEmpty {
            throw .usage(
                "the community card names no witnesses, so no cosignature could be checked",
                at: card.path,
                next: "put their keys into the card, and hand the card to all who pin it")
        }
        guard policy.tooFew == .wait, witness.count < policy.threshold else { return }
        throw .usage(
            "the community card asks for \(policy.threshold) cosignatures, and "
                + "\(witness.count) witnesses are named: nothing would ever be published",
            at: "--witness",
            next: "name them all: --witness https://witness.example.org")
    }

    /// The options as a command line, for the council that `serve` starts.
    var arguments: [String] {
        witness.flatMap { ["--witness", $0] } + (insecureWitness ? ["--insecure-witness"] : [])
    }
}

/// Where a witness is: its submission prefix (C2SP tlog-witness).
struct WitnessAddress: Sendable {
    /// Without a slash at its end.
    let text: String

    /// Reads an address as typed.
    ///
    /// - Throws: ``Complaint`` for what is none, and for plain http to another machine: nothing
    ///   that is sent is secret, but anybody on the way could keep the witness from answering.
    init(_ typed: String, allowsPlainHTTP: Bool) throws(Complaint) {
        guard let parts = URLComponents(string: typed), let scheme = parts.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = parts.host?.lowercased(),
            !host.isEmpty, parts.user == nil, parts.password == nil, parts.query == nil,
            parts.fragment == nil
        else {
            throw .usage(
                "no address of a witness, an http or https URL without user and query",
                at: "--witness", next: "write it as https://witness.example.org")
        }
        guard scheme == "https" || allowsPlainHTTP || CouncilAddress.isLoopback(host) else {
            throw .usage(
                "plain http to another machine lets anybody on the way stop the witness",
                at: "--witness \(typed)",
                next: "use https, or add --insecure-witness where the network is your own")
        }
        var text = typed
        while text.hasSuffix("/") { text.removeLast() }
        self.text = text
    }
}
