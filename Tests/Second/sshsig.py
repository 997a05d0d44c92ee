"""Ed25519 (RFC 8032 §5.1), OpenSSH key lines and SSHSIG blobs (formats.md §§1-2)."""

import base64
import functools
import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
MAGIC = b"SSHSIG"
KEY_TYPE = b"ssh-ed25519"

# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 §5.1.4).
NEUTRAL = (0, 1, 1, 0)


def add(a, b):
    A = (a[1] - a[0]) * (b[1] - b[0]) % P
    B = (a[1] + a[0]) * (b[1] + b[0]) % P
    C = 2 * a[3] * b[3] % P * D % P
    E = 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def double(a):
    A = a[0] * a[0] % P
    B = a[1] * a[1] % P
    C = 2 * a[2] * a[2] % P
    h = A + B
    e = h - (a[0] + a[1]) ** 2 % P
    g = A - B
    f = C + g
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def negative(a):
    return (P - a[0], a[1], a[2], P - a[3])


def encode(a):
    inverse = pow(a[2], -1, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


@functools.lru_cache(maxsize=None)
def decode(octets):
    """The point of 32 octets, or None (RFC 8032 §5.1.3)."""
    number = int.from_bytes(octets, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * ROOT_OF_MINUS_ONE % P
    if x * x % P != square or (x == 0 and sign == 1):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def sum_of_multiples(s, a, h, b):
    """s·a + h·b, both read from the highest bit at once."""
    both = add(a, b)
    result = NEUTRAL
    for bit in range(max(s.bit_length(), h.bit_length()) - 1, -1, -1):
        result = double(result)
        pair = (s >> bit & 1, h >> bit & 1)
        if pair != (0, 0):
            result = add(result, {(1, 0): a, (0, 1): b, (1, 1): both}[pair])
    return result


BASE = decode((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def verify(key, message, signature):
    """Whether R = S·B - h·A, compared as octets: no cofactor, S below the order, R not of small
    order."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    point = decode(key)
    if point is None or s >= ORDER or not is_key(r):
        return False
    h = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % ORDER
    return encode(sum_of_multiples(s, BASE, h, negative(point))) == r


@functools.lru_cache(maxsize=None)
def is_key(octets):
    """Not small-order, not a second spelling of its y. It may still be no point at all: then
    nothing verifies under it."""
    y = int.from_bytes(octets, "little") & (2**255 - 1)
    if len(octets) != 32 or y >= P:
        return False
    point = decode(y.to_bytes(32, "little"))
    if point is None:
        return True
    eight_times = double(double(double(point)))
    return not (eight_times[0] % P == 0 and (eight_times[1] - eight_times[2]) % P == 0)


def text(octets):
    """A string of RFC 4251 §5."""
    return len(octets).to_bytes(4, "big") + octets


def exact_base64(spelling):
    """The octets of the one spelling of base64 that they have, or None."""
    try:
        octets = base64.b64decode(spelling, validate=True)
    except ValueError:
        return None
    return octets if base64.b64encode(octets).decode() == spelling else None


def key_octets(line):
    """The 32 octets of a key line `ssh-ed25519 AAAA…` without comment, or None."""
    if not isinstance(line, str) or not line.startswith("ssh-ed25519 "):
        return None
    blob = exact_base64(line[len("ssh-ed25519 "):])
    if blob is None or len(blob) != 51 or blob[:19] != text(KEY_TYPE) + (32).to_bytes(4, "big"):
        return None
    return blob[19:] if is_key(blob[19:]) else None


def key_line(octets):
    return "ssh-ed25519 " + base64.b64encode(text(KEY_TYPE) + text(octets)).decode()


@functools.lru_cache(maxsize=None)
def signer(signature, message, namespace):
    """The key line that signed the message in that namespace, or None."""
    blob = exact_base64(signature)
    if blob is None:
        return None
    # All lengths are known, so the whole blob is: only key and signature vary.
    name = namespace.encode()
    before = MAGIC + (1).to_bytes(4, "big") + (51).to_bytes(4, "big") + text(KEY_TYPE)
    before += (32).to_bytes(4, "big")
    between = text(name) + text(b"") + text(b"sha512")
    between += (83).to_bytes(4, "big") + text(KEY_TYPE) + (64).to_bytes(4, "big")
    key = blob[len(before):len(before) + 32]
    raw = blob[-64:]
    if blob != before + key + between + raw or not is_key(key):
        return None
    signed = MAGIC + text(name) + text(b"") + text(b"sha512")
    signed += text(hashlib.sha512(message).digest())
    return key_line(key) if verify(key, signed, raw) else None
