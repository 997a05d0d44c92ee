import Routing
import SSHSignature

extension State {
    func refusalOfKey(
        _ key: PublicKey, _ member: Member, cosigner: PublicKey?
    ) -> Refusal? {
        guard cosigner == key else {
            return Refusal(
                .missingCosignature, "the new key did not sign the statement too",
                next: "add cosig: the new key's signature over the same octets")
        }
        guard holders[key] == nil else {
            return Refusal(
                .keyInUse, "\(key.fingerprint) is or was a member's key already",
                next: "make another key")
        }
        guard member.keys.count < Member.keysMax else {
            return Refusal(
                .tooManyKeys, "a member may have \(Member.keysMax) keys",
                next: "use one of those that you have")
        }
        return nil
    }

    func refusalOfRetiring(_ key: PublicKey, _ member: Member, stolen: Bool) -> Refusal? {
        guard member.keys.contains(where: { $0.key == key }) else {
            return Refusal(
                .unknownKey, "\(key.fingerprint) is not a key of member \(member.number)",
                next: "see commonway key list")
        }
        guard stolen || member.keys.count > 1 else {
            return Refusal(
                .lastKey, "it is the only key of member \(member.number)",
                next: "enrol another key first; a stolen one can go at once")
        }
        return nil
    }
}
