import CanonicalJSON
import Routing
import SSHSignature

extension Act {
    init(_ name: String, _ reader: inout ObjectReader) throws(FormatFault) {
        switch name {
        case "join": self = .join(digest: try reader.digest("digest"))
        case "key": self = .key(try reader.key("key"))
        case "retire":
            let key = try reader.key("key")
            guard let stolen = try reader.optionalBool("stolen") else {
                self = .retire(key, stolen: false)
                return
            }
            guard stolen else { throw reader.fault("stolen", "expected true, or leave it out") }
            self = .retire(key, stolen: true)
        case "leave": self = .leave
        case "propose":
            self = .propose(try Proposing(&reader), refiles: try reader.optionalNumber("refiles"))
        case "revise":
            self = .revise(proposal: try reader.number("proposal"), try Proposing(&reader))
        case "sponsor":
            let proposal = try reader.number("proposal")
            self = .sponsor(proposal: proposal, payload: try reader.digest("payload"))
        case "withdraw": self = .withdraw(proposal: try reader.number("proposal"))
        case "remark":
            let proposal = try reader.number("proposal")
            let word = try reader.string("concern")
            guard let concern = Concern(rawValue: word) else {
                let known = Concern.allCases.map(\.rawValue).joined(separator: ", ")
                throw reader.fault("concern", "expected one of \(known), found \"\(word)\"")
            }
            self = .remark(proposal: proposal, concern, reason: try reader.digest("reason"))
        case "ballot": self = .ballot(try Ballot(&reader))
        case "endpoints": self = .endpoints(try EndpointsChange(&reader))
        case "undo":
            let backend = try reader.documentName("backend")
            self = .undo(KeptBackend(backend: backend, keeper: try reader.number("keeper")))
        case "emergency": self = .emergency(try Emergency(&reader))
        default:
            throw reader.fault(
                "act",
                "\"\(name)\" is not built in rules version 1; expected join, key, retire, leave, "
                    + "propose, revise, sponsor, withdraw, remark, ballot, endpoints, undo or "
                    + "emergency")
        }
    }
}

extension Ballot {
    fileprivate init(_ reader: inout ObjectReader) throws(FormatFault) {
        open = try reader.digest("open")
        let word = try reader.string("choice")
        guard let choice = Choice(rawValue: word) else {
            throw reader.fault("choice", "expected yes, no or abstain, found \"\(word)\"")
        }
        self.choice = choice
        replaces = try reader.optionalDigest("replaces")
        var head = try reader.object("head")
        headSize = Int(try head.integer("size", in: 0...(1 << 52)))
        headRoot = try head.digest("root")
        try head.finish()
    }
}
