/// Cuts Swift source into lexemes, so that no rule mistakes a comment or a string for code.
///
/// Knows nested block comments, strings of every kind with interpolation, raw identifiers and
/// `#/…/#`. It does not know `/…/` literals, which cannot be told from division without parsing:
/// the sources have none.
struct SwiftLexer {
    private let octets: [UInt8]
    private var position = 0
    private var line = 1
    private var lexemes: [Lexeme] = []

    private init(_ octets: [UInt8]) {
        self.octets = octets
    }

    /// The lexemes of a file, in order. Source that does not compile gives some result too.
    static func lexemes(of octets: [UInt8]) -> [Lexeme] {
        var lexer = SwiftLexer(octets)
        lexer.readCode(untilParenthesis: false)
        return lexer.lexemes
    }

    /// Reads to the end or, inside an interpolation, to the parenthesis that closes it.
    private mutating func readCode(untilParenthesis: Bool) {
        var depth = 0
        while let octet = peek() {
            switch octet {
            case UInt8(ascii: "\n"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                advance()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): readLineComment()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): readBlockComment()
            case UInt8(ascii: "\""): readString(hashes: 0)
            case UInt8(ascii: "#"): readHash()
            case UInt8(ascii: "`"): readRawIdentifier()
            case let octet where Self.isWordStart(octet): readWord(kind: .word)
            case UInt8(ascii: "0")...UInt8(ascii: "9"): readWord(kind: .number)
            default:
                if octet == UInt8(ascii: "(") { depth += 1 }
                if octet == UInt8(ascii: ")") {
                    if depth == 0, untilParenthesis { return }
                    depth -= 1
                }
                readSign()
            }
        }
    }

    private mutating func readLineComment() {
        let start = position
        while let octet = peek(), octet != UInt8(ascii: "\n") { advance() }
        append(.comment, from: start, line: line)
    }

    private mutating func readBlockComment() {
        let (start, startLine) = (position, line)
        var depth = 0
        while let octet = peek() {
            if octet == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                advance(2)
            } else if octet == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                advance(2)
                if depth == 0 { break }
            } else {
                advance()
            }
        }
        append(.comment, from: start, line: startLine)
    }

    /// A hash sign begins a raw string, a regular expression, or is a sign as in `#expect`.
    private mutating func readHash() {
        var hashes = 0
        while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
        switch peek(hashes) {
        case UInt8(ascii: "\""): readString(hashes: hashes)
        case UInt8(ascii: "/"): readRegex(hashes: hashes)
        default: readSign()
        }
    }

    private mutating func readRegex(hashes: Int) {
        let (start, startLine) = (position, line)
        advance(hashes + 1)
        while peek() != nil, !(peek() == UInt8(ascii: "/") && hasHashes(hashes, at: 1)) {
            advance()
        }
        advance(1 + hashes)
        append(.regex, from: start, line: startLine)
    }

    /// Reads a string literal: a lexeme for each piece of text, and the code between them.
    private mutating func readString(hashes: Int) {
        let quote = UInt8(ascii: "\"")
        advance(hashes)
        let quotes = peek(1) == quote && peek(2) == quote ? 3 : 1
        var (start, startLine) = (position - hashes, line)
        advance(quotes)
        var textStart = position
        while let octet = peek() {
            if octet == quote, hasQuotes(quotes), hasHashes(hashes, at: quotes) { break }
            if octet == UInt8(ascii: "\n"), quotes == 1 { break }
            guard octet == UInt8(ascii: "\\"), hasHashes(hashes, at: 1) else {
                advance()
                continue
            }
            guard peek(1 + hashes) == UInt8(ascii: "(") else {
                advance(2 + hashes)
                continue
            }
            appendText(textStart..<position, from: start, line: startLine)
            advance(2 + hashes)
            readCode(untilParenthesis: true)
            (start, startLine) = (position, line)
            advance()
            textStart = position
        }
        let text = textStart..<position
        advance(quotes + hashes)
        appendText(text, from: start, line: startLine)
    }

    private func hasQuotes(_ count: Int) -> Bool {
        (0..<count).allSatisfy { peek($0) == UInt8(ascii: "\"") }
    }

    private func hasHashes(_ count: Int, at offset: Int) -> Bool {
        (0..<count).allSatisfy { peek(offset + $0) == UInt8(ascii: "#") }
    }

    private mutating func readRawIdentifier() {
        let start = position
        advance()
        while let octet = peek(), octet != UInt8(ascii: "`"), octet != UInt8(ascii: "\n") {
            advance()
        }
        advance()
        append(.word, from: start, line: line)
    }

    private mutating func readWord(kind: Lexeme.Kind) {
        let start = position
        while let octet = peek(), Self.isWordStart(octet) || Self.isDigit(octet) { advance() }
        append(kind, from: start, line: line)
    }

    private mutating func readSign() {
        let start = position
        advance()
        append(.sign, from: start, line: line)
    }

    private static func isDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }

    /// Letters, and whatever is not ASCII: finer than that no rule looks.
    private static func isWordStart(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"), 0x80...0xFF: true
        default: false
        }
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < octets.count ? octets[position + offset] : nil
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < octets.count {
            if octets[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func append(_ kind: Lexeme.Kind, from start: Int, line: Int) {
        let text = String(decoding: octets[start..<position], as: UTF8.self)
        lexemes.append(Lexeme(kind: kind, text: text, line: line, octets: start..<position))
    }

    private mutating func appendText(_ text: Range<Int>, from start: Int, line: Int) {
        lexemes.append(
            Lexeme(
                kind: .string, text: String(decoding: octets[text], as: UTF8.self), line: line,
                octets: start..<position))
    }
}
