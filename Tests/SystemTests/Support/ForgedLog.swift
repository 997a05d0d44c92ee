import CanonicalJSON
import Forge
import Foundation
import Governance
import LogReader
import TestKit

/// A log made with its key in hand, for tests of gateways that need no council.
struct ForgedLog {
    /// The log's and its members' keys, and the entries so far.
    var forge: Forge
    private var published = 0
    let folder: TemporaryFolder

    /// Where it is published.
    var path: String { folder.path("log") }
    /// The card that pins it.
    var card: String { folder.path("card.json") }
    /// What a gateway may remember.
    var state: String { folder.path("state") }

    /// Forges and publishes a log in which operations were enacted.
    init(_ operations: [JSONValue]) throws {
        folder = try TemporaryFolder()
        forge = try Forge(charter: Charter.demonstration)
        try Data(try forge.card.value.canonicalOctets).write(to: URL(fileURLWithPath: card))
        try enact(operations)
    }

    /// Enacts more and publishes it.
    mutating func enact(_ operations: [JSONValue]) throws {
        try forge.enact(operations)
        try publish()
    }

    /// Publishes what has grown.
    mutating func publish() throws {
        try forge.publish(to: URL(fileURLWithPath: path, isDirectory: true), from: published)
        published = forge.entries.count
    }

    /// Publishes another history, or an earlier state of this one, over what is there.
    mutating func publish(_ other: Forge) throws {
        forge = other
        published = 0
        try publish()
    }
}
