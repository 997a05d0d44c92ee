import CanonicalJSON
import Forge
import Governance
import LogReader
import TestKit

/// A history for the second implementation: its entries, and altered ones that are only tried, each
/// with the verdict of the first.
struct Trial {
    /// Lines for `Tests/Second/second.py`.
    private(set) var lines: [String] = []
    /// What the first implementation says to each.
    private(set) var verdicts: [String] = []
    /// The state at the end.
    private(set) var state: String
    private var random: SeededGenerator

    init(seed: UInt64, steps: Int, founders: ClosedRange<Int>) throws {
        var history = try RandomHistory(seed: seed, founders: founders)
        for _ in 0..<steps { try history.step() }
        try self.init(of: history.forge, seed: seed)
    }

    /// - Parameter seed: Says which entries are tried altered, and how.
    init(of forge: Forge, seed: UInt64) throws {
        random = SeededGenerator(seed: seed &+ 1_000_000)
        state = ""
        var replay = Replay()
        for octets in forge.entries {
            if Bool.random(using: &random) { tried(altered(octets), after: replay) }
            let checked = try CheckedEntry(octets: octets)
            let holds = replay.holdsHead(checked)
            add("+\(holds ? 1 : 0) ", octets, try replay.take(checked))
        }
        state = String(decoding: replay.state.canonicalOctets, as: UTF8.self)
    }

    private mutating func add(_ how: String, _ octets: [UInt8], _ verdict: Verdict?) {
        lines.append(how + String(decoding: octets, as: UTF8.self))
        switch verdict {
        case .applied: verdicts.append("applied")
        case .void(let refusal): verdicts.append("void \(refusal.code.rawValue)")
        case nil: verdicts.append("contradiction")
        }
    }

    private mutating func tried(_ octets: [UInt8], after replay: Replay) {
        var copy = replay
        do {
            let checked = try CheckedEntry(octets: octets)
            let how = "?\(replay.holdsHead(checked) ? 1 : 0) "
            add(how, octets, try? copy.take(checked))
        } catch {
            add("?0 ", octets, nil)
        }
    }

    /// The entry with something else in one place.
    private mutating func altered(_ octets: [UInt8]) -> [UInt8] {
        guard let value = try? JSONValue(parsing: octets, form: .canonical, limits: .entry),
            var object = value.object, let member = object.members.randomElement(using: &random)
        else { return octets }
        let t = value["t"]?.integer ?? 0
        switch Int.random(in: 0..<8, using: &random) {
        case 0: object[member.name] = nil
        case 1: object["zeal"] = 1
        case 2: object["t"] = .integer(t - 1)
        case 3: object["t"] = .integer(t + Int64.random(in: 1...40_000, using: &random))
        case 4:
            let tick: JSONValue = ["v": 1, "kind": "tick", "t": .integer(t)]
            return tick.canonicalOctets
        case 5:
            object["kind"] = .string(
                ClaimKind.allCases.randomElement(using: &random)?.rawValue ?? "")
        case 6:
            let names = value["stmt"]?.object?.members.map(\.name) ?? []
            guard let name = names.randomElement(using: &random), let old = value["stmt"]?[name]
            else { return octets.dropLast() }
            return Samples.replacing(
                ["stmt", name], in: value, by: ClaimCase.other(than: old)
            ).canonicalOctets
        default: object[member.name] = ClaimCase.other(than: member.value)
        }
        return JSONValue.object(object).canonicalOctets
    }
}
