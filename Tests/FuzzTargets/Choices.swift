/// What an input chooses besides being read: where it is split, and how it is forwarded.
///
/// The last two octets choose. So every input is plain text that can be written by hand, and the
/// fuzzer finds other choices by putting octets behind a message, where nothing reads them.
struct Choices {
    /// One bit for each thing that is so or not.
    let flags: UInt8
    /// A part of a whole, 0...255.
    let part: UInt8

    init(_ octets: Span<UInt8>) {
        flags = octets.count > 0 ? octets[octets.count - 1] : 0
        part = octets.count > 1 ? octets[octets.count - 2] : 0
    }

    /// Whether the thing of a bit, 0...7, is so.
    func has(_ bit: UInt8) -> Bool { flags >> bit & 1 == 1 }

    /// A place in so many octets, both ends included.
    func place(in count: Int) -> Int { count * Int(part) / 255 }
}
