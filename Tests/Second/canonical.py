"""Canonical JSON and digests (formats.md §1)."""

import hashlib
import json

INTEGER_MAX = 2**53 - 1
DEPTH_MAX = 32


class Malformed(Exception):
    """Octets, or a value, that the formats do not have."""


def refuse(text):
    raise Malformed(f"{text} is no integer")


def check(value, depth=0):
    """Refuses what JSON has and the profile has not."""
    if isinstance(value, (dict, list)) and depth == DEPTH_MAX:
        raise Malformed(f"nested deeper than {DEPTH_MAX}")
    if isinstance(value, dict):
        for name, member in value.items():
            if not all(0x20 <= ord(letter) <= 0x7E for letter in name):
                raise Malformed("a member name that is not ASCII")
            check(member, depth + 1)
    elif isinstance(value, list):
        for element in value:
            check(element, depth + 1)
    elif value is None:
        raise Malformed("null")
    elif isinstance(value, int) and abs(value) > INTEGER_MAX:
        raise Malformed("an integer beyond 2^53-1")


def write(value):
    """The one spelling of a value: names sorted, no white space, RFC 8785's escapes."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def parse(octets):
    """The value of octets that are its canonical spelling."""
    try:
        value = json.loads(octets.decode("utf-8"), parse_float=refuse, parse_constant=refuse)
        check(value)
        spelling = write(value)
    except (ValueError, RecursionError) as fault:
        raise Malformed(f"no JSON: {type(fault).__name__}") from None
    # Repeated names, other orders, escapes and white space all write otherwise.
    if spelling != octets:
        raise Malformed("not canonical")
    return value


def sha256(octets):
    return hashlib.sha256(octets).hexdigest()


def digest(value):
    """SHA-256 of a value's canonical octets."""
    return sha256(write(value))


def leaf_hash(octets):
    """RFC 6962 §2.1."""
    return sha256(b"\0" + octets)


def is_integer(value):
    return isinstance(value, int) and not isinstance(value, bool)


def is_hex(value, least, most):
    return (isinstance(value, str) and least <= len(value) <= most
            and all(digit in "0123456789abcdef" for digit in value))


def is_digest(value):
    return is_hex(value, 64, 64)
