import CanonicalJSON
import Yams

/// Reads YAML documents of the strict profile: what JSON can say, with comments.
struct YAMLReader {
    /// The most values in a file: far beyond an entry, and soon reached by anything hostile.
    static let nodesMax = 100_000

    let file: String
    private let documentsMax: Int
    private var document = 1
    private var nodes = 0
    private var places: [String: Place] = [:]
    private var placesOctets = 0

    init(file: String, documentsMax: Int) {
        self.file = file
        self.documentsMax = documentsMax
    }

    /// U+FEFF in UTF-8, which editors put in front and the parser does not know.
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Reads all documents of a file.
    mutating func read(_ text: [UInt8]) throws(DocumentsFault) -> [LocatedDocument] {
        let isMarked = text.starts(with: Self.byteOrderMark)
        let octets = isMarked ? Array(text.dropFirst(Self.byteOrderMark.count)) : text
        let lines = LineIndex(octets)
        guard let yaml = String(validating: octets, as: UTF8.self) else {
            let offset = Self.validPrefix(of: octets)
            throw fault(lines.place(of: offset), "octets that are no UTF-8", expected: "UTF-8")
        }
        let scan = YAMLScan(octets)
        if let alias = scan.alias {
            throw fault(
                lines.place(of: alias), "an alias",
                expected: "the value itself, written out: what is voted on hides nothing")
        }
        if let key = scan.explicitKey {
            throw fault(lines.place(of: key), "keys with ?", expected: "keys followed by :")
        }
        let parser: Parser
        do {
            parser = try Parser(yaml: yaml, resolver: Resolver.basic, encoding: .utf8)
        } catch {
            throw fault(from: error)
        }
        var documents: [LocatedDocument] = []
        while let node = try nextRoot(of: parser) {
            guard documents.count < documentsMax else {
                throw fault(
                    place(of: node), "more documents", expected: "at most \(documentsMax)")
            }
            if !Self.isEmpty(node) {
                places = [:]
                let value = try value(of: node, pointer: "", depth: 0)
                documents.append(
                    LocatedDocument(file: file, number: document, value: value, places: places))
            }
            document += 1
        }
        return documents
    }

    private func nextRoot(of parser: Parser) throws(DocumentsFault) -> Node? {
        do {
            return try parser.nextRoot()
        } catch {
            throw fault(from: error)
        }
    }

    /// The value of a node, and of everything in it.
    private mutating func value(
        of node: Node, pointer: String, depth: Int
    ) throws(DocumentsFault) -> JSONValue {
        nodes += 1
        guard nodes <= Self.nodesMax else {
            throw fault(
                place(of: node), "more than \(Self.nodesMax) values",
                expected: "fewer in one file")
        }
        placesOctets += pointer.utf8.count
        guard placesOctets <= JSONValue.placesOctetsMax else {
            throw fault(
                place(of: node), "names so long that all fields' paths take too much",
                expected: "at most \(JSONValue.placesOctetsMax) octets of them")
        }
        places[pointer] = place(of: node)
        switch node {
        case .scalar(let scalar):
            switch YAMLScalar(scalar).value {
            case .success(let value): return value
            case .failure(let refusal):
                throw fault(place(of: node), refusal.reason, expected: refusal.expected)
            }
        case .sequence(let sequence):
            try checkCollection(node, tag: sequence.tag, standard: .seq, depth: depth)
            var elements: [JSONValue] = []
            for element in sequence {
                elements.append(
                    try value(
                        of: element, pointer: "\(pointer)/\(elements.count)", depth: depth + 1))
            }
            return .array(elements)
        case .mapping(let mapping):
            try checkCollection(node, tag: mapping.tag, standard: .map, depth: depth)
            return try object(of: mapping, pointer: pointer, depth: depth)
        case .alias:
            throw fault(place(of: node), "an alias", expected: "the value itself, written out")
        }
    }

    private mutating func object(
        of mapping: Node.Mapping, pointer: String, depth: Int
    ) throws(DocumentsFault) -> JSONValue {
        var members: [JSONObject.Member] = []
        var names: Set<String> = []
        for (key, node) in mapping {
            let name = try name(of: key)
            guard names.insert(name).inserted else {
                throw fault(place(of: key), "a second \(name)", expected: "each key once")
            }
            let value = try value(
                of: node, pointer: pointer + JSONValue.pointerStep(name), depth: depth + 1)
            members.append(JSONObject.Member(name: name, value: value))
        }
        guard let object = JSONObject(members) else {
            preconditionFailure("no name came twice")
        }
        return .object(object)
    }

    private func name(of key: Node) throws(DocumentsFault) -> String {
        guard case .scalar(let scalar) = key else {
            throw fault(place(of: key), "a key that is no text", expected: "a name")
        }
        if scalar.style == .plain, scalar.string == "<<" {
            throw fault(place(of: key), "a merge key", expected: "the members, written out")
        }
        guard scalar.tag.isStandard(.str) else {
            throw fault(place(of: key), "a key with a tag", expected: "a plain name")
        }
        guard scalar.string.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw fault(
                place(of: key), "the key \(scalar.string.debugDescription)",
                expected: "keys of visible ASCII")
        }
        return scalar.string
    }

    private func checkCollection(
        _ node: Node, tag: Tag, standard: Tag.Standard, depth: Int
    ) throws(DocumentsFault) {
        guard depth < Documents.depthMax else {
            throw fault(
                place(of: node), "nested deeper than \(Documents.depthMax)", expected: "less depth")
        }
        guard tag.isStandard(standard) else {
            throw fault(place(of: node), "a tag of one's own", expected: "no tag")
        }
    }

    private func place(of node: Node) -> Place {
        node.mark.map { Place(line: $0.line, column: $0.column) } ?? Place(line: 1, column: 1)
    }

    private func fault(_ place: Place, _ reason: String, expected: String) -> DocumentsFault {
        DocumentsFault(
            file: file, document: document, place: place, reason: reason, expected: expected)
    }

    private func fault(from error: any Error) -> DocumentsFault {
        let (place, reason) = YAMLProblem.placeAndReason(of: error)
        return fault(place, reason, expected: "YAML 1.2 as JSON could say it")
    }

    /// Nothing between two `---`: a plain scalar without text.
    private static func isEmpty(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.style == .plain && scalar.string.isEmpty && scalar.tag.isAbsent
    }

    /// How many octets at the start are UTF-8.
    private static func validPrefix(of octets: [UInt8]) -> Int {
        var iterator = octets.makeIterator()
        var decoder = UTF8()
        var count = 0
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            count += UTF8.width(scalar)
        }
        return count
    }
}

extension Tag {
    /// The standard tags that say only what the syntax says already (YAML 1.2 §10.1).
    enum Standard: String {
        case map = "tag:yaml.org,2002:map"
        case seq = "tag:yaml.org,2002:seq"
        case str = "tag:yaml.org,2002:str"
    }

    /// Whether the node was written without a tag.
    var isAbsent: Bool { rawValue.isEmpty }

    /// Whether a node has no tag, or the standard one of its kind.
    func isStandard(_ standard: Standard) -> Bool {
        isAbsent || rawValue == standard.rawValue
    }
}
