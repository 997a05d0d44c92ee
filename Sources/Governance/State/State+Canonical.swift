import CanonicalJSON
package import Routing
import SSHSignature

extension State {
    /// SHA-256 of ``canonicalOctets``: what a `state` entry claims.
    ///
    /// - Complexity: O(members + documents + proposals not over); O(1) after ``keepDigest()``.
    package var digest: ContentDigest {
        if let keptDigest, keptDigest.entries == entries { return keptDigest.digest }
        return ContentDigest(of: canonicalOctets)
    }

    /// How many entries a council puts between two `state` entries: 1,000, and more where a digest
    /// covers much, so that these entries stay a small part of what it costs to take all in.
    ///
    /// - Complexity: O(proposals not over).
    package var stateInterval: Int {
        let ballots = active.reduce(0) { $0 + (proposals[$1 - 1].vote?.ballots.count ?? 0) }
        let covered =
            members.count + documents.documents.count + footprints.count + ballots + seen.count
        return max(Self.stateIntervalMin, covered / Self.coveredPerEntry)
    }

    private static let stateIntervalMin = 1_000
    /// To take an entry in costs its readers about 100 µs, to cover one thing 0.3 µs for a ballot
    /// or a statement and 3 µs for a member: so at most about a quarter as much again.
    private static let coveredPerEntry = 8

    /// Works the digest out for all who ask for it before the next entry.
    package mutating func keepDigest() { keptDigest = (entries, digest) }

    /// Everything that decides what later entries do, as canonical JSON; proposals that are over
    /// and documents are there as digests, so that a `state` entry stays cheap however long the log
    /// is.
    package var canonicalOctets: [UInt8] {
        var writer = CanonicalWriter()
        write(to: &writer)
        return writer.octets
    }

    /// Writes what ``canonicalOctets`` are.
    func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
            writeAssembly(to: &writer)
            writeMembership(to: &writer)
            writeRest(to: &writer)
        }
    }

    /// `active` to `logKeys`.
    private func writeAssembly(to writer: inout CanonicalWriter) {
        writer.name("active")
        writer.array(of: active) { proposals[$1 - 1].write(to: &$0, isFull: true) }
        writer.name("admissions")
        writer.array(of: admissions) { writer, admission in
            writer.array {
                $0.integer(admission.t)
                $0.integer(admission.count)
            }
        }
        writer.name("begun")
        writer.bool(hasBegun)
        if let charter {
            writer.name("charter")
            writer.value(charter.value)
        }
        if let constitution {
            writer.name("constitution")
            writer.object { constitution.write(to: &$0) }
        }
        writer.name("documents")
        writer.digest(documentsDigest)
        overlays.writeEmergencies(to: &writer)
        writer.name("entries")
        writer.integer(entries)
        writer.name("footprints")
        writer.array { for footprint in footprints { $0.written(footprint.octets[...]) } }
        writer.name("history")
        writer.digest(historyDigest)
        writer.name("logKey")
        writer.string(logKey)
        writer.name("logKeys")
        writer.array(of: formerLogKeys) { $0.string($1) }
    }

    /// `members` to `rejected`.
    private func writeMembership(to writer: inout CanonicalWriter) {
        writer.name("members")
        writer.array(of: members) { $1.write(to: &$0) }
        writer.name("origin")
        writer.string(origin)
        overlays.writeOverlays(to: &writer)
        overlays.writePast(to: &writer)
        writer.name("proposals")
        writer.integer(proposals.count)
        overlays.writeRefusals(to: &writer)
        writer.name("rejected")
        writer.array(of: rejected.sorted { $0.key < $1.key }) { writer, rejection in
            writer.array {
                $0.digest(rejection.key)
                $0.integer(rejection.value)
            }
        }
    }

    /// `seen` to `waitingSince`.
    private func writeRest(to writer: inout CanonicalWriter) {
        writer.name("seen")
        writer.array(of: seen.sorted) { writer, statement in
            writer.array {
                $0.digest(statement.hash)
                $0.integer(statement.until)
            }
        }
        overlays.writeStewards(to: &writer)
        if let succession {
            writer.name("succession")
            writer.array(of: succession.members) { $0.integer($1) }
        }
        overlays.writeSuspended(to: &writer)
        writer.name("t")
        writer.integer(t)
        overlays.writeUndoing(to: &writer)
        writer.name("voids")
        writer.integer(voids)
        writer.name("waiting")
        writer.array(of: waiting) { $0.integer($1) }
        if !waiting.isEmpty {
            writer.name("waitingSince")
            writer.integer(waitingSince)
        }
    }

    /// SHA-256 over the digests of the proposals that are over.
    private var historyDigest: ContentDigest {
        ContentDigest(of: proposals.flatMap { $0.seal?.octets ?? [] })
    }

    /// SHA-256 over the documents in force and where each came from.
    private var documentsDigest: ContentDigest {
        var writer = CanonicalWriter()
        documents.writeRows(to: &writer)
        return ContentDigest(of: writer.octets)
    }
}

extension State.Constitution {
    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.name("digest")
        writer.digest(digest)
        writer.name("founders")
        writer.integer(founders)
        writer.name("leaf")
        writer.digest(leaf)
    }
}

extension State.Footprint {
    /// The footprint as the state's digest covers it.
    static func octets(
        _ proposal: Int, _ t: Int64, _ before: [(key: DocumentKey, document: ProposedDocument?)]
    ) -> [UInt8] {
        var writer = CanonicalWriter()
        writer.object { writer in
            writer.name("before")
            writer.array(of: before) { writer, change in
                writer.array {
                    $0.string(change.key.text)
                    if let document = change.document {
                        $0.digest(document.digest)
                    } else {
                        $0.string("")
                    }
                }
            }
            writer.name("proposal")
            writer.integer(proposal)
            writer.name("t")
            writer.integer(t)
        }
        return writer.octets
    }
}

extension Member {
    /// The member as the state's digest covers them.
    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
            writer.name("day")
            writer.integer(day)
            writer.optional("electorFrom", electorFrom)
            writer.flag("expelled", expelled)
            writer.name("handle")
            writer.digest(handle)
            writer.optional("joined", joined)
            writer.name("keys")
            writer.array(of: keys) { writer, enrolled in
                writer.object {
                    $0.name("from")
                    $0.integer(enrolled.from)
                    $0.name("key")
                    $0.string(plain: enrolled.key.openSSHOctets)
                }
            }
            writer.optional("left", left)
            writer.name("number")
            writer.integer(number)
            writer.name("retired")
            writer.array(of: retired) { $0.string(plain: $1.openSSHOctets) }
            writer.name("statements")
            writer.integer(statementsThatDay)
        }
    }
}

extension CanonicalWriter {
    /// Writes a member that may be absent.
    mutating func optional(_ name: String, _ integer: Int64?) {
        guard let integer else { return }
        self.name(name)
        self.integer(integer)
    }

    /// Writes a member that may be absent.
    mutating func optional(_ name: String, _ number: Int?) {
        optional(name, number.map { Int64($0) })
    }

    /// Writes a member that is absent unless it is `true`.
    mutating func flag(_ name: String, _ flag: Bool) {
        guard flag else { return }
        self.name(name)
        bool(true)
    }
}
