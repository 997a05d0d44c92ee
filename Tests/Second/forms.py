"""The forms of entries, statements and operations (formats.md §§2-3); any other is malformed."""

import re

import sshsig
from canonical import Malformed, is_digest, is_hex, is_integer, parse, write
from charter import Charter
from documents import KINDS, read_document
from networks import read_network

ENTRY_OCTETS_MAX = 65_535
STATEMENT_OCTETS_MAX = 48 * 1024
OPERATIONS_MAX = 10
NEWCOMERS_MAX = 50
FOUNDERS_MAX = 100
SIGNATURE_MAX = 1024
STEWARDS_MAX = 100
ENDPOINTS_MAX = 256
WEIGHT_MAX = 1_000_000
SUCCESSORS_MAX = 50
REASON_OCTETS_MAX = 1024
ALONE = ["recover", "revert", "void", "charter", "expel", "log-key"]
NAME = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")


def need(holds, what):
    if not holds:
        raise Malformed(what)


# What a member may be. Each takes a value and raises Malformed.

def text(value):
    need(isinstance(value, str) and value != "", "expected text")


def signature(value):
    need(isinstance(value, str) and len(value) <= SIGNATURE_MAX, "expected a signature")


def number(value):
    need(is_integer(value) and 1 <= value < 2**31, "expected a number from 1")


def count(value):
    need(is_integer(value) and 0 <= value <= 2**52, "expected a count or a time")


def sha(value):
    need(is_digest(value), "expected a digest")


def nonce(value):
    need(is_hex(value, 16, 64), "expected a nonce")


def key(value):
    need(sshsig.key_octets(value) is not None, "expected a key line")


def head(value):
    members(value, {"root": sha, "size": count})


def one_of(*words):
    def read(value):
        need(isinstance(value, str) and value in words, f"expected one of {words}")
    return read


def true(value):
    need(value is True, "expected true, or nothing")


def members(value, form):
    """An object with exactly these members; a name that ends in `?` may be absent."""
    need(isinstance(value, dict), "expected an object")
    known = {name.rstrip("?"): read for name, read in form.items()}
    for name in value:
        need(name in known, f"unknown member {name}")
    for name, read in form.items():
        if name.rstrip("?") in value:
            read(value[name.rstrip("?")])
        else:
            need(name.endswith("?"), f"{name} is missing")


# Operations

def newcomers(value):
    need(isinstance(value, list) and 1 <= len(value) <= NEWCOMERS_MAX, "1 to 50 newcomers")
    for element in value:
        members(element, {"sig": signature, "stmt": lambda stmt: statement(stmt, NEWCOMER)})


def recovery(value):
    statement(value, RECOVER)


def document_name(value):
    need(isinstance(value, str) and len(value) <= 253 and NAME.fullmatch(value)
         and all(len(label) <= 63 for label in value.split(".")), "expected a document's name")


def elected(value):
    need(isinstance(value, list) and len(value) <= STEWARDS_MAX, "at most 100 stewards")
    for element in value:
        number(element)
    need(value == sorted(set(value)), "stewards ascend")


# `confirm` is none of them: nobody proposes it.
OPERATIONS = {
    "apply": {"document": read_document},
    "delete": {"kind": one_of(*KINDS), "name": document_name},
    "motion": {"text": sha},
    "admit": {"members": newcomers},
    "recover": {"sig": signature, "stmt": recovery},
    "revert": {"proposal": number},
    "void": {"proposal": number},
    "charter": {"base": sha, "charter": Charter},
    "expel": {"member": number},
    "stewards": {"members": elected},
    "log-key": {"key": text, "sig": signature},
}


def subject(operation):
    """What an operation is about, as far as a bundle cares: a document's key, or its own word."""
    if operation["op"] == "apply":
        return read_document(operation["document"]).key
    if operation["op"] == "delete":
        return f"{operation['kind']}/{operation['name']}"
    return operation["op"] if operation["op"] in ("admit", "stewards") else None


def operations(value):
    """1…10 of them, no two about one document, at most one admit and one stewards, some
    alone (governance §2)."""
    need(isinstance(value, list) and 1 <= len(value) <= OPERATIONS_MAX, "1 to 10 operations")
    for operation in value:
        op = operation.get("op") if isinstance(operation, dict) else None
        need(isinstance(op, str) and op in OPERATIONS, "unknown operation")
        members(operation, {"op": text, **OPERATIONS[op]})
        need(op not in ALONE or len(value) == 1, f"{op} stands alone")
    subjects = [subject(operation) for operation in value if subject(operation) is not None]
    need(len(subjects) == len(set(subjects)), "two operations about the same")


# Overlays

def endpoints(value):
    need(isinstance(value, list) and 1 <= len(value) <= ENDPOINTS_MAX, "1 to 256 endpoints")
    for element in value:
        members(element, {"address": text, "port?": port, "weight?": weight})
        need(element["address"].startswith("unix:") != ("port" in element), "an endpoint's port")


def port(value):
    need(is_integer(value) and 1 <= value <= 65_535, "expected a port")


def weight(value):
    need(is_integer(value) and 0 <= value <= WEIGHT_MAX, "expected a weight")


def either(value, *names):
    need(sum(name in value for name in names) == 1, f"expected one of {names}")


# Statements

COMMON = {"act": text, "log": text, "nonce": nonce, "until": count}
MEMBERS = {**COMMON, "by": number}
NEWCOMER = {**COMMON, "act": one_of("join"), "handle": sha, "key": key}
RECOVER = {**MEMBERS, "act": one_of("recover"), "key": key}
CONCERNS = ["security", "privacy", "reliability", "cost", "fairness", "other"]
ACTS = {
    "join": {"digest": sha},
    "key": {"key": key},
    "retire": {"key": key, "stolen?": true},
    "leave": {},
    "propose": {"operations": operations, "reason?": sha, "refiles?": number},
    "revise": {"proposal": number, "operations": operations, "reason?": sha},
    "sponsor": {"proposal": number, "payload": sha},
    "withdraw": {"proposal": number},
    "remark": {"proposal": number, "concern": one_of(*CONCERNS), "reason": sha},
    "ballot": {
        "open": sha, "choice": one_of("yes", "no", "abstain"), "head": head, "replaces?": sha,
    },
    "endpoints": {"backend": document_name, "document": sha, "endpoints": endpoints},
    "undo": {"backend": document_name, "keeper": number},
    "emergency": {"disable?": document_name, "restore?": read_document},
}
SUCCEED = {
    **MEMBERS, "act": one_of("succeed"), "size": count, "root": sha, "origin": text, "key": text,
}


def statement(value, form):
    members(value, form)
    need(len(write(value)) <= STATEMENT_OCTETS_MAX, "a statement beyond 48 KiB")


def members_statement(value):
    """A statement that stands in the log itself: of a member, who has a number."""
    act = value.get("act") if isinstance(value, dict) else None
    need(isinstance(act, str) and act in ACTS, "unknown act")
    statement(value, {**MEMBERS, **ACTS[act]})
    if act == "emergency":
        either(value, "disable", "restore")


def namespace(act):
    return "proposal@commonway" if act == "propose" else f"{act}@commonway"


# Entries

def founders(value):
    need(isinstance(value, list) and 1 <= len(value) <= FOUNDERS_MAX, "1 to 100 founders")
    for element in value:
        members(element, {"handle": sha, "key": key, "number": number})


def rules_version(value):
    need(is_integer(value) and value == 1, "rules version 1")


def stewards(value):
    need(value == [], "no stewards in rules version 1")


def successions(value):
    need(isinstance(value, list) and 1 <= len(value) <= SUCCESSORS_MAX, "1 to 50 statements")
    for element in value:
        members(element, {"sig": signature, "stmt": lambda stmt: statement(stmt, SUCCEED)})


def reason(value):
    need(isinstance(value, str) and 1 <= len(value.encode()) <= REASON_OCTETS_MAX,
         "a reason of 1 to 1,024 octets")


# The kinds whose members say something new. Those of all others follow from the state: rules.py
# makes the entry that is right and compares octets.
KINDS_READ = {
    "genesis": {
        "origin": text, "key": text, "rules": rules_version, "charter": Charter,
        "stewards": stewards,
    },
    "founders": {"members": founders},
    "statement": {"stmt": members_statement, "sig": signature, "cosig?": signature},
    "refuse": {
        "route?": document_name, "network?": read_network, "reason": reason, "table": sha,
    },
    "permit": {"route?": document_name, "network?": read_network, "table": sha},
    "succeed": {"statements": successions},
}
KINDS_CLAIMED = [
    "constituted", "open", "extend", "close", "enact", "admit", "stale", "lapse", "expire", "lift",
    "tick", "state",
]


def entry(octets):
    """The entry of a line."""
    need(len(octets) <= ENTRY_OCTETS_MAX, "an entry beyond 65,535 octets")
    value = parse(octets)
    need(isinstance(value, dict), "an entry is an object")
    need(is_integer(value.get("v")) and value["v"] == 1, "v is 1")
    need("t" in value, "t is missing")
    count(value["t"])
    kind = value.get("kind")
    if isinstance(kind, str) and kind in KINDS_READ:
        rest = {name: member for name, member in value.items() if name not in ("v", "t", "kind")}
        members(rest, KINDS_READ[kind])
        if kind == "statement":
            need("cosig" not in value or value["stmt"]["act"] == "key", "cosig is for a key")
        if kind in ("refuse", "permit"):
            either(value, "route", "network")
    else:
        need(isinstance(kind, str) and kind in KINDS_CLAIMED, "unknown kind")
    return value
