package import CanonicalJSON
package import Routing

/// What a proposal asks for: 1…10 operations, enacted whole or not at all.
package struct Payload: Sendable {
    /// The `operations` array as given.
    package let value: JSONValue
    /// SHA-256 of its canonical octets.
    package let digest: ContentDigest
    /// The operations on documents, in the order written; none for a payload of measures alone.
    package let documents: OperationBundle
    /// The other operations, in the order written.
    package let measures: [Measure]
    /// SHA-256 of each measure's canonical octets.
    package let measureDigests: [ContentDigest]

    /// Why a payload cannot be read.
    package enum Fault: Error {
        /// An operation on documents, or their number.
        case plan(PlanFault)
        /// Another operation.
        case format(FormatFault)
    }

    /// Reads the `operations` array of a proposal.
    ///
    /// - Parameter pointer: Where the array stands, as a JSON Pointer.
    /// - Throws: ``Fault`` with the operation and, inside it, the field.
    package init(
        validating value: JSONValue, at pointer: String = "/operations"
    ) throws(Fault) {
        let elements = value.array ?? []
        if let fault = Self.unknownOperation(elements, at: pointer) { throw .format(fault) }
        let areMeasures = elements.map { Measure.names.contains($0["op"]?.string ?? "") }
        if !areMeasures.contains(true) {
            do throws(PlanFault) {
                documents = try OperationBundle(validating: value)
            } catch {
                throw .plan(error)
            }
            measures = []
            measureDigests = []
        } else {
            let limit = OperationBundle.operationsMax
            guard elements.count <= limit else {
                throw .plan(PlanFault(.operationCount(actual: elements.count, limit: limit)))
            }
            do throws(FormatFault) {
                measures = try Self.measures(elements, areMeasures, at: pointer)
            } catch {
                throw .format(error)
            }
            let others = elements.indices.filter { !areMeasures[$0] }
            do throws(PlanFault) {
                documents = try OperationBundle(elements: others.map { ($0, elements[$0]) })
            } catch {
                throw .plan(error)
            }
            measureDigests = elements.indices.filter { areMeasures[$0] }.map {
                ContentDigest(of: elements[$0].canonicalOctets)
            }
        }
        self.value = value
        digest = ContentDigest(of: value.canonicalOctets)
    }

    /// The payload of the vote that follows on an emergency.
    init(confirming overlay: Int) {
        value = [["op": "confirm", "overlay": .integer(Int64(overlay))]]
        digest = ContentDigest(of: value.canonicalOctets)
        documents = OperationBundle([])
        measures = [.confirm(overlay: overlay)]
        measureDigests = value.array.map { $0.map { ContentDigest(of: $0.canonicalOctets) } } ?? []
    }

    private static func unknownOperation(
        _ elements: [JSONValue], at pointer: String
    ) -> FormatFault? {
        let known = ["apply", "delete"] + Measure.names
        for (index, element) in elements.enumerated() {
            guard let name = element["op"]?.string, !known.contains(name) else { continue }
            return FormatFault(
                pointer: "\(pointer)/\(index)/op",
                reason: "expected one of \(known.joined(separator: ", ")), found \"\(name)\"")
        }
        return nil
    }

    private static func measures(
        _ elements: [JSONValue], _ areMeasures: [Bool], at pointer: String
    ) throws(FormatFault) -> [Measure] {
        var measures: [Measure] = []
        var admissions = 0
        var elections = 0
        for (index, element) in elements.enumerated() where areMeasures[index] {
            var reader = try ObjectReader(element, at: "\(pointer)/\(index)")
            let name = try reader.string("op")
            let measure = try Measure(name, &reader)
            guard elements.count == 1 || !measure.standsAlone else {
                throw reader.fault("op", "\(name) stands alone: propose it by itself")
            }
            if case .admit = measure { admissions += 1 }
            guard admissions < 2 else {
                throw reader.fault("op", "one admit a proposal: put its members together")
            }
            if case .stewards = measure { elections += 1 }
            guard elections < 2 else {
                throw reader.fault("op", "one election of stewards a proposal")
            }
            measures.append(measure)
        }
        return measures
    }

    /// The only measure of a payload whose measure stands alone.
    var lone: Measure? { measures.first.flatMap { $0.standsAlone ? $0 : nil } }

    /// Whether it would end the membership of that member, who has no vote on it.
    package func expels(_ member: Int) -> Bool {
        if case .expel(member) = lone { true } else { false }
    }

    /// Whether it consists of operations on documents only.
    package var isOfDocuments: Bool { measures.isEmpty }

    /// Everything inside it that is signed by others than the proposer.
    package var enclosed: [EnclosedStatement] { measures.flatMap(\.enclosed) }

    /// The first signature inside it that does not hold, in words; `nil` when all do.
    ///
    /// - Complexity: one Ed25519 verification for each newcomer or recovery.
    package var enclosedFault: String? {
        for (index, statement) in enclosed.enumerated() {
            if let fault = statement.signatureFault {
                return "signed statement \(index + 1) of its operations: \(fault)"
            }
        }
        return nil
    }
}
