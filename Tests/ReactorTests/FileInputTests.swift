import Foundation
import Glibc
import Reactor
import Testing

@Suite("Reading what comes")
struct FileInputTests {
    @Test func `pieces come as they are written, then the end`() throws {
        let pipe = Foundation.Pipe()
        let end = pipe.fileHandleForReading.fileDescriptor
        for piece in ["one", "two and more"] {
            pipe.fileHandleForWriting.write(Data(piece.utf8))
            #expect(try FileInput.next(from: end) == Array(piece.utf8))
        }
        pipe.fileHandleForWriting.write(Data("abcde".utf8))
        #expect(try FileInput.next(from: end, most: 3) == Array("abc".utf8))
        #expect(try FileInput.next(from: end, most: 3) == Array("de".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try FileInput.next(from: end).isEmpty)
    }

    @Test func `a descriptor that is not open is an error`() {
        #expect(throws: SystemError.self) { try FileInput.next(from: -1) }
    }

    /// The handler is set without SA_RESTART, so that the kernel does end the reading for each.
    @Test func `a signal does not end the waiting`() async {
        var action = sigaction()
        unsafe action.__sigaction_handler.sa_handler = { _ in }
        let isSet = unsafe sigaction(SIGUSR2, &action, nil)
        #expect(isSet == 0)
        let pipe = Foundation.Pipe()
        let end = pipe.fileHandleForReading.fileDescriptor
        let (readers, reader) = AsyncStream.makeStream(of: pthread_t.self)
        let (answers, answer) = AsyncStream.makeStream(of: [UInt8]?.self)
        Thread.detachNewThread {
            // Threads of tests take no signals, and this one has that from them.
            var signals = sigset_t()
            unsafe sigaddset(&signals, SIGUSR2)
            unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
            reader.yield(pthread_self())
            answer.yield(try? FileInput.next(from: end))
        }
        for await thread in readers {
            // So many that it waits in the kernel when some of them come.
            for _ in 0..<5_000 {
                #expect(pthread_kill(thread, SIGUSR2) == 0)
                sched_yield()
            }
            break
        }
        pipe.fileHandleForWriting.write(Data("still there".utf8))
        for await octets in answers {
            #expect(octets == Array("still there".utf8))
            break
        }
    }
}
