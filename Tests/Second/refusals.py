"""What the operator may not serve (governance.md §10)."""

from claims import Contradiction

REFUSALS_MAX = 1000


def need(holds, what):
    if not holds:
        raise Contradiction(what)


def subject(entry):
    kind = "route" if "route" in entry else "network"
    return f"HTTPRoute/{entry['route']}" if kind == "route" else f"network/{entry['network']}"


def refuse(state, entry):
    key = subject(entry)
    need("network" in entry or key in state.documents, f"{key} is not in force")
    need(key not in state.refusals, f"{key} is refused already")
    need(len(state.refusals) < REFUSALS_MAX, f"{REFUSALS_MAX} are refused")
    state.refusals[key] = state.entries
    return claimed(state, entry)


def permit(state, entry):
    key = subject(entry)
    need(key in state.refusals, f"{key} is not refused")
    del state.refusals[key]
    return claimed(state, entry)


def claimed(state, entry):
    """The entry's members: what it says itself, and the table that results."""
    state.make_table()
    own = {name: entry[name] for name in ("route", "network", "reason") if name in entry}
    return {**own, "table": state.table}
