extension MessageFault {
    /// The second half of the name that `Commonway-Error` carries. These names are documented
    /// and stay as they are.
    @usableFromInline package var name: StaticString {
        switch self {
        case .controlOctet: "control-octet"
        case .bareLF: "bare-lf"
        case .bareCR: "bare-cr"
        case .nul: "nul"
        case .badMethod: "bad-method"
        case .extraSpace: "extra-space"
        case .incompleteRequestLine: "incomplete-request-line"
        case .badTarget: "bad-target"
        case .fragment: "fragment"
        case .userinfo: "userinfo"
        case .asteriskForm: "asterisk-form"
        case .connect: "connect"
        case .badVersion: "bad-version"
        case .unsupportedVersion: "unsupported-version"
        case .badStatusLine: "bad-status-line"
        case .badStatus: "bad-status"
        case .spaceBeforeFirstField: "space-before-first-field"
        case .obsFold: "obs-fold"
        case .spaceBeforeColon: "space-before-colon"
        case .emptyFieldName: "empty-field-name"
        case .badFieldName: "bad-field-name"
        case .missingColon: "missing-colon"
        case .requestLineTooLong: "request-line"
        case .headTooLarge: "head"
        case .tooManyFields: "fields"
        case .bodyTooLarge: "body"
        case .missingHost: "missing-host"
        case .repeatedHost: "repeated-host"
        case .badHost: "bad-host"
        default: framingName
        }
    }

    /// The names of the faults in framing, connection fields and paths.
    private var framingName: StaticString {
        switch self {
        case .badContentLength: "bad-content-length"
        case .contentLengthOverflow: "content-length-overflow"
        case .repeatedContentLength: "repeated-content-length"
        case .transferEncodingWithContentLength: "transfer-encoding-with-content-length"
        case .transferEncodingInHTTP10: "transfer-encoding-in-http-1.0"
        case .badTransferEncoding: "bad-transfer-encoding"
        case .repeatedTransferEncoding: "repeated-transfer-encoding"
        case .unknownTransferCoding: "transfer-coding"
        case .badConnection: "bad-connection"
        case .connectionNamesProtectedField: "connection-names-protected-field"
        case .tooManyConnectionOptions: "too-many-connection-options"
        case .badMaxForwards: "bad-max-forwards"
        case .unaskedUpgrade: "unasked-upgrade"
        case .tooManyInformational: "too-many-informational"
        case .badEscape: "bad-escape"
        case .escapedNUL: "escaped-nul"
        case .escapedDotSegment: "escaped-dot-segment"
        case .badChunkSize: "bad-chunk-size"
        case .chunkSizeOverflow: "chunk-size-overflow"
        case .chunkExtensionTooLong: "chunk-extension-too-long"
        case .badChunkExtension: "bad-chunk-extension"
        case .chunkDataNotEnded: "chunk-data-not-ended"
        default: "unknown"
        }
    }
}
