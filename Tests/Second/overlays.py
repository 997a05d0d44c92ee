"""Overlays: what stands on the documents for a while, and how it ends (governance.md §10)."""

from planning import Refused, check_references
from state import Past

EMERGENCY = ("disable", "restore")


def on(state, name, kinds):
    """The overlay of such a kind on a document; there is at most one."""
    return next((overlay for overlay in state.overlays.values()
                 if overlay.name == name and overlay.kind in kinds), None)


def end(state, overlay):
    del state.overlays[overlay.index]
    lay_anew(state)


def lay_anew(state):
    """§10, Ends, 2: takes away what no longer fits, and makes the table anew."""
    while (misfit := first_misfit(state)) is not None:
        del state.overlays[misfit.index]
    state.make_table()


def first_misfit(state):
    """The first overlay with which a route names a backend or port that is not there, or None."""
    laid = {key: row.document for key, row in state.documents.items()}
    every = [state.overlays[index] for index in sorted(state.overlays)]
    restored = {overlay.name for overlay in every if overlay.kind == "restore"}
    for overlay in every:
        if overlay.kind == "restore":
            laid[overlay.name] = overlay.laid
        elif overlay.kind == "endpoints" and overlay.name not in restored:
            laid[overlay.name] = laid[overlay.name].with_endpoints(overlay.laid)
        else:
            continue
        try:
            check_references(laid)
        except Refused:
            return overlay
    return None


# What an enactment does to them

def note_enactment(state, before, opened, is_revert):
    """After the documents of before became others, by the vote that was opened at that index."""
    changed = sorted(key for key in before.keys() | state.documents.keys()
                     if before.get(key) != state.documents.get(key))
    for key in changed:
        if key in before and not is_revert:
            keep(state, key, before[key])
        end_of(state, key, before.get(key), opened)
    within = state.charter["emergency"]["restorable"]
    state.past = {name: past for name, past in state.past.items() if past.t + within >= state.t}
    lay_anew(state)


def keep(state, key, row):
    """What went out of force may be restored."""
    state.past[key, row.document.digest] = Past(row.document, row.entry, row.proposal, state.t)


def end_of(state, key, before, opened):
    """§10, Ends, 1."""
    now = state.documents.get(key)
    emergency = on(state, key, EMERGENCY)
    if emergency is not None and (
            opened > emergency.index or emergency.kind == "disable" and now is None):
        del state.overlays[emergency.index]
    if now is None:
        state.refusals.pop(key, None)
    if before is not None and before.document.kind == "Backend" and (
            now is None or before.document.kept != now.document.kept):
        end_keeping(state, key)


def end_keeping(state, key):
    """The endpoints that keepers gave a backend, and all that was signed about its keepers."""
    endpoints = on(state, key, ["endpoints"])
    if endpoints is not None:
        del state.overlays[endpoints.index]
    state.undoing = {pair: by for pair, by in state.undoing.items() if pair[0] != key}
    state.undone = {pair for pair in state.undone if pair[0] != key}
