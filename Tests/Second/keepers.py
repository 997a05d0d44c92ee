"""Endpoints that keepers give their backends, and keepers who are undone (governance.md §10)."""

from canonical import write
from case import need
from networks import is_inside
from overlays import end, lay_anew, on
from state import Overlay


def give_endpoints(case):
    state, stmt = case.state, case.stmt
    key, given = f"Backend/{stmt['backend']}", stmt["endpoints"]
    need(state.begun, "not-begun")
    row = state.documents.get(key)
    need(row is not None and row.document.digest == stmt["document"], "unknown-document")
    backend = row.document
    need(case.by in backend.keepers and (key, case.by) not in state.undone, "not-a-keeper")
    is_other = write(given) != write(backend.endpoints)
    need(not is_other
         or all(is_inside(endpoint["address"], backend.networks) for endpoint in given),
         "outside-networks")
    before = on(state, key, ["endpoints"])
    if before is not None:
        del state.overlays[before.index]
    if is_other:
        state.overlays[state.entries] = Overlay(
            "endpoints", key, state.entries, (case.by,), given)
    lay_anew(state)
    need(not is_other or state.entries in state.overlays, "plan-refused")


def undo(case):
    state, keeper = case.state, case.stmt["keeper"]
    key = f"Backend/{case.stmt['backend']}"
    overlay = on(state, key, ["endpoints"])
    need(overlay is not None and overlay.by == (keeper,), "unknown-overlay")
    electors = state.electors(case.t)
    need(case.by in electors, "not-an-elector")
    signed = state.undoing.get((key, keeper), ())
    need(case.by not in signed, "already-signed")
    state.undoing[key, keeper] = signed + (case.by,)
    if len(signed) + 1 >= state.charter.undo_needed(len(electors)):
        del state.undoing[key, keeper]
        state.undone.add((key, keeper))
        end(state, overlay)
