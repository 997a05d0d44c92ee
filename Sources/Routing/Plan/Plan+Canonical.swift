package import CanonicalJSON

extension Plan {
    /// The plan as it is hashed and served: `changes`, `class` and `moves`; an absent digest or
    /// rule is the empty string.
    package var value: JSONValue {
        ["changes": changesValue, "class": .string(changeClass.rawValue), "moves": movesValue]
    }

    /// SHA-256 of ``value``'s canonical octets.
    package var digest: ContentDigest { ContentDigest(of: value.canonicalOctets) }

    /// SHA-256 of the same without `class`: two plans of one effect have the same.
    package var effectDigest: ContentDigest {
        let effect: JSONValue = ["changes": changesValue, "moves": movesValue]
        return ContentDigest(of: effect.canonicalOctets)
    }

    private var changesValue: JSONValue {
        .array(
            changes.map { change in
                [
                    "after": .string(change.after?.hex ?? ""),
                    "before": .string(change.before?.hex ?? ""),
                    "kind": .string(change.key.kind.rawValue),
                    "name": .string(change.key.name),
                ]
            })
    }

    private var movesValue: JSONValue {
        .array(moves.map { [.string($0.before), .string($0.after)] })
    }
}
