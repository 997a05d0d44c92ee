"""A statement before the rules that may void it (governance.md §8)."""

import sshsig
from canonical import sha256, write
from forms import namespace


class Void(Exception):
    """A statement that breaks a rule; its text is the code."""


def need(holds, code):
    if not holds:
        raise Void(code)


class Case:
    """A statement before the rules, with what they ask about it."""

    def __init__(self, state, entry, head_in_log):
        self.state = state
        self.t = state.t
        self.stmt = entry["stmt"]
        self.octets = write(self.stmt)
        self.hash = sha256(self.octets)
        self.sig, self.cosig = entry["sig"], entry.get("cosig")
        self.act = self.stmt["act"]
        self.by = self.stmt["by"]
        self.head_in_log = head_in_log
        self.limits = state.charter["limits"]

    @property
    def member(self):
        return self.state.members[self.by]

    def signer(self, signature):
        return sshsig.signer(signature, self.octets, namespace(self.act))

    def proposal(self):
        """The proposal that the statement is about."""
        need(self.stmt["proposal"] in self.state.proposals, "unknown-proposal")
        return self.state.proposals[self.stmt["proposal"]]
