import CanonicalJSON

extension JSONValue {
    /// A whole list in the form of the API's pages.
    static func items(_ items: [JSONValue]) -> JSONValue { ["items": .array(items)] }
}
