"""The state, and its canonical JSON (formats.md §6). Records are never changed but replaced, so
that a copy of the state need not copy them."""

import copy
from dataclasses import dataclass, replace

import table
from canonical import digest, sha256, write

DAY = 86_400_000


@dataclass(frozen=True)
class Member:
    number: int
    handle: str
    keys: tuple                 # (key line, from), in force
    retired: tuple = ()
    joined: int = None
    elector_from: int = None
    left: int = None
    expelled: bool = None
    day: int = 0
    statements: int = 0

    def lines(self):
        return [line for line, _ in self.keys]

    def value(self):
        return present({
            "number": self.number, "handle": self.handle,
            "keys": [{"key": line, "from": since} for line, since in self.keys],
            "retired": list(self.retired), "joined": self.joined,
            "electorFrom": self.elector_from, "left": self.left, "expelled": self.expelled,
            "day": self.day, "statements": self.statements,
        })


@dataclass(frozen=True)
class Ballot:
    statement: str
    choice: str
    count: int
    key: str


@dataclass(frozen=True)
class Vote:
    index: int
    leaf: str
    opened: int
    period: int
    closes: int
    of_class: str
    effect: str
    electorate: tuple
    electors: int
    quorum: int
    margin: int
    delay: int
    apply_by: int
    swing: int
    unanimity: bool
    swung_at: int = None
    extended: bool = None
    outage: int = 0
    unanimous_at: int = None
    tally: tuple = (0, 0, 0)
    ballots: tuple = ()         # (member, Ballot), by member

    def carries(self):
        yes, no, _ = self.tally
        return yes >= self.quorum and yes >= self.margin * no and yes > no

    def rejects(self):
        yes, no, _ = self.tally
        return no >= yes and no > 0

    def all_yes(self):
        return self.tally[0] == self.electors

    def with_ballots(self, ballots):
        choices = [ballot.choice for ballot in ballots.values()]
        tally = tuple(choices.count(choice) for choice in ("yes", "no", "abstain"))
        return replace(self, tally=tally, ballots=tuple(sorted(ballots.items())))

    def value(self):
        return present({
            "index": self.index, "leaf": self.leaf, "opened": self.opened, "period": self.period,
            "closes": self.closes, "class": self.of_class, "effect": self.effect,
            "electors": self.electors, "electorate": list(self.electorate),
            "quorum": self.quorum, "margin": self.margin, "delay": self.delay,
            "applyBy": self.apply_by, "swing": self.swing, "swungAt": self.swung_at,
            "extended": self.extended, "outage": self.outage, "unanimity": self.unanimity or None,
            "unanimousAt": self.unanimous_at, "tally": list(self.tally),
            "ballots": [[member, ballot.statement, ballot.choice, ballot.count, ballot.key]
                        for member, ballot in self.ballots],
        })


@dataclass(frozen=True)
class Closing:
    index: int
    t: int
    outcome: str
    enact_due: int = None
    grace: int = None           # what outages added to apply-by

    def value(self):
        return present({"index": self.index, "t": self.t, "outcome": self.outcome,
                        "enactDue": self.enact_due, "grace": self.grace})


@dataclass(frozen=True)
class Proposal:
    number: int
    by: int
    index: int
    proposed: int
    statement: str
    payload: str
    operations: list
    reason: str
    start: int
    sponsors: tuple
    last_sponsor_at: int
    refiles: int
    revision: int = 1
    refiled: bool = None
    remarks: tuple = ()         # (member, count), by member
    void_vote: int = None
    status: str = "discussion"
    vote: Vote = None
    closing: Closing = None
    ended: tuple = None         # (index, t)

    def is_over(self):
        return self.status not in ("discussion", "voting", "queued")

    def op(self):
        """The first operation's word: all that there is, for one that stands alone."""
        return self.operations[0]["op"]

    def needs_no_room(self):
        return self.op() in ("void", "recover", "confirm")

    def recovers(self):
        """Whose keys it would replace."""
        return self.operations[0]["stmt"]["by"] if self.op() == "recover" else None

    def summary(self):
        return present({
            "by": self.by, "number": self.number, "index": self.index, "proposed": self.proposed,
            "statement": self.statement, "payload": self.payload, "reason": self.reason,
            "revision": self.revision, "start": self.start, "sponsors": list(self.sponsors),
            "lastSponsorAt": self.last_sponsor_at, "refiles": self.refiles,
            "refiled": self.refiled, "remarks": [list(row) for row in self.remarks],
            "voidVote": self.void_vote, "status": self.status,
            "vote": self.vote and self.vote.value(),
            "closing": self.closing and self.closing.value(),
            "ended": self.ended and {"index": self.ended[0], "t": self.ended[1]},
        })


@dataclass(frozen=True)
class InForce:
    document: object
    sequence: int
    entry: int
    proposal: int


@dataclass(frozen=True)
class Footprint:
    before: tuple               # (key, document or None), by key
    t: int


@dataclass(frozen=True)
class Overlay:
    kind: str                   # disable, restore or endpoints
    name: str
    index: int
    by: tuple
    laid: object = None         # the document restored, or the endpoints
    until: int = None
    proposal: int = None        # of its confirm
    was: tuple = None           # of a document restored: (sequence, entry, proposal)

    def digest(self):
        return digest(self.laid) if self.kind == "endpoints" else self.laid and self.laid.digest

    def value(self):
        return present({"kind": self.kind, "name": self.name, "index": self.index,
                        "by": list(self.by), "digest": self.digest(), "until": self.until,
                        "proposal": self.proposal, "was": self.was and list(self.was)})


@dataclass(frozen=True)
class Past:
    """A document that is no longer in force, and the enactment that had put it there."""
    document: object
    entry: int
    proposal: int
    t: int                      # when it went


@dataclass(frozen=True)
class Succession:
    """The successor on which members agree, while they are not enough."""
    size: int
    root: str
    origin: str
    key: str
    members: tuple = ()


def present(value):
    """The members that apply."""
    return {name: member for name, member in value.items() if member is not None}


class State:
    def __init__(self):
        self.entries = 0
        self.t = 0
        self.origin = self.log_key = None
        self.charter = None
        self.voids = 0
        self.constitution = None
        self.leaves = []                # leaf hashes until there is a constitution
        self.begun = False
        self.members = {}
        self.keys_ever = set()
        self.waiting = []
        self.waiting_since = None
        self.admissions = []            # (t, count)
        self.documents = {}
        self.table = digest([])
        self.footprints = {}            # by proposal, oldest first
        self.overlays = {}              # by index
        self.undoing = {}               # (backend's key, keeper): who signed
        self.undone = set()             # (backend's key, keeper)
        self.past = {}                  # (key, digest): Past
        self.stewards = None            # (numbers, until)
        self.emergencies = []           # (member, t)
        self.suspended = {}             # member: until
        self.refusals = {}              # key of a route or network: index
        self.log_keys = []              # the former ones
        self.succession = None
        self.proposals = {}
        self.active_numbers = set()
        self.seals = {}                 # of proposals that are over: SHA-256 of the summary
        self.rejected = {}              # payload: instant
        self.seen = {}                  # statement hash: until

    def copy(self):
        other = copy.copy(self)
        for name, member in vars(self).items():
            if isinstance(member, (dict, list, set)):
                setattr(other, name, member.copy())
        return other

    # Reading

    def is_member(self, number):
        member = self.members.get(number)
        return member is not None and member.joined is not None and member.left is None

    def electors(self, t):
        """§1, N at t: their numbers."""
        return [number for number in sorted(self.members)
                if self.is_member(number) and self.members[number].elector_from <= t]

    def active(self):
        """Those that are not over, ascending."""
        return [self.proposals[number] for number in sorted(self.active_numbers)]

    def with_status(self, status):
        return [proposal for proposal in self.active() if proposal.status == status]

    # Changing

    def put(self, record):
        """Puts a member or proposal in the place of that number."""
        if isinstance(record, Member):
            self.members[record.number] = record
            return record
        self.proposals[record.number] = record
        self.active_numbers.discard(record.number)
        if not record.is_over():
            self.active_numbers.add(record.number)
        return record

    def change(self, record, **changes):
        return self.put(replace(record, **changes))

    def change_vote(self, proposal, **changes):
        return self.change(proposal, vote=replace(proposal.vote, **changes))

    def seal(self, proposal):
        """formats §6, `history`."""
        self.seals[proposal.number] = sha256(write(proposal.summary()))

    def history(self):
        seals = "".join(self.seals[number] for number in sorted(self.seals))
        return sha256(bytes.fromhex(seals))

    def put_documents(self, documents):
        self.documents = documents
        self.make_table()

    def make_table(self):
        """After documents, overlays or refusals became others."""
        self.table = digest(table.rows(self))

    # Canonical JSON

    def value(self):
        documents = [
            [key, row.document.digest, row.sequence, row.entry, row.proposal]
            for key, row in sorted(self.documents.items())
        ]
        return present({
            "entries": self.entries, "t": self.t, "origin": self.origin, "logKey": self.log_key,
            "charter": self.charter and self.charter.value, "voids": self.voids,
            "constitution": self.constitution, "begun": self.begun,
            "members": [self.members[number].value() for number in sorted(self.members)],
            "waiting": self.waiting,
            "waitingSince": self.waiting_since if self.waiting else None,
            "admissions": [list(row) for row in self.admissions],
            "documents": digest(documents),
            "footprints": [
                {"proposal": number, "t": footprint.t,
                 "before": [[key, document.digest if document else ""]
                            for key, document in footprint.before]}
                for number, footprint in self.footprints.items()
            ],
            "overlays": [self.overlays[index].value() for index in sorted(self.overlays)],
            "undoing": [[*pair, list(by)] for pair, by in sorted(self.undoing.items())],
            "undone": [list(pair) for pair in sorted(self.undone)],
            "past": [[*name, past.entry, past.proposal, past.t]
                     for name, past in sorted(self.past.items(), key=lambda item: item[0])],
            "stewards": self.stewards and {"members": self.stewards[0],
                                           "until": self.stewards[1]},
            "emergencies": [list(row) for row in self.emergencies],
            "suspended": [list(row) for row in sorted(self.suspended.items())],
            "refusals": [list(row) for row in sorted(self.refusals.items())],
            "logKeys": self.log_keys,
            "succession": self.succession and list(self.succession.members),
            "proposals": len(self.proposals),
            "active": [proposal.summary() | {"operations": proposal.operations}
                       for proposal in self.active()],
            "history": self.history(),
            "rejected": [[payload, self.rejected[payload]] for payload in sorted(self.rejected)],
            "seen": [[name, until] for name, until in sorted(self.seen.items())
                     if until >= self.t],
        })
