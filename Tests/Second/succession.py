"""Another log that follows this one, without a council (governance.md §11)."""

from dataclasses import replace

import sshsig
from canonical import write
from claims import Contradiction
from forms import namespace
from logkey import is_named
from state import Succession


def need(holds, what):
    if not holds:
        raise Contradiction(what)


def take(state, entry, root_is_ours):
    """An entry `succeed`: more signatures, and with enough of them the next origin and key."""
    for signed in entry["statements"]:
        add(state, signed)
    need(root_is_ours, "the root is not this log's")
    chosen = state.succession
    n = len(state.electors(state.t))
    if len(chosen.members) >= state.charter.quorum("constitutional", n):
        state.log_keys.append(state.log_key)
        state.origin, state.log_key = chosen.origin, chosen.key
        state.succession = None


def add(state, signed):
    stmt = signed["stmt"]
    if state.succession is None:
        state.succession = begin(state, stmt)
    chosen = state.succession
    need((stmt["size"], stmt["root"], stmt["origin"], stmt["key"])
         == (chosen.size, chosen.root, chosen.origin, chosen.key), "another successor")
    check_signed(state, signed)
    state.succession = replace(chosen, members=chosen.members + (stmt["by"],))


def begin(state, stmt):
    need(stmt["size"] == state.entries, f"the log's size is {state.entries}")
    need(is_named(stmt["key"], stmt["origin"]), "no verifier key of that origin")
    return Succession(stmt["size"], stmt["root"], stmt["origin"], stmt["key"])


def check_signed(state, signed):
    stmt, number = signed["stmt"], signed["stmt"]["by"]
    need(stmt["log"] == state.origin, "for another log")
    need(state.t <= stmt["until"], "expired")
    need(number in state.electors(state.t), f"{number} is no elector")
    need(number not in state.succession.members, f"{number} signed already")
    signer = sshsig.signer(signed["sig"], write(stmt), namespace(stmt["act"]))
    need(signer is not None and signer in state.members[number].lines(), "badly signed")
