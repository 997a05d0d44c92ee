import CanonicalJSON
import Routing

extension Proposal {
    /// Reads a proposal back, with its operations.
    ///
    /// What it would change is planned again by the state that it becomes a part of.
    init(restoring value: JSONValue, at pointer: String) throws(FormatFault) {
        var reader = try ObjectReader(value, at: pointer)
        number = try reader.int("number")
        by = try reader.int("by")
        index = try reader.int("index")
        proposed = try reader.milliseconds("proposed")
        refiles = try reader.optionalInteger("refiles").map { Int($0) }
        isRefiled = try reader.optionalBool("refiled") ?? false
        revision = try reader.int("revision")
        statement = try reader.digest("statement")
        start = try reader.milliseconds("start")
        sponsors = try SnapshotValues.numbers(try reader.value("sponsors"), at: pointer)
        lastSponsorAt = try reader.milliseconds("lastSponsorAt")
        voidVote = try reader.optionalInteger("voidVote").map { Int($0) }
        for row in try reader.list("remarks") {
            let pair = try SnapshotValues.numbers(row, at: "\(pointer)/remarks")
            guard pair.count == 2 else { throw reader.fault("remarks", "expected pairs") }
            remarks[pair[0]] = pair[1]
        }
        let payload = try reader.digest("payload")
        proposing = try Proposing(restoring: &reader)
        guard proposing.payload == payload else {
            throw reader.fault("operations", "not those of the payload")
        }
        phase = try Phase(restoring: &reader)
        try reader.finish()
        standing = .refused("not planned yet")
        seal = nil
        if case .ended = phase { seal = summaryDigest }
    }
}

extension Proposing {
    fileprivate init(restoring reader: inout ObjectReader) throws(FormatFault) {
        let operations = try reader.value("operations")
        let lone = operations.array.flatMap { $0.count == 1 ? $0[0] : nil }
        if lone?["op"]?.string == "confirm", let overlay = lone?["overlay"]?.integer {
            self.init(confirming: Int(overlay))
            return
        }
        try self.init(operations: operations, reason: try reader.optionalDigest("reason"), &reader)
    }
}

extension Proposal.Phase {
    fileprivate init(restoring reader: inout ObjectReader) throws(FormatFault) {
        let word = try reader.string("status")
        guard let status = ProposalStatus(rawValue: word) else {
            throw reader.fault("status", "\"\(word)\" is none")
        }
        var vote: Vote?
        if reader.has("vote") {
            var object = try reader.object("vote")
            vote = try Vote(restoring: &object)
            try object.finish()
        }
        var closing: Closing?
        if reader.has("closing") {
            var object = try reader.object("closing")
            closing = try Closing(restoring: &object)
            try object.finish()
        }
        switch (status, vote, closing) {
        case (.discussion, nil, nil): self = .discussion
        case (.voting, let vote?, nil): self = .voting(vote)
        case (.queued, let vote?, let closing?): self = .queued(vote, closing)
        case (.discussion, _, _), (.voting, _, _), (.queued, _, _):
            throw reader.fault("status", "does not go with vote and closing")
        default:
            var ended = try reader.object("ended")
            let ending = Ending(
                status: status, index: try ended.int("index"), t: try ended.milliseconds("t"))
            try ended.finish()
            self = .ended(vote, closing, ending)
        }
    }
}

extension Closing {
    fileprivate init(restoring reader: inout ObjectReader) throws(FormatFault) {
        index = try reader.int("index")
        t = try reader.milliseconds("t")
        let word = try reader.string("outcome")
        guard let outcome = Outcome(rawValue: word) else {
            throw reader.fault("outcome", "\"\(word)\" is none")
        }
        self.outcome = outcome
        enactDue = try reader.optionalInteger("enactDue") ?? t
        grace = try reader.optionalInteger("grace") ?? 0
    }
}

extension Vote {
    fileprivate init(restoring reader: inout ObjectReader) throws(FormatFault) {
        leaf = try reader.digest("leaf")
        index = try reader.int("index")
        opened = try reader.milliseconds("opened")
        period = try reader.milliseconds("period")
        closes = try reader.milliseconds("closes")
        let word = try reader.string("class")
        guard let changeClass = ChangeClass(rawValue: word) else {
            throw reader.fault("class", "\"\(word)\" is none")
        }
        self.changeClass = changeClass
        effect = try reader.digest("effect")
        electors = try reader.int("electors")
        electorate = try SnapshotValues.numbers(
            try reader.value("electorate"), at: reader.pointer)
        quorum = try reader.int("quorum")
        margin = try reader.int("margin")
        delay = try reader.milliseconds("delay")
        applyBy = try reader.milliseconds("applyBy")
        swing = try reader.milliseconds("swing")
        swungAt = try reader.optionalInteger("swungAt")
        isExtended = try reader.optionalBool("extended") ?? false
        outage = try reader.milliseconds("outage")
        closesWhenUnanimous = try reader.optionalBool("unanimity") ?? false
        unanimousAt = try reader.optionalInteger("unanimousAt")
        let counts = try SnapshotValues.numbers(try reader.value("tally"), at: reader.pointer)
        guard counts.count == 3 else { throw reader.fault("tally", "expected three numbers") }
        tally = Tally(yes: counts[0], no: counts[1], abstain: counts[2])
        let pointer = "\(reader.pointer)/ballots"
        for row in try reader.list("ballots") {
            let cells = try SnapshotValues.elements(row, 5, at: pointer)
            guard let choice = cells[2].string.flatMap(Choice.init(rawValue:)) else {
                throw FormatFault(pointer: pointer, reason: "expected yes, no or abstain")
            }
            let member = try SnapshotValues.number(cells[0], at: pointer)
            ballots[member] = CastBallot(
                by: member, statement: try SnapshotValues.digest(cells[1], at: pointer),
                choice: choice,
                key: try SnapshotValues.key(cells[4], at: pointer),
                count: try SnapshotValues.number(cells[3], at: pointer))
        }
    }
}
