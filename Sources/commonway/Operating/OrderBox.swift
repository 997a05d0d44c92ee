import CanonicalJSON
import Council
import Foundation
import LogReader
import Routing

/// Where the operator's orders wait for the council: files in a folder that only its owner can
/// write to, so that no door on the network is needed for the one thing that an operator decides.
struct OrderBox: Sendable {
    /// `council/orders`.
    let folder: URL

    /// The longest order, octets.
    private static let octetsMax = 4096
    private static let orderSuffix = ".order"
    private static let answerSuffix = ".answer"

    /// What the council said to an order.
    enum Answer: Equatable, Sendable {
        /// It is the entry of that index.
        case entry(Int)
        /// It cannot be, in words.
        case refused(String)
    }

    /// Puts an order in.
    ///
    /// - Returns: Its name, for ``answer(to:)``.
    func put(_ order: OperatorOrder) throws(Complaint) -> String {
        try LocalFile.makePrivateFolder(folder.path)
        let name = "\(Moment.now)-\(HexDigest.hex(HexDigest.randomOctets(4)))"
        do {
            try DurableFile.write(
                Self.value(of: order).canonicalOctets, to: file(name, Self.orderSuffix))
        } catch {
            throw .refused("the order cannot be written: \(Reason.text(error))", at: folder.path)
        }
        return name
    }

    /// The council's answer, taken out of the folder; `nil` while there is none.
    func answer(to name: String) throws(Complaint) -> Answer? {
        let file = file(name, Self.answerSuffix)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let octets = try LocalFile.read(file.path, limit: Self.octetsMax)
        // One that is left is only litter: the order itself is gone.
        try? FileManager.default.removeItem(at: file)
        let value = try? JSONValue(
            parsing: octets, form: .relaxed,
            limits: JSONLimits(octetsMax: Self.octetsMax, depthMax: 4))
        if let index = value?["entry"]?.integer { return .entry(Int(index)) }
        return .refused(value?["refused"]?.string ?? "the answer cannot be read")
    }

    /// The names of orders that wait, oldest first.
    func waiting() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(Self.orderSuffix) }.sorted()
            .map { String($0.dropLast(Self.orderSuffix.count)) }
    }

    /// Reads an order that waits.
    func order(_ name: String) throws(Complaint) -> OperatorOrder {
        let file = file(name, Self.orderSuffix)
        let octets = try LocalFile.read(file.path, limit: Self.octetsMax)
        do {
            let value = try JSONValue(
                parsing: octets, form: .relaxed,
                limits: JSONLimits(octetsMax: Self.octetsMax, depthMax: 4))
            var reader = try ObjectReader(value)
            let reason = try reader.optionalString("reason")
            let subject = try Self.subject(&reader)
            try reader.finish()
            return OperatorOrder(subject: subject, reason: reason)
        } catch {
            throw .usage("not an order: \(error)", at: file.path)
        }
    }

    /// Puts the answer in the order's place.
    func settle(_ name: String, _ answer: Answer) throws {
        let value: JSONValue =
            switch answer {
            case .entry(let index): ["entry": .integer(Int64(index))]
            case .refused(let why): ["refused": .string(why)]
            }
        try DurableFile.write(value.canonicalOctets, to: file(name, Self.answerSuffix))
        try FileManager.default.removeItem(at: file(name, Self.orderSuffix))
    }

    private func file(_ name: String, _ suffix: String) -> URL {
        folder.appendingPathComponent(name + suffix)
    }

    private static func subject(
        _ reader: inout ObjectReader
    ) throws(FormatFault) -> TableRefusal.Subject {
        guard let text = try reader.optionalString("network") else {
            return .route(try reader.string("route"))
        }
        guard let network = NetworkPrefix(text: text) else {
            throw reader.fault("network", "expected a network such as 192.0.2.0/24")
        }
        return .network(network)
    }

    private static func value(of order: OperatorOrder) -> JSONValue {
        var object = JSONObject()
        switch order.subject {
        case .route(let name): object["route"] = .string(name)
        case .network(let network): object["network"] = .string(network.text)
        }
        object["reason"] = order.reason.map { .string($0) }
        return .object(object)
    }
}
