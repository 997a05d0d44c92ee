"""What is due at an entry's t (governance §§3, 5, 7, 10)."""

from dataclasses import dataclass

from planning import Refused, plan

KINDS = ["admit", "open", "extend", "close", "enact", "expire", "lift"]


@dataclass(frozen=True, order=True)
class Due:
    instant: int
    proposal: int       # 0 for the admission of those who wait and the end of an overlay
    rank: int           # of KINDS
    overlay: int = 0    # its index

    @property
    def kind(self):
        return KINDS[self.rank]


def first_due(state, t):
    """The first of what is due, or None."""
    every = [admission(state), *lifts(state)]
    for proposal in state.active():
        for kind, instant in instants(state, proposal, t).items():
            every.append(Due(instant, proposal.number, KINDS.index(kind)))
    return min((one for one in every if one is not None and one.instant <= t), default=None)


def lifts(state):
    """§10: the overlays that have an end."""
    return [Due(overlay.until, 0, KINDS.index("lift"), overlay.index)
            for overlay in state.overlays.values() if overlay.until is not None]


def instants(state, proposal, t):
    if proposal.status == "discussion":
        expires = proposal.last_sponsor_at + state.charter["limits"]["discussionExpires"]
        return {"expire": expires} | opening(state, proposal, t)
    if proposal.status == "voting":
        vote = proposal.vote
        closes = vote.closes if vote.unanimous_at is None else vote.unanimous_at
        swung = {} if vote.swung_at is None else {"extend": vote.swung_at}
        return swung | {"close": closes}
    return {} if is_held(state, proposal) else {"enact": proposal.closing.enact_due}


def is_held(state, target):
    """§3, Void: its enactment is not due while a void of it is voted on or queued."""
    void = state.proposals.get(target.void_vote)
    return void is not None and void.status in ("voting", "queued")


def opening(state, proposal, t):
    """§3, Discussion → open: its instant when it can open on this day, else nothing."""
    try:
        planned = plan(state, proposal.operations, proposal.number)
    except Refused:
        return {}
    if proposal.op() == "confirm":      # §10: no discussion, no more sponsors, no room
        return {"open": proposal.start}
    n = len(state.electors(t))
    admits = any(operation["op"] == "admit" for operation in proposal.operations)
    if len(proposal.sponsors) < state.charter.sponsors_needed(n, admits):
        return {}
    if not has_room(state, proposal):
        return {}
    least = discussion(state, proposal, planned.of_class)
    return {"open": max(proposal.start + least, proposal.last_sponsor_at)}


def discussion(state, proposal, of_class):
    """§3, D."""
    if proposal.op() in ("void", "revert"):
        return 0
    least = state.charter["classes"][of_class]["discussion"]
    return max(least, state.charter["expulsion"]["reply"]) if proposal.op() == "expel" else least


def has_room(state, proposal):
    if proposal.needs_no_room():
        return True
    limits = state.charter["limits"]
    votes = [one for one in state.with_status("voting") if not one.needs_no_room()]
    own = [one for one in votes if one.by == proposal.by]
    return len(own) < limits["votingPerMember"] and len(votes) < limits["openVotes"]


# Admission (§7)

def admitted_within(state, t):
    """How many were admitted less than a period before t."""
    period = state.charter["admission"]["period"]
    return sum(count for a, count in state.admissions if a + period > t)


def cap(state, t):
    """Of those who are members without the admissions that are counted."""
    members = sum(state.is_member(number) for number in state.members)
    return state.charter.admission_cap(max(0, members - admitted_within(state, t)))


def admission(state):
    if not state.waiting:
        return None
    since = state.waiting_since
    period = state.charter["admission"]["period"]
    candidates = sorted({since} | {a + period for a, _ in state.admissions})
    for instant in candidates:
        if admitted_within(state, instant) < cap(state, instant):
            return Due(instant, 0, KINDS.index("admit"))
    return None


def admission_count(state, t):
    """How many of those who wait can be admitted at t."""
    return max(0, min(len(state.waiting), cap(state, t) - admitted_within(state, t)))
