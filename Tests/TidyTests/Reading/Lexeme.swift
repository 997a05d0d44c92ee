/// The smallest piece of Swift source that a rule looks at.
struct Lexeme: Equatable {
    enum Kind: Equatable {
        /// An identifier or keyword; in backticks with these, so that it equals no keyword.
        case word
        case number
        /// The text of a string literal, or of a piece of one between interpolations.
        case string
        /// A regular expression literal between hash signs.
        case regex
        /// One character of an operator or bracket.
        case sign
        /// A comment with its marks, to the end of the line or of the block.
        case comment
    }

    let kind: Kind
    /// As written; a string's is what stands between its quotes.
    let text: String
    /// Where it begins, counted from 1.
    let line: Int
    /// Its octets in the file, quotes and marks included.
    let octets: Range<Int>

    /// Whether a word or sign is written so; what a comment or string says does not count.
    func isCode(_ code: String) -> Bool {
        (kind == .word || kind == .sign) && text == code
    }

    /// Whether nothing, not even a space, stands between the other and this.
    func isAttached(to other: Lexeme) -> Bool {
        octets.lowerBound == other.octets.upperBound
    }
}
