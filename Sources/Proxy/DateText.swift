internal import Reactor

/// The `Date` field's value, written anew once a second (RFC 9110 §5.6.7, IMF-fixdate).
struct DateText {
    /// Octets of `Sun, 06 Nov 1994 08:49:37 GMT`.
    static let octets = 29

    private(set) var text: InlineArray<29, UInt8> = .init(repeating: 0x20)
    private var writtenFor: Int64 = -1

    /// Brings the text up to the second.
    ///
    /// - Parameter seconds: since 1970, UTC.
    mutating func update(_ seconds: Int64) {
        if seconds == writtenFor { return }
        writtenFor = seconds
        let days = seconds / 86_400
        let ofDay = seconds % 86_400
        let date = CivilDate(days: days)
        let weekday = Int((days + 4) % 7)
        put(Self.weekdays, from: weekday * 3, count: 3, at: 0)
        text[3] = 0x2C
        put(number: date.day, digits: 2, at: 5)
        put(Self.months, from: (date.month - 1) * 3, count: 3, at: 8)
        put(number: date.year, digits: 4, at: 12)
        put(number: Int(ofDay / 3_600), digits: 2, at: 17)
        text[19] = 0x3A
        put(number: Int(ofDay / 60 % 60), digits: 2, at: 20)
        text[22] = 0x3A
        put(number: Int(ofDay % 60), digits: 2, at: 23)
        put(Self.zone, from: 0, count: 3, at: 26)
    }

    private static let weekdays: [UInt8] = Array("SunMonTueWedThuFriSat".utf8)
    private static let months: [UInt8] = Array("JanFebMarAprMayJunJulAugSepOctNovDec".utf8)
    private static let zone: [UInt8] = Array("GMT".utf8)

    private mutating func put(_ source: [UInt8], from: Int, count: Int, at place: Int) {
        for index in 0..<count { text[place + index] = source[from + index] }
    }

    private mutating func put(number: Int, digits: Int, at place: Int) {
        var rest = number
        for index in stride(from: digits - 1, through: 0, by: -1) {
            text[place + index] = 0x30 + UInt8(rest % 10)
            rest /= 10
        }
    }
}
