"""Plans: class and effect of operations on the state of the day (governance §4, formats §5)."""

import logkey
import routing
import sshsig
from canonical import digest, write
from documents import read_document
from forms import namespace

RANK = {"routine": 0, "sensitive": 1, "constitutional": 2}
CLASS = {
    "motion": "routine", "revert": "routine", "admit": "sensitive", "recover": "sensitive",
    "charter": "constitutional", "expel": "constitutional", "stewards": "sensitive",
    "log-key": "constitutional", "confirm": "routine",
}


class Refused(Exception):
    """The operations cannot be planned."""


def need(holds, why):
    if not holds:
        raise Refused(why)


class Plan:
    def __init__(self, changes, moves, measures, of_class):
        self.of_class = of_class
        effect = {"changes": changes, "moves": moves}
        if measures:
            effect["measures"] = measures
        self.effect = digest(effect)
        self.digest = digest({**effect, "class": of_class})


def plan(state, operations, own, asked_at=None):
    """The plan of a proposal's operations; `own` is its number, `asked_at` the t of its `propose`
    or `revise` while that is judged."""
    for operation in operations:
        if operation["op"] in CHECKS:
            CHECKS[operation["op"]](state, operation, own, asked_at)
    changes, moves, of_class = plan_documents(state, document_changes(state, operations))
    classes = [class_of(state, operation, of_class) for operation in operations]
    measures = [digest(operation) for operation in operations
                if operation["op"] not in ("apply", "delete")]
    return Plan(changes, moves, measures, max(classes, key=RANK.get))


def class_of(state, operation, of_documents):
    if operation["op"] == "void":
        return state.proposals[operation["proposal"]].vote.of_class
    return CLASS.get(operation["op"], of_documents)


# What cannot be planned (governance §4 and, for void and revert, §3)

def check_charter(state, operation, _own, _asked_at):
    need(operation["base"] == state.charter.digest, "another charter is in force")
    need(digest(operation["charter"]) != state.charter.digest, "this charter is in force")


def check_admit(state, operation, _own, asked_at):
    need(len(operation["members"]) <= state.charter["admission"]["batch"], "too many newcomers")
    keys = set()
    for newcomer in operation["members"]:
        check_signed(state, newcomer, asked_at)
        need(newcomer["stmt"]["key"] not in keys, "two newcomers with one key")
        keys.add(newcomer["stmt"]["key"])


def check_recover(state, operation, _own, asked_at):
    need(state.is_member(operation["stmt"]["by"]), "no member")
    check_signed(state, operation, asked_at)


def check_expel(state, operation, _own, _asked_at):
    need(state.is_member(operation["member"]), "no member")


def check_stewards(state, operation, _own, _asked_at):
    need(all(state.is_member(number) for number in operation["members"]), "no member")


def check_log_key(state, operation, _own, _asked_at):
    key = operation["key"]
    need(key not in [state.log_key, *state.log_keys], "this key is in force or was")
    need(logkey.is_named(key, state.origin), "no verifier key of this log")
    need(logkey.has_signed(state.origin, state.log_key, key, operation["sig"]), "badly signed")


def check_confirm(state, operation, _own, _asked_at):
    need(operation["overlay"] in state.overlays, "this overlay is not up")


def check_signed(state, signed, asked_at):
    """A statement inside an operation, signed with the key that it brings."""
    stmt = signed["stmt"]
    need(stmt["log"] == state.origin, "for another log")
    signer = sshsig.signer(signed["sig"], write(stmt), namespace(stmt["act"]))
    need(signer == stmt["key"], "badly signed")
    need(stmt["key"] not in state.keys_ever, "a key that somebody holds or held")
    need(asked_at is None or asked_at <= stmt["until"], "expired")


def check_void(state, operation, own, _asked_at):
    target = state.proposals.get(operation["proposal"])
    need(target is not None and target.status == "queued", "not queued")
    need(target.operations[0]["op"] != "void", "a void of a void")
    need(target.void_vote in (None, own), "another void was voted on")


def check_revert(state, operation, _own, asked_at):
    target = state.proposals.get(operation["proposal"])
    need(target is not None and target.status == "enacted", "not enacted")
    need(all(one["op"] in ("apply", "delete") for one in target.operations), "not of documents")
    need(target.number in state.footprints, "too long ago")
    need(asked_at is None or asked_at - target.ended[1] <= state.charter["revert"]["within"],
         "too long ago")
    for operation in target.operations:
        if operation["op"] == "apply":
            there = state.documents.get(read_document(operation["document"]).key)
            need(there is not None and there.proposal == target.number, "changed since")
        else:
            key = f"{operation['kind']}/{operation['name']}"
            need(key not in state.documents, "in force again")


CHECKS = {
    "charter": check_charter, "admit": check_admit, "recover": check_recover,
    "expel": check_expel, "void": check_void, "revert": check_revert,
    "stewards": check_stewards, "log-key": check_log_key, "confirm": check_confirm,
}


# Documents (routing.md)

def document_changes(state, operations):
    """What the operations make of documents: (key, document or None), in order."""
    changes = []
    for operation in operations:
        if operation["op"] == "apply":
            document = read_document(operation["document"])
            changes.append((document.key, document))
        elif operation["op"] == "delete":
            changes.append((f"{operation['kind']}/{operation['name']}", None))
        elif operation["op"] == "revert":
            changes.extend(state.footprints[operation["proposal"]].before)
    return changes


MEMORY = {}     # plans depend on nothing but the table and the changes


def plan_documents(state, changes):
    """(changes, moves, class) as a plan has them."""
    key = (state.table, tuple((name, document and document.digest) for name, document in changes))
    if key not in MEMORY:
        try:
            MEMORY[key] = compute_documents(state.documents, changes)
        except Refused as refusal:
            MEMORY[key] = refusal
    if isinstance(MEMORY[key], Refused):
        raise MEMORY[key]
    return MEMORY[key]


def compute_documents(in_force, changes):
    old = {key: row.document for key, row in in_force.items()}
    new = dict(old)
    for key, document in changes:
        need(document is not None or key in old, f"{key} is not in force")
        need(document is None or key not in old or old[key].digest != document.digest,
             f"{key} is in force exactly so")
        new[key] = document
    new = {key: document for key, document in new.items() if document is not None}
    check_references(new)
    sequences = {key: in_force[key].sequence if key in in_force else float("inf") for key in new}
    before = [(document, in_force[key].sequence) for key, document in old.items()
              if document.kind == "HTTPRoute"]
    after = [(document, sequences[key]) for key, document in new.items()
             if document.kind == "HTTPRoute"]
    changed = [some[key] for key, _ in changes for some in (old, new)
               if key in some and some[key].kind == "HTTPRoute"]
    moves = routing.moves(before, after, changed)
    rows = [
        {"kind": key.split("/")[0], "name": key.split("/")[1],
         "before": old[key].digest if key in old else "",
         "after": document.digest if document else ""}
        for key, document in changes
    ]
    rows.sort(key=lambda row: (row["kind"], row["name"]))
    return rows, moves, class_of_documents(old, changes, moves)


def check_references(new):
    """Every backend and port that a route names will be there. Routes that the bundle leaves alone
    were right before, so what fails of them is a backend that it takes away."""
    for document in new.values():
        if document.kind != "HTTPRoute":
            continue
        for backend, port in document.references():
            there = new.get(f"Backend/{backend}")
            need(there is not None, f"there will be no Backend/{backend}")
            need(port is None or port in there.ports, f"Backend/{backend} will have no port {port}")


def class_of_documents(old, changes, moves):
    """Routine is an allow-list (routing.md, The class of a change)."""
    routine = all(
        document is not None and document.kind == "HTTPRoute"
        and (is_small(old[key], document) if key in old else is_plain(old, document))
        for key, document in changes
    )
    between = any(
        first and second and first.split("/")[0] != second.split("/")[0] for first, second in moves
    )
    return "routine" if routine and not between else "sensitive"


def is_small(before, after):
    """Same hosts, no backend that it did not name, the same filters at the same rules."""
    named = {target for rule in before.rules for target in rule.targets}
    return (set(before.hosts) == set(after.hosts)
            and all(target in named for rule in after.rules for target in rule.targets)
            and filtered(before) == filtered(after))


def filtered(route):
    return {rule.filtered() for rule in route.rules if rule.has_filters()}


def is_plain(old, route):
    """New, with exact hosts and no filters, to ratified backends, where nothing is served."""
    served = [match for document in old.values() if document.kind == "HTTPRoute"
              for match in document.matches]
    return (bool(route.hosts) and not any(host.startswith("*.") for host in route.hosts)
            and all(rule.targets and not rule.has_filters() for rule in route.rules)
            and all(f"Backend/{name}" in old for rule in route.rules for name, _ in rule.targets)
            and not any(routing.overlap(mine, other) for mine in route.matches for other in served))
