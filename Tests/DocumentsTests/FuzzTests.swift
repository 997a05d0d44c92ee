import CanonicalJSON
import Documents
import TestKit
import Testing

@Suite struct DamagedFiles {
    private static let sample = """
        # A sample with most of what YAML has.
        kind: HTTPRoute
        name: 'library'
        hostnames: ["*.example.org", plain.example.org]
        rules:
          - name: reading
            matches:
              - path: {type: PathPrefix, value: /catalogue}
                headers: [{name: X-Edition, value: "a \\u00e9 b"}]
            backendRefs:
              - {name: catalogue, weight: 9, port: 8080}
            text: |
              literal
              text
        ---
        kind: Backend
        ...
        """

    private func damaged(_ octets: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        let alphabet = Array(" \n\t{}[]:,\"'\\-#&*!|>%@`?~0123456789.ex\u{0}é".utf8) + [0x80, 0xFF]
        var result = octets
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let place = Int.random(in: 0..<result.count, using: &random)
            let octet = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            switch Int.random(in: 0..<4, using: &random) {
            case 0: result.insert(octet, at: place)
            case 1: result[place] = octet
            case 2: result.remove(at: place)
            default: result.removeSubrange(place..<min(result.count, place + 9))
            }
        }
        return result
    }

    @Test(arguments: 0..<100)
    func `damaged YAML never traps, and what is taken is inside the profile`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            let octets = damaged(Array(Self.sample.utf8), &random)
            let documents = (try? Documents.parse(octets, format: .yaml, name: "f")) ?? []
            for document in documents {
                let again = try? JSONValue(
                    parsing: document.value.canonicalOctets, form: .canonical)
                #expect(again == document.value, "seed \(seed)")
            }
        }
    }

    @Test(arguments: 0..<100)
    func `a fault stands inside the file or at its end`(seed: Int) {
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<20 {
            let octets = damaged(Array(Self.sample.utf8), &random)
            let lines = octets.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 3
            let result = Result { try Documents.parse(octets, format: .yaml, name: "f") }
            let place = (result.failure as? DocumentsFault)?.place ?? Place(line: 1, column: 1)
            #expect((1...lines).contains(place.line), "seed \(seed)")
            #expect(place.column >= 1, "seed \(seed)")
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
