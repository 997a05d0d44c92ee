"""Makes the base64 of an SSHSIG whose R is the neutral point, which satisfies the equation of
Ed25519 and counts for nothing (formats.md §2). No honest signer writes it.

    crafted.py SEED NAMESPACE MESSAGE       seed and message in hexadecimal
"""

import base64
import hashlib
import sys

import sshsig


def crafted(seed, namespace, message):
    secret = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    secret = secret & ((1 << 254) - 8) | 1 << 254
    key = sshsig.encode(sshsig.sum_of_multiples(secret, sshsig.BASE, 0, sshsig.BASE))
    parts = sshsig.text(namespace.encode()) + sshsig.text(b"") + sshsig.text(b"sha512")
    signed = sshsig.MAGIC + parts + sshsig.text(hashlib.sha512(message).digest())
    r = sshsig.encode(sshsig.NEUTRAL)
    h = int.from_bytes(hashlib.sha512(r + key + signed).digest(), "little") % sshsig.ORDER
    raw = r + (h * secret % sshsig.ORDER).to_bytes(32, "little")
    point = sshsig.text(sshsig.KEY_TYPE) + sshsig.text(key)
    value = sshsig.text(sshsig.KEY_TYPE) + sshsig.text(raw)
    blob = sshsig.MAGIC + (1).to_bytes(4, "big") + sshsig.text(point) + parts + sshsig.text(value)
    return base64.b64encode(blob).decode()


print(crafted(bytes.fromhex(sys.argv[1]), sys.argv[2], bytes.fromhex(sys.argv[3])))
