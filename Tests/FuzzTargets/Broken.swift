/// A property that does not hold: the input that shows it is a finding.
package struct Broken: Error, CustomStringConvertible {
    /// The property, and what was seen in its place.
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Checks a property of one input.
func require(
    _ holds: Bool, _ property: @autoclosure () -> String
) throws(Broken) {
    guard holds else { throw Broken(property()) }
}

/// Checks that two readings of one input agree.
func requireEqual<Value: Equatable>(
    _ actual: Value, _ expected: Value, _ property: @autoclosure () -> String
) throws(Broken) {
    guard actual == expected else {
        throw Broken("\(property()): \(actual) where \(expected) is right")
    }
}

/// The same for octets, which are shown as text.
func requireEqual(
    _ actual: [UInt8], _ expected: [UInt8], _ property: @autoclosure () -> String
) throws(Broken) {
    guard actual == expected else {
        throw Broken(
            "\(property()): \(Octets.shown(actual)) where \(Octets.shown(expected)) is right")
    }
}
