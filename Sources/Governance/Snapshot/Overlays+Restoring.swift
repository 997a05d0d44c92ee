import CanonicalJSON
import Routing

extension Overlays {
    /// Reads back what stands on the documents.
    init(
        restoring reader: inout ObjectReader, endpoints: [JSONValue],
        texts: [ContentDigest: ProposedDocument]
    ) throws(FormatFault) {
        var given: [Int: JSONValue] = [:]
        for row in endpoints {
            let cells = try SnapshotValues.elements(row, 2, at: "/endpoints")
            given[try SnapshotValues.number(cells[0], at: "/endpoints")] = cells[1]
        }
        for value in try reader.list("overlays") {
            up.append(try StandingOverlay(restoring: value, given, texts))
        }
        for row in try reader.list("undoing") {
            let cells = try SnapshotValues.elements(row, 3, at: "/state/undoing")
            undoing[try Self.kept(cells)] = try SnapshotValues.numbers(
                cells[2], at: "/state/undoing")
        }
        for row in try reader.list("undone") {
            undone.insert(
                try Self.kept(try SnapshotValues.elements(row, 2, at: "/state/undone")))
        }
        try restorePast(try reader.list("past"))
        if reader.has("stewards") {
            var stewards = try reader.object("stewards")
            election = StewardElection(
                members: try SnapshotValues.numbers(
                    try stewards.value("members"), at: "/state/stewards"),
                until: try stewards.milliseconds("until"))
            try stewards.finish()
        }
        for row in try reader.list("emergencies") {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/emergencies")
            signatures.append(
                StewardSignature(
                    member: try SnapshotValues.number(cells[0], at: "/state/emergencies"),
                    t: try SnapshotValues.integer(cells[1], at: "/state/emergencies")))
        }
        for row in try reader.list("suspended") {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/suspended")
            suspended[try SnapshotValues.number(cells[0], at: "/state/suspended")] =
                try SnapshotValues.integer(cells[1], at: "/state/suspended")
        }
        try restoreRefusals(try reader.list("refusals"))
    }

    private static func kept(_ cells: [JSONValue]) throws(FormatFault) -> KeptBackend {
        KeptBackend(
            backend: try SnapshotValues.documentKey(cells[0], at: "/state/undoing").name,
            keeper: try SnapshotValues.number(cells[1], at: "/state/undoing"))
    }

    private mutating func restorePast(_ rows: [JSONValue]) throws(FormatFault) {
        for row in rows {
            let cells = try SnapshotValues.elements(row, 5, at: "/state/past")
            let numbers = try SnapshotValues.numbers(.array(Array(cells[2...3])), at: "/state/past")
            past.append(
                PastDocument(
                    key: try SnapshotValues.documentKey(cells[0], at: "/state/past"),
                    digest: try SnapshotValues.digest(cells[1], at: "/state/past"),
                    enactment: Enactment(entry: numbers[0], proposal: numbers[1]),
                    t: try SnapshotValues.integer(cells[4], at: "/state/past")))
        }
    }

    private mutating func restoreRefusals(_ rows: [JSONValue]) throws(FormatFault) {
        for row in rows {
            let cells = try SnapshotValues.elements(row, 2, at: "/state/refusals")
            let index = try SnapshotValues.number(cells[1], at: "/state/refusals")
            let text = cells[0].string ?? ""
            let network =
                text.hasPrefix("network/")
                ? NetworkPrefix(text: String(text.dropFirst("network/".count))) : nil
            let subject: TableRefusal.Subject
            if let network {
                subject = .network(network)
            } else {
                subject = .route(
                    try SnapshotValues.documentKey(cells[0], at: "/state/refusals").name)
            }
            refusals.append(TableRefusal(index: index, subject: subject))
        }
        refusals.sort { $0.index < $1.index }
    }
}

extension StandingOverlay {
    fileprivate init(
        restoring value: JSONValue, _ given: [Int: JSONValue],
        _ texts: [ContentDigest: ProposedDocument]
    ) throws(FormatFault) {
        var reader = try ObjectReader(value, at: "/state/overlays")
        let kind = try reader.string("kind")
        let index = try reader.int("index")
        let key = try SnapshotValues.documentKey(try reader.value("name"), at: reader.pointer)
        let change: Overlay.Change
        switch kind {
        case "disable": change = .disable
        case "restore":
            guard let text = texts[try reader.digest("digest")] else {
                throw reader.fault("digest", "the document is missing")
            }
            let was = try SnapshotValues.numbers(try reader.value("was"), at: reader.pointer)
            guard was.count == 3 else { throw reader.fault("was", "expected three numbers") }
            change = .restore(
                RatifiedDocument(
                    proposed: text, sequence: was[0],
                    enactment: Enactment(entry: was[1], proposal: was[2])))
        case "endpoints":
            let digest = try reader.digest("digest")
            guard let value = given[index] else {
                throw reader.fault("digest", "the endpoints are missing")
            }
            endpoints = value
            do {
                change = .endpoints(try Backend.endpoints(reading: value), digest: digest)
            } catch {
                throw reader.fault("digest", "\(error)")
            }
        default: throw reader.fault("kind", "\"\(kind)\" is none")
        }
        overlay = Overlay(index: index, key: key, change: change)
        signers = try SnapshotValues.numbers(try reader.value("by"), at: reader.pointer)
        until = try reader.optionalInteger("until")
        confirmedBy = try reader.optionalInteger("proposal").map { Int($0) }
        try reader.finish()
    }
}
