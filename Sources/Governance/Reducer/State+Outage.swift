import Routing

/// An outage: so long nothing was logged that nobody could vote.
enum Outage {
    /// Gaps of more heartbeats than this are one.
    static let heartbeats: Int64 = 3

    /// What outages add to a proposal's deadlines in all, of its voting period P: P / this.
    static let partOfPeriod: Int64 = 2
}

extension State {
    /// How long nothing was logged before an entry at `t`; 0 unless that is an outage.
    func outage(before t: Int64) -> Int64 {
        guard t > self.t, let charter else { return outage }
        let gap = t - self.t
        return gap > Outage.heartbeats * charter.heartbeat.milliseconds ? gap : 0
    }

    /// How much longer what carried may still be enacted, as an entry at `t` finds it.
    func grace(_ closing: Closing, _ vote: Vote, at t: Int64) -> Int64 {
        t > self.t ? closing.grace + extra(for: vote, after: outage(before: t)) : closing.grace
    }

    /// When an open vote closes, as an entry at `t` finds it.
    func closes(_ vote: Vote, at t: Int64) -> Int64 {
        t > self.t ? vote.closes + extra(for: vote, after: outage(before: t)) : vote.closes
    }

    /// What an outage adds to a vote.
    private func extra(for vote: Vote, after outage: Int64) -> Int64 {
        max(0, min(outage, vote.period / Outage.partOfPeriod - vote.outage))
    }

    /// Lets time go on to the entry that is judged next: the ends of open votes and of the time to
    /// enact what carried move by an outage.
    mutating func passTime(to later: Int64) {
        outage = outage(before: later)
        t = later
        guard outage > 0 else { return }
        for number in active {
            switch proposals[number - 1].phase {
            case .voting(var vote):
                let extra = extra(for: vote, after: outage)
                vote.closes += extra
                vote.outage += extra
                proposals[number - 1].phase = .voting(vote)
            case .queued(var vote, var closing):
                let extra = extra(for: vote, after: outage)
                closing.grace += extra
                vote.outage += extra
                proposals[number - 1].phase = .queued(vote, closing)
            case .discussion, .ended: continue
            }
        }
        quietBound = earliestInstant(at: later)
    }
}
