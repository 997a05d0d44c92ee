internal import HTTP1
internal import Reactor
internal import Routing

/// The field lines of the request in hand as matching reads them. A parsed head can only be read
/// line by line while it is held exclusively, and matching borrows; so the lines' places, 16
/// octets each, are noted here.
struct MatchedFields: ~Copyable, RequestFields {
    private var lines = UniqueArray<FieldLine>(reserving: HeadLimits.fieldsMax)

    /// Notes the lines of another head in place of those before.
    mutating func read(_ fields: inout FieldLines) {
        lines.removeAll()
        for index in 0..<fields.count { lines.append(fields[index]) }
    }

    var fieldCount: Int { lines.count }

    func fieldName(at index: Int) -> Range<Int> { lines[index].name.indices }

    func fieldValue(at index: Int) -> Range<Int> { lines[index].value.indices }
}
