import CanonicalJSON
import Forge
import Governance

/// How the rules of overlays are broken.
extension Provocation {
    /// A community whose backend members 2 and 3 keep.
    private static func kept() throws -> Forge {
        try KeeperTests.kept()
    }

    private static func endpoints(
        _ forge: inout Forge, _ addresses: [String], by number: Int
    ) throws -> Situation {
        let members = forge.endpointsMembers("catalogue", addresses)
        return Situation(forge, try forge.signed("endpoints", by: number, members))
    }

    private static func disabling(_ forge: inout Forge, by number: Int) throws -> Situation {
        Situation(forge, try forge.signed("emergency", by: number, ["disable": "library"]))
    }

    static func unknownDocument(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        let name: JSONValue = faulty ? "nowhere" : "library"
        return Situation(forge, try forge.signed("emergency", by: 1, ["disable": name]))
    }

    static func notAKeeper(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        return try endpoints(&forge, ["10.0.0.7"], by: faulty ? 4 : 3)
    }

    static func outsideNetworks(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        return try endpoints(&forge, [faulty ? "11.0.0.7" : "10.0.0.7"], by: 2)
    }

    static func unknownOverlay(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        return Situation(
            forge,
            try forge.signed(
                "undo", by: 4, ["backend": "catalogue", "keeper": faulty ? 3 : 2]))
    }

    static func alreadySigned(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        try forge.move("catalogue", to: ["10.0.0.7"], by: 2)
        try forge.undo("catalogue", of: 2, by: 4)
        return Situation(
            forge,
            try forge.signed("undo", by: faulty ? 4 : 5, ["backend": "catalogue", "keeper": 2]))
    }

    static func notASteward(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        try forge.enact([["op": "stewards", "members": [1, 2]]])
        return try disabling(&forge, by: faulty ? 3 : 2)
    }

    static func tooManyEmergencies(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        for _ in 1...(faulty ? 2 : 1) {
            try forge.disable("library", by: 1)
            try forge.advance(to: forge.t + 10_000)
        }
        return try disabling(&forge, by: 1)
    }

    static func overlaid(_ faulty: Bool) throws -> Situation {
        var forge = try kept()
        try forge.enact([
            Samples.route("library", host: "other.example", to: [("catalogue", 1)])
        ])
        try forge.restore(try document(Samples.library[1]), by: 1)
        if !faulty { try forge.advance(to: forge.t + 10_000) }
        return try disabling(&forge, by: 2)
    }

    private static func document(_ operation: JSONValue) throws -> JSONValue {
        guard let document = operation["document"] else { throw Forge.Fault.malformed("apply") }
        return document
    }
}
