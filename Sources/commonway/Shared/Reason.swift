import Foundation
import NIOCore
import NIOPosix

/// Errors of libraries in the fewest words that tell a person what is wrong.
enum Reason {
    /// What is wrong: the system's words where there is an errno, the library's otherwise.
    static func text(_ error: any Error) -> String {
        if let failed = error as? NIOConnectionError {
            if let name = failed.dnsAError ?? failed.dnsAAAAError { return "no such host: \(name)" }
            if let first = failed.connectionErrors.first { return text(first.error) }
        }
        if let io = error as? IOError { return system(Int(io.errnoCode)) }
        let cocoa = error as NSError
        if cocoa.domain == NSPOSIXErrorDomain { return system(cocoa.code) }
        if let cause = cocoa.userInfo[NSUnderlyingErrorKey] as? NSError,
            cause.domain == NSPOSIXErrorDomain
        {
            return system(cause.code)
        }
        return cocoa.domain == NSCocoaErrorDomain ? cocoa.localizedDescription : "\(error)"
    }

    /// The system's words for an errno, without the frame that Foundation puts around them.
    private static func system(_ code: Int) -> String {
        let words = NSError(domain: NSPOSIXErrorDomain, code: code).localizedDescription
        let frame = "The operation could not be completed. "
        return words.hasPrefix(frame) ? String(words.dropFirst(frame.count)) : words
    }
}
