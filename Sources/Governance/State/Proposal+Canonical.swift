import CanonicalJSON
import Routing
import SSHSignature

extension Proposal {
    /// The digest of all but the operations, which the payload's digest stands for.
    var summaryDigest: ContentDigest {
        var writer = CanonicalWriter()
        write(to: &writer, isFull: false)
        return ContentDigest(of: writer.octets)
    }

    /// Writes the proposal as the state's digest covers it.
    ///
    /// - Parameter isFull: With its operations.
    func write(to writer: inout CanonicalWriter, isFull: Bool) {
        writer.object { writer in
            writer.name("by")
            writer.integer(by)
            if let closing {
                writer.name("closing")
                closing.write(to: &writer)
            }
            if case .ended(_, _, let ending) = phase {
                writer.name("ended")
                writer.object {
                    $0.name("index")
                    $0.integer(ending.index)
                    $0.name("t")
                    $0.integer(ending.t)
                }
            }
            writer.name("index")
            writer.integer(index)
            writer.name("lastSponsorAt")
            writer.integer(lastSponsorAt)
            writer.name("number")
            writer.integer(number)
            writeAsked(to: &writer, isFull: isFull)
            writeDiscussion(to: &writer)
        }
    }

    /// `operations` to `refiles`.
    private func writeAsked(to writer: inout CanonicalWriter, isFull: Bool) {
        if isFull {
            writer.name("operations")
            writer.value(proposing.content.value)
        }
        writer.name("payload")
        writer.digest(proposing.payload)
        writer.name("proposed")
        writer.integer(proposed)
        if let reason = proposing.reason {
            writer.name("reason")
            writer.digest(reason)
        }
        writer.flag("refiled", isRefiled)
        writer.optional("refiles", refiles)
    }

    /// `remarks` to `vote`.
    private func writeDiscussion(to writer: inout CanonicalWriter) {
        writer.name("remarks")
        writer.array(of: remarks.sorted { $0.key < $1.key }) { writer, remarks in
            writer.array {
                $0.integer(remarks.key)
                $0.integer(remarks.value)
            }
        }
        writer.name("revision")
        writer.integer(revision)
        writer.name("sponsors")
        writer.array(of: sponsors) { $0.integer($1) }
        writer.name("start")
        writer.integer(start)
        writer.name("statement")
        writer.digest(statement)
        writer.name("status")
        writer.string(status.rawValue)
        writer.optional("voidVote", voidVote)
        if let vote {
            writer.name("vote")
            vote.write(to: &writer)
        }
    }
}

extension Closing {
    /// The close as the state's digest covers it.
    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
            if outcome == .passed {
                writer.name("enactDue")
                writer.integer(enactDue)
                writer.name("grace")
                writer.integer(grace)
            }
            writer.name("index")
            writer.integer(index)
            writer.name("outcome")
            writer.string(outcome.rawValue)
            writer.name("t")
            writer.integer(t)
        }
    }
}

extension Vote.CastBallot {
    /// An elector's ballot as the state's digest covers it.
    static func octets(
        _ member: Int, _ statement: ContentDigest, _ choice: Choice, _ key: PublicKey, _ count: Int
    ) -> [UInt8] {
        var writer = CanonicalWriter()
        writer.array {
            $0.integer(member)
            $0.digest(statement)
            $0.string(choice.rawValue)
            $0.integer(count)
            $0.string(plain: key.openSSHOctets)
        }
        return writer.octets
    }
}

extension Vote {
    /// The vote as the state's digest covers it.
    fileprivate func write(to writer: inout CanonicalWriter) {
        writer.object { writer in
            writeBallots(to: &writer)
            writeTerms(to: &writer)
            writeCourse(to: &writer)
        }
    }

    /// `applyBy` to `ballots`.
    private func writeBallots(to writer: inout CanonicalWriter) {
        writer.name("applyBy")
        writer.integer(applyBy)
        writer.name("ballots")
        // By their electors: to sort the ballots themselves would copy them.
        writer.array(of: ballots.keys.sorted()) { writer, elector in
            if let octets = ballots[elector]?.octets { writer.written(octets[...]) }
        }
    }

    /// `class` to `margin`.
    private func writeTerms(to writer: inout CanonicalWriter) {
        writer.name("class")
        writer.string(changeClass.rawValue)
        writer.name("closes")
        writer.integer(closes)
        writer.name("delay")
        writer.integer(delay)
        writer.name("effect")
        writer.digest(effect)
        writer.name("electorate")
        writer.array(of: electorate) { $0.integer($1) }
        writer.name("electors")
        writer.integer(electors)
        writer.flag("extended", isExtended)
        writer.name("index")
        writer.integer(index)
        writer.name("leaf")
        writer.digest(leaf)
        writer.name("margin")
        writer.integer(margin)
    }

    /// `opened` to `unanimousAt`.
    private func writeCourse(to writer: inout CanonicalWriter) {
        writer.name("opened")
        writer.integer(opened)
        writer.name("outage")
        writer.integer(outage)
        writer.name("period")
        writer.integer(period)
        writer.name("quorum")
        writer.integer(quorum)
        writer.name("swing")
        writer.integer(swing)
        writer.optional("swungAt", swungAt)
        writer.name("tally")
        writer.array {
            $0.integer(tally.yes)
            $0.integer(tally.no)
            $0.integer(tally.abstain)
        }
        writer.flag("unanimity", closesWhenUnanimous)
        writer.optional("unanimousAt", unanimousAt)
    }
}
