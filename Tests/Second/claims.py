"""What the council claims: for each kind of entry the one that is right, made from the state, and
what it does. A function changes the state that it is given and returns the entry's members."""

from dataclasses import replace

import emergency
import overlays
from canonical import digest, leaf_hash, sha256
from charter import Charter, part
from due import admission_count
from planning import RANK, Refused, document_changes, plan
from state import Closing, Footprint, InForce, Member, Vote


class Contradiction(Exception):
    """A claim that is wrong, early or late, or time that falls."""


# Founding (§1)

def genesis(state, entry):
    if not entry["key"].startswith(entry["origin"] + "+"):
        raise Contradiction("the log key's name is not the origin")
    state.origin, state.log_key = entry["origin"], entry["key"]
    state.charter = Charter(entry["charter"])


def founders(state, entry):
    for founder in entry["members"]:
        if founder["number"] != len(state.members) + 1:
            raise Contradiction(f"member {founder['number']} is out of order")
        if founder["key"] in state.keys_ever:
            raise Contradiction("a key that somebody holds")
        enrol_member(state, founder["handle"], founder["key"])


def constituted(state):
    found = sha256(bytes.fromhex("".join(state.leaves)))
    state.constitution = {"digest": found, "founders": len(state.members)}
    return {"founders": len(state.members), "digest": found}


def enrol_member(state, handle, key):
    number = len(state.members) + 1
    state.put(Member(number, handle, ((key, state.t),)))
    state.keys_ever.add(key)
    return number


# The way of a proposal (§3)

def open_vote(state, proposal, octets):
    charter, op = state.charter, proposal.op()
    planned = plan(state, proposal.operations, proposal.number)
    of_class = planned.of_class
    rules = charter["classes"][of_class]
    electorate = [number for number in state.electors(state.t) if number != proposal.recovers()]
    vote = Vote(
        index=state.entries, leaf=leaf_hash(octets), opened=state.t, period=rules["voting"],
        closes=state.t + rules["voting"], of_class=of_class, effect=planned.effect,
        electorate=tuple(electorate), electors=len(electorate),
        quorum=charter.quorum(of_class, len(electorate)),
        margin=1 if op == "void" else rules["margin"],
        delay=0 if op in ("void", "revert", "confirm") else rules["delay"],
        apply_by=rules["applyBy"],
        swing=part(rules["voting"], charter["lateSwing"]),
        unanimity=op not in ("charter", "expel"))
    state.change(proposal, status="voting", vote=vote)
    if op == "void":
        target = state.proposals[proposal.operations[0]["proposal"]]
        state.change(target, void_vote=proposal.number)
    return {
        "proposal": proposal.number, "revision": proposal.revision,
        "statement": proposal.statement, "payload": proposal.payload, "table": state.table,
        "plan": planned.digest, "class": of_class, "charter": charter.digest,
        "electors": vote.electors, "electorate": digest(electorate), "quorum": vote.quorum,
        "margin": vote.margin, "closes": vote.closes, "delay": vote.delay,
        "applyBy": vote.apply_by,
    }


def extend(state, proposal):
    vote = proposal.vote
    closes = vote.closes + vote.swing
    state.change_vote(proposal, closes=closes, extended=True, swung_at=None)
    return {"proposal": proposal.number, "closes": closes}


def close(state, proposal):
    vote = proposal.vote
    yes, no, abstain = vote.tally
    outcome = "passed" if vote.carries() else "no-quorum" if yes < vote.quorum else "failed"
    delay = vote.delay if vote.unanimous_at is None else 0
    enact_due = state.t + delay if outcome == "passed" else None
    note_rejection(state, proposal)
    proposal = state.change(
        proposal, status="queued", vote=replace(vote, electorate=(), ballots=()),
        closing=Closing(state.entries, state.t, outcome, enact_due,
                        0 if outcome == "passed" else None))
    if outcome != "passed":
        end(state, proposal, outcome)
    return {"proposal": proposal.number, "yes": yes, "no": no, "abstain": abstain,
            "outcome": outcome, "table": state.table}


def note_rejection(state, proposal):
    """§3, Close: called whenever a vote ends."""
    if proposal.vote.rejects():
        left = {payload: t for payload, t in state.rejected.items() if t > state.t}
        returns = state.t + state.charter["limits"]["rejectedReturns"]
        state.rejected = {**left, proposal.payload: returns}


def end(state, proposal, status):
    """Ends a proposal that was not over."""
    proposal = state.change(proposal, status=status, ended=(state.entries, state.t))
    state.seal(proposal)
    if proposal.op() == "void" and status != "enacted":
        release(state, proposal)
    if proposal.op() == "confirm" and status != "enacted":
        emergency.reject(state, proposal)


def release(state, void):
    """§3, Void: its target's instant is the later of its own and this entry's t."""
    target = state.proposals.get(void.operations[0]["proposal"])
    if target is not None and target.status == "queued" and target.void_vote == void.number:
        due = max(target.closing.enact_due, state.t)
        state.change(target, closing=replace(target.closing, enact_due=due))


def withdraw(state, proposal):
    """§2; also when its subject shows that no recovery is needed (§6)."""
    if proposal.status == "voting":
        note_rejection(state, proposal)
        proposal = state.change_vote(proposal, electorate=(), ballots=())
    end(state, proposal, "withdrawn")


def settle(state, proposal):
    """§3, Enact: the kind of the entry that is due, and its members."""
    vote = proposal.vote
    if state.t > proposal.closing.enact_due + vote.apply_by + proposal.closing.grace:
        end(state, proposal, "lapsed")
        return "lapse", {"proposal": proposal.number}
    if not is_as_voted(state, proposal):
        end(state, proposal, "stale")
        return "stale", {"proposal": proposal.number}
    enact(state, proposal)
    return "enact", {"proposal": proposal.number, "table": state.table,
                     "charter": state.charter.digest, "members": len(state.members)}


def is_as_voted(state, proposal):
    try:
        planned = plan(state, proposal.operations, proposal.number)
    except Refused:
        return False
    vote = proposal.vote
    return planned.effect == vote.effect and RANK[planned.of_class] <= RANK[vote.of_class]


# Enactment (§§3, 6, 7)

def enact(state, proposal):
    before = state.documents
    in_force_before = {row.proposal for row in before.values()}
    enact_documents(state, proposal)
    for operation in proposal.operations:
        if operation["op"] in EFFECTS:
            EFFECTS[operation["op"]](state, operation)
    end(state, proposal, "enacted")
    if proposal.op() == "revert":
        become(state, state.proposals[proposal.operations[0]["proposal"]], "reverted")
    if proposal.op() == "void":
        end(state, state.proposals[proposal.operations[0]["proposal"]], "void")
    note_superseded(state, in_force_before)
    overlays.note_enactment(state, before, proposal.vote.index, proposal.op() == "revert")
    within = state.charter["revert"]["within"]
    state.footprints = {number: footprint for number, footprint in state.footprints.items()
                        if state.t - footprint.t <= within}


def enact_documents(state, proposal):
    changes = document_changes(state, proposal.operations)
    documents = dict(state.documents)
    if all(operation["op"] in ("apply", "delete") for operation in proposal.operations):
        before = [(key, documents[key].document if key in documents else None)
                  for key, _ in sorted(changes, key=lambda change: change[0])]
        state.footprints[proposal.number] = Footprint(tuple(before), state.t)
    for key, document in changes:
        row = documents.pop(key, None)
        if document is not None:
            sequence = row.sequence if row else state.entries
            documents[key] = InForce(document, sequence, state.entries, proposal.number)
    state.put_documents(documents)


def become(state, proposal, status):
    """What happens to a proposal that is over."""
    state.seal(state.change(proposal, status=status))


def note_superseded(state, in_force_before):
    """§3, Superseded: those of which the last document went out of force or came anew."""
    in_force = {row.proposal for row in state.documents.values()}
    for number in sorted(in_force_before - in_force):
        if state.proposals[number].status == "enacted":
            become(state, state.proposals[number], "superseded")


def enact_admit(state, operation):
    if not state.waiting:
        state.waiting_since = state.t
    for newcomer in operation["members"]:
        stmt = newcomer["stmt"]
        state.waiting.append(enrol_member(state, stmt["handle"], stmt["key"]))
    admit_first(state, admission_count(state, state.t))


def admit_first(state, count):
    for number in state.waiting[:count]:
        since = state.t + state.charter["tenure"]
        state.change(state.members[number], joined=state.t, elector_from=since)
    state.waiting = state.waiting[count:]
    if count > 0:
        period = state.charter["admission"]["period"]
        recent = [(t, n) for t, n in state.admissions if t + period > state.t]
        state.admissions = recent + [(state.t, count)]


def admit(state):
    count = admission_count(state, state.t)
    admit_first(state, count)
    return {"count": count, "members": len(state.members)}


def enact_charter(state, operation):
    state.charter = Charter(operation["charter"])


def enact_expel(state, operation):
    state.change(state.members[operation["member"]], left=state.t, expelled=True)


def enact_recover(state, operation):
    stmt = operation["stmt"]
    member = state.members[stmt["by"]]
    state.change(member, keys=((stmt["key"], state.t),),
                 retired=member.retired + tuple(member.lines()))
    state.keys_ever.add(stmt["key"])


def enact_log_key(state, operation):
    state.log_keys.append(state.log_key)
    state.log_key = operation["key"]


EFFECTS = {
    "admit": enact_admit, "charter": enact_charter, "expel": enact_expel,
    "recover": enact_recover, "stewards": emergency.elect, "log-key": enact_log_key,
    "confirm": emergency.confirm,
}


# The end of an overlay (§10)

def lift(state, overlay):
    overlays.end(state, overlay)
    return {"overlay": overlay.index, "table": state.table}
