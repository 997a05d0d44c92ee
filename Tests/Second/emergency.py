"""Stewards, what they disable and restore, and the vote on it (governance.md §10)."""

from dataclasses import replace

from canonical import digest
from case import need
from documents import read_document
from overlays import EMERGENCY, lay_anew, on
from state import Overlay, Proposal


# Stewards

def elect(state, operation):
    """What an enacted `stewards` does."""
    state.stewards = operation["members"], state.t + state.charter["emergency"]["term"]


def stewards(state):
    elected, until = state.stewards or ([], 0)
    found = {number for number in elected if state.t < until and state.is_member(number)}
    if len(found) < 2:
        founders = range(1, state.constitution["founders"] + 1)
        found |= {number for number in founders if state.is_member(number)}
    return found


def is_steward(state, number):
    """Elected or a founder, and not one who lost the power."""
    return number in stewards(state) and state.suspended.get(number, 0) <= state.t


# The statement

def take(case):
    state, rules = case.state, case.state.charter["emergency"]
    need(state.begun, "not-begun")
    need(is_steward(state, case.by), "not-a-steward")
    need(signed_within(case, rules["period"]) < rules["signatures"], "too-many-emergencies")
    kind, name, document = asked(case.stmt)
    need(is_known(case, kind, name, document), "unknown-document")
    overlay = on(state, name, EMERGENCY)
    if overlay is None:
        until = case.t + rules["alone"]
        overlay = Overlay(kind, name, state.entries, (case.by,), document, until,
                          was=None if document is None else provenance(state, name, document))
        state.overlays[overlay.index] = overlay
        lay_anew(state)
        need(overlay.index in state.overlays, "plan-refused")
    else:
        need((overlay.kind, overlay.laid) == (kind, document), "overlaid")
        need(case.by not in overlay.by and overlay.proposal is None, "already-signed")
        overlay = replace(overlay, by=overlay.by + (case.by,))
        state.overlays[overlay.index] = overlay
    signed = state.emergencies + [(case.by, case.t)]
    state.emergencies = [row for row in signed if row[1] + rules["period"] > case.t]
    if len(overlay.by) >= state.charter.emergency_needed(len(state.electors(case.t))):
        begin_vote(case, overlay)


def signed_within(case, period):
    return sum(by == case.by and t + period > case.t for by, t in case.state.emergencies)


def asked(stmt):
    """The kind of the emergency, the document's key, and the document to restore."""
    if "disable" in stmt:
        return "disable", f"HTTPRoute/{stmt['disable']}", None
    document = read_document(stmt["restore"])
    return "restore", document.key, document


def is_known(case, kind, name, document):
    there = case.state.documents.get(name)
    if kind == "disable":
        return there is not None
    past = case.state.past.get((name, document.digest))
    within = case.state.charter["emergency"]["restorable"]
    return (past is not None and case.t - past.t <= within
            and (there is None or there.document.digest != document.digest))


def provenance(state, name, document):
    """Where a document that is restored comes from, formats §6, `was`."""
    there, past = state.documents.get(name), state.past[name, document.digest]
    return there.sequence if there else state.entries, past.entry, past.proposal


# The vote

def begin_vote(case, overlay):
    """The proposal that nobody made, on what enough stewards signed."""
    state = case.state
    operations = [{"op": "confirm", "overlay": overlay.index}]
    proposal = state.put(Proposal(
        number=len(state.proposals) + 1, by=0, index=state.entries, proposed=case.t,
        statement=case.hash, payload=digest(operations), operations=operations, reason=None,
        start=case.t, sponsors=overlay.by, last_sponsor_at=case.t, refiles=None))
    state.overlays[overlay.index] = replace(overlay, until=None, proposal=proposal.number)


def confirm(state, operation):
    """What an enacted `confirm` does."""
    end_at(state, operation["overlay"], state.t + state.charter["emergency"]["confirmed"])


def reject(state, proposal):
    """What a `confirm` does that ends otherwise; who signed pays for a vote that did not carry."""
    overlay = state.overlays.get(proposal.operations[0]["overlay"])
    if overlay is None:
        return
    end_at(state, overlay.index, state.t)
    if proposal.closing is not None and proposal.closing.outcome != "passed":
        until = state.t + state.charter["emergency"]["suspended"]
        for number in overlay.by:
            state.suspended[number] = max(until, state.suspended.get(number, 0))


def end_at(state, index, until):
    if index in state.overlays:
        state.overlays[index] = replace(state.overlays[index], until=until)
