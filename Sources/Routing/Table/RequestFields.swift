/// The header fields of a request, for matching: an adapter over a parsed head that allocates
/// nothing.
package protocol RequestFields: ~Copyable, ~Escapable {
    /// How many field lines there are.
    var fieldCount: Int { get }
    /// Where a field line's name stands in the octets of the head.
    func fieldName(at index: Int) -> Range<Int>
    /// Where its value stands, without the white space around it.
    func fieldValue(at index: Int) -> Range<Int>
}
