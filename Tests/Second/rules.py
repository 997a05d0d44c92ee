"""An entry and the state before it give a verdict and the state after it (governance.md)."""

from dataclasses import replace

import claims
import forms
import refusals
import statements
import succession
from canonical import Malformed, digest, leaf_hash, write
from claims import Contradiction
from due import first_due


def take(before, octets, head_in_log):
    """(verdict, state after). After a contradiction that is the state before."""
    try:
        entry = forms.entry(octets)
        if entry["t"] < before.t:
            raise Contradiction(f"t falls from {before.t} to {entry['t']}")
        state = before.copy()
        state.t = entry["t"]
        if before.constitution is None:
            found(state, entry, octets)
            verdict = "applied"
        else:
            verdict, state = go_on(before, state, entry, octets, head_in_log)
        state.entries += 1
        state.seen = {name: until for name, until in state.seen.items() if until >= state.t}
        return verdict, state
    except (Malformed, Contradiction) as fault:
        return "contradiction " + " ".join(str(fault).split()), before


def claim(entry, octets, kind, members):
    """Compares a claim with the one that is right, octet by octet."""
    right = {"v": 1, "t": entry["t"], "kind": kind, **members}
    if write(right) != octets:
        raise Contradiction(f"expected {write(right).decode()}")


def found(state, entry, octets):
    """§1: genesis, founders, constituted, in this order and nothing between."""
    kind = entry["kind"]
    expected = ["genesis"] if state.entries == 0 else ["founders", "constituted"]
    if kind not in expected or kind == "constituted" and not state.members:
        raise Contradiction(f"{kind} in the founding")
    if kind == "genesis":
        claims.genesis(state, entry)
    elif kind == "founders":
        claims.founders(state, entry)
    else:
        claim(entry, octets, kind, claims.constituted(state))
        state.constitution["leaf"] = leaf_hash(octets)
    state.leaves.append(leaf_hash(octets))


def go_on(before, state, entry, octets, head_in_log):
    kind, t = entry["kind"], entry["t"]
    outage(state, t - before.t)
    if kind == "succeed":
        succession.take(state, entry, head_in_log)
        return "applied", state
    if state.succession is not None:
        raise Contradiction(f"{kind} while members agree on a successor")
    due = first_due(state, t)
    if due is not None:
        claim_due(state, due, entry, octets)
    elif kind == "tick":
        claim(entry, octets, kind, {})
    elif kind == "state":
        claim(entry, octets, kind, {"digest": digest(before.value())})
    elif kind == "refuse":
        claim(entry, octets, kind, refusals.refuse(state, entry))
    elif kind == "permit":
        claim(entry, octets, kind, refusals.permit(state, entry))
    elif kind == "statement":
        return judge(state, entry, head_in_log)
    else:
        raise Contradiction(f"{kind} is not due")
    return "applied", state


def judge(state, entry, head_in_log):
    """§8."""
    after = state.copy()
    try:
        statements.take(after, entry, head_in_log)
        return "applied", after
    except statements.Void as void:
        state.voids += 1
        return f"void {void}", state


def outage(state, gap):
    """§5: what is open lasts longer by the gap, if it is one."""
    if gap <= 3 * state.charter["heartbeat"]:
        return
    for proposal in state.with_status("voting") + state.with_status("queued"):
        vote, closing = proposal.vote, proposal.closing
        more = min(gap, vote.period // 2 - vote.outage)
        if closing is None:
            vote = replace(vote, closes=vote.closes + more)
        else:
            closing = replace(closing, grace=closing.grace + more)
        state.change(proposal, vote=replace(vote, outage=vote.outage + more), closing=closing)


def claim_due(state, due, entry, octets):
    """§5: the entry must be the first of what is due."""
    kind, proposal = due.kind, state.proposals.get(due.proposal)
    if kind == "admit":
        members = claims.admit(state)
    elif kind == "open":
        members = claims.open_vote(state, proposal, octets)
    elif kind == "extend":
        members = claims.extend(state, proposal)
    elif kind == "close":
        members = claims.close(state, proposal)
    elif kind == "enact":
        kind, members = claims.settle(state, proposal)
    elif kind == "lift":
        members = claims.lift(state, state.overlays[due.overlay])
    else:
        claims.end(state, proposal, "expired")
        members = {"proposal": proposal.number}
    if any(entry.get(name) != value for name, value in names(kind, members).items()):
        raise Contradiction(f"overdue: {kind} {due.proposal or due.overlay or ''}")
    claim(entry, octets, kind, members)


def names(kind, members):
    """What an entry is about, by which one that comes too early or too late is told."""
    return {"kind": kind, "proposal": members.get("proposal"), "overlay": members.get("overlay")}
