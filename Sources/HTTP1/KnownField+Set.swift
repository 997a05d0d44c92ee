extension KnownField {
    /// A set of known fields: one bit for each, by raw value.
    @usableFromInline
    struct Set: OptionSet {
        @usableFromInline let rawValue: UInt64

        @inlinable
        init(rawValue: UInt64) { self.rawValue = rawValue }

        /// The set of one field.
        @inlinable
        init(_ field: KnownField) { rawValue = 1 << UInt64(field.rawValue) }

        /// Whether a field is in the set.
        @inlinable
        func has(_ field: KnownField) -> Bool { rawValue >> UInt64(field.rawValue) & 1 == 1 }

        /// Fields that go on in either direction as they came, unless `Connection` names them.
        /// What is in no set ends here or is written anew.
        @inlinable static var endToEnd: Set {
            [
                Set(.other), Set(.authorization), Set(.cookie), Set(.date), Set(.server),
                Set(.contentType), Set(.accept), Set(.origin), Set(.userAgent), Set(.location),
                Set(.setCookie), Set(.maxForwards), Set(.expect),
            ]
        }

        /// Fields that only a trailer section may not hold besides those that end here: they
        /// would change what was decided on the head (RFC 9110 §6.5.1).
        @inlinable static var forbiddenInTrailers: Set {
            [
                Set(.host), Set(.contentLength), Set(.transferEncoding), Set(.connection),
                Set(.keepAlive), Set(.proxyConnection), Set(.te), Set(.trailer), Set(.upgrade),
                Set(.proxyAuthenticate), Set(.proxyAuthorization), Set(.authorization),
                Set(.cookie), Set(.setCookie), Set(.expect), Set(.via), Set(.forwarded),
                Set(.xForwardedFor), Set(.xForwardedProto), Set(.xForwardedHost),
                Set(.maxForwards), Set(.http2Settings), Set(.contentType), Set(.location),
                Set(.date),
            ]
        }
    }
}
