import Council
import Foundation
import Routing
import Store
import TransparencyLog

// The program that StoreTests kill, trace and take the disk away from.
//
//   StoreWriter FOLDER append BATCHES SIZE   appends, and says `ack COUNT` after each batch
//   StoreWriter FOLDER count                 says `count COUNT` and kills itself
//
// It ends with 0, or with 70 after `unknown`, 71 after `refused` and 72 after `closed`, whose lines
// say on standard output what happened.

func say(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

func entry(_ index: Int) -> JournalEntry {
    let octets = Array("entry \(index) ".utf8) + [UInt8](repeating: 0x2E, count: 680)
    return JournalEntry(
        index: index, octets: octets, leafHash: .leaf(octets),
        statementHash: ContentDigest(of: octets))
}

func append(to journal: SQLiteJournal, batches: Int, size: Int) throws(JournalError) {
    for _ in 0..<batches {
        let first = try journal.count()
        try journal.append((first..<first + size).map(entry))
        say("ack \(first + size)")
    }
}

let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.dropFirst(2).compactMap { Int($0) }
do throws(StoreError) {
    let store = try Store(path: arguments.first ?? "")
    do throws(JournalError) {
        if numbers.count == 2 {
            try append(to: store.journal, batches: numbers[0], size: numbers[1])
        } else {
            say("count \(try store.journal.count())")
            kill(getpid(), SIGKILL)
        }
    } catch .outcomeUnknown(let fault) {
        say("unknown \(fault)")
        exit(70)
    } catch {
        say("refused \(error)")
        exit(71)
    }
} catch {
    say("closed \(error)")
    exit(72)
}
