"""What members say: what voids a statement, and what one does (governance.md §§2, 3, 6, 8)."""

from dataclasses import replace

import emergency
import keepers
from canonical import digest
from case import Case, Void, need
from claims import withdraw
from planning import Refused, plan
from state import DAY, Ballot, Proposal

KEYS_MAX = 8


def take(state, entry, head_in_log):
    """Applies a statement to the state, or raises Void."""
    case = Case(state, entry, head_in_log)
    check_common(case)
    recoveries = [one.number for one in state.active() if one.recovers() == case.by]
    ACTS[case.act](case)
    for number in recoveries:                               # §6
        if not state.proposals[number].is_over():
            withdraw(state, state.proposals[number])
    day = case.t // DAY
    before = case.member.statements if case.member.day == day else 0
    state.change(case.member, day=day, statements=before + 1)
    state.seen[case.hash] = case.stmt["until"]


def check_common(case):
    state, stmt = case.state, case.stmt
    need(stmt["log"] == state.origin, "wrong-log")
    need(case.t <= stmt["until"], "expired")
    need(stmt["until"] <= case.t + case.limits["statementValidity"], "until-too-far")
    need(case.hash not in state.seen, "duplicate")
    need(case.by in state.members, "unknown-member")
    need(case.member.left is None, "no-longer-a-member")
    key = case.signer(case.sig)
    need(key is not None, "bad-signature")
    need(case.cosig is None or case.signer(case.cosig) is not None, "bad-signature")
    need(key in case.member.lines(), "key-not-in-force")
    need(case.act == "join" or case.member.joined is not None, "not-joined")
    need(case.member.day != case.t // DAY
         or case.member.statements < case.limits["statementsPerDay"], "too-many-statements")


# Members and keys

def join(case):
    state = case.state
    need(case.member.joined is None and case.by not in state.waiting, "already-joined")
    need(case.stmt["digest"] == state.constitution["digest"], "wrong-digest")
    state.change(case.member, joined=case.t, elector_from=case.t)
    ever = sum(member.joined is not None for member in state.members.values())
    state.begun = state.begun or ever >= min(3, state.constitution["founders"])


def leave(case):
    case.state.change(case.member, left=case.t)


def enrol(case):
    line = case.stmt["key"]
    need(case.cosig is not None and case.signer(case.cosig) == line, "missing-cosignature")
    need(line not in case.state.keys_ever, "key-in-use")
    need(len(case.member.keys) < KEYS_MAX, "too-many-keys")
    case.state.change(case.member, keys=case.member.keys + ((line, case.t),))
    case.state.keys_ever.add(line)


def retire(case):
    line, stolen = case.stmt["key"], "stolen" in case.stmt
    need(line in case.member.lines(), "unknown-key")
    need(stolen or len(case.member.keys) > 1, "last-key")
    keys = tuple(row for row in case.member.keys if row[0] != line)
    case.state.change(case.member, keys=keys, retired=case.member.retired + (line,))
    if stolen:
        for proposal in case.state.with_status("voting"):
            ballots = dict(proposal.vote.ballots)
            left = {member: ballot for member, ballot in ballots.items() if ballot.key != line}
            if left != ballots:
                count_anew(case, proposal, left)


# Proposals

def propose(case):
    state, stmt = case.state, case.stmt
    need(state.begun, "not-begun")
    payload = digest(stmt["operations"])
    need(not is_rejected(case, payload), "rejected-recently")
    before = refiled(case, payload)
    proposal = Proposal(
        number=len(state.proposals) + 1, by=case.by, index=state.entries, proposed=case.t,
        statement=case.hash, payload=payload, operations=stmt["operations"],
        reason=stmt.get("reason"), start=case.t, sponsors=(case.by,), last_sponsor_at=case.t,
        refiles=stmt.get("refiles"))
    need(proposal.needs_no_room() or has_room_to_discuss(case), "too-many-proposals")
    need_plan(case, proposal)
    if before is not None:
        carried = tuple(number for number in before.sponsors
                        if number != case.by and state.is_member(number))
        proposal = replace(proposal, sponsors=(case.by,) + carried)
        state.seal(state.change(before, refiled=True))
    state.put(proposal)


def is_rejected(case, payload):
    return case.t < case.state.rejected.get(payload, case.t)


def refiled(case, payload):
    """The stale proposal that a new one links to."""
    if "refiles" not in case.stmt:
        return None
    before = case.state.proposals.get(case.stmt["refiles"])
    need(before is not None and before.by == case.by and before.status == "stale"
         and before.payload == payload and not before.refiled, "not-refilable")
    return before


def has_room_to_discuss(case):
    own = [one for one in case.state.with_status("discussion")
           if one.by == case.by and not one.needs_no_room()]
    return len(own) < case.limits["discussionPerMember"]


def need_plan(case, proposal):
    try:
        plan(case.state, proposal.operations, proposal.number, asked_at=case.t)
    except Refused:
        raise Void("plan-refused") from None


def need_discussion(proposal):
    need(proposal.status == "discussion", "not-in-discussion")


def revise(case):
    before = case.proposal()
    need_discussion(before)
    need(before.by == case.by, "not-the-proposer")
    payload = digest(case.stmt["operations"])
    need(not is_rejected(case, payload), "rejected-recently")
    after = replace(
        before, revision=before.revision + 1, statement=case.hash, payload=payload,
        operations=case.stmt["operations"], reason=case.stmt.get("reason"),
        last_sponsor_at=case.t)
    if payload != before.payload:
        after = replace(after, sponsors=(case.by,), start=case.t)
    need_plan(case, after)
    case.state.put(after)


def sponsor(case):
    proposal = case.proposal()
    need_discussion(proposal)
    need(case.stmt["payload"] == proposal.payload, "wrong-payload")
    need(case.by not in proposal.sponsors, "already-sponsored")
    case.state.change(proposal, sponsors=proposal.sponsors + (case.by,), last_sponsor_at=case.t)


def take_back(case):
    proposal = case.proposal()
    need(not proposal.is_over(), "proposal-over")
    need(proposal.by == case.by, "not-the-proposer")
    withdraw(case.state, proposal)


def remark(case):
    proposal = case.proposal()
    need(not proposal.is_over(), "proposal-over")
    remarks = dict(proposal.remarks)
    remarks[case.by] = remarks.get(case.by, 0) + 1
    need(remarks[case.by] <= case.limits["remarksPerMember"], "too-many-remarks")
    case.state.change(proposal, remarks=tuple(sorted(remarks.items())))


# Ballots (§3)

def ballot(case):
    stmt = case.stmt
    proposal = vote_named(case)
    need(proposal.status == "voting", "voting-closed")
    need(case.by in proposal.vote.electorate, "not-an-elector")
    need(proposal.operations[0] != {"op": "expel", "member": case.by}, "subject")
    ballots = dict(proposal.vote.ballots)
    before = ballots.get(case.by)
    need(stmt.get("replaces") == (before and before.statement), "wrong-replaces")
    count = before.count if before else 0
    need(count < case.limits["ballotsPerElector"], "too-many-ballots")
    need(case.head_in_log, "head-not-in-log")
    key = case.signer(case.sig)
    ballots[case.by] = Ballot(case.hash, stmt["choice"], count + 1, key)
    count_anew(case, proposal, ballots)


def vote_named(case):
    for proposal in case.state.proposals.values():
        if proposal.vote is not None and proposal.vote.leaf == case.stmt["open"]:
            return proposal
    raise Void("unknown-open")


def count_anew(case, proposal, ballots):
    """Puts other ballots in force, and sees to unanimity and late swing."""
    before = proposal.vote
    vote = before.with_ballots(ballots)
    if vote.all_yes():
        if vote.unanimity:
            vote = replace(vote, unanimous_at=case.t)
    elif (vote.carries() != before.carries() and case.t >= vote.closes - vote.swing
          and not vote.extended and vote.swung_at is None):
        vote = replace(vote, swung_at=case.t)
    case.state.change(proposal, vote=vote)


ACTS = {
    "join": join, "leave": leave, "key": enrol, "retire": retire, "propose": propose,
    "revise": revise, "sponsor": sponsor, "withdraw": take_back, "remark": remark,
    "ballot": ballot, "endpoints": keepers.give_endpoints, "undo": keepers.undo,
    "emergency": emergency.take,
}
