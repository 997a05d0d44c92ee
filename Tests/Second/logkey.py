"""Verifier keys, and the next key of the log (governance.md §11)."""

import functools

import sshsig
from canonical import sha256

ED25519 = 1     # the type


def verifier_key(spelling):
    """(name, 32 octets) of a verifier key of type 1, `name+hash+base64`, or None."""
    parts = spelling.split("+", 2)
    if len(parts) != 3 or parts[0] == "" or any(letter.isspace() for letter in parts[0]):
        return None
    name, identity, base64 = parts
    octets = sshsig.exact_base64(base64)
    if octets is None or len(octets) != 33 or octets[0] != ED25519:
        return None
    if identity != sha256(name.encode() + b"\n" + octets)[:8]:
        return None
    return name, octets[1:]


def is_named(key, origin):
    """Whether it is a verifier key of type 1 of that name."""
    read = verifier_key(key)
    return read is not None and read[0] == origin


@functools.lru_cache(maxsize=None)
def has_signed(origin, before, after, signature):
    """Whether the next key signed that it follows the one in force."""
    raw = sshsig.exact_base64(signature)
    if raw is None or len(raw) != 64:
        return False
    message = f"commonway-log-key/v1\n{origin}\n{before}\n{after}\n"
    return sshsig.verify(verifier_key(after)[1], message.encode(), raw)
