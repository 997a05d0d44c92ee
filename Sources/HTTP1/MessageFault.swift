/// What can be wrong with a message: one case for each refusal of reference/http.md.
@usableFromInline package enum MessageFault: UInt8, CaseIterable, Sendable {
    // The start line.
    case controlOctet, bareLF, bareCR, nul
    case badMethod, extraSpace, incompleteRequestLine, badTarget, fragment, userinfo
    case asteriskForm, connect, badVersion, unsupportedVersion
    case badStatusLine, badStatus
    // Field lines.
    case spaceBeforeFirstField, obsFold, spaceBeforeColon, emptyFieldName, badFieldName
    case missingColon
    // Sizes.
    case requestLineTooLong, headTooLarge, tooManyFields, bodyTooLarge
    // Host.
    case missingHost, repeatedHost, badHost
    // Framing.
    case badContentLength, contentLengthOverflow, repeatedContentLength
    case transferEncodingWithContentLength, transferEncodingInHTTP10
    case badTransferEncoding, repeatedTransferEncoding, unknownTransferCoding
    // Other fields that the gateway acts on.
    case badConnection, connectionNamesProtectedField, tooManyConnectionOptions
    case badMaxForwards, unaskedUpgrade, tooManyInformational
    // The path.
    case badEscape, escapedNUL, escapedDotSegment
    // The chunked coding.
    case badChunkSize, chunkSizeOverflow, chunkExtensionTooLong, badChunkExtension
    case chunkDataNotEnded
}

extension MessageFault {
    /// The status that a client's message with this fault is answered with.
    @usableFromInline package var status: Int {
        switch self {
        case .connect: 405
        case .bodyTooLarge: 413
        case .requestLineTooLong: 414
        case .headTooLarge, .tooManyFields: 431
        case .unknownTransferCoding: 501
        case .unsupportedVersion: 505
        default: 400
        }
    }
}
