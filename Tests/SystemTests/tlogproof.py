"""Verifies a C2SP tlog-proof with nothing of Commonway's: python3 and openssl.

    tlogproof.py PROOF ENTRY VERIFIER-KEY

Written from c2sp.org/tlog-proof, signed-note and RFC 9162 section 2.1.3.2. Prints index and size.
"""

import base64
import hashlib
import subprocess
import sys
import tempfile


def fail(words):
    sys.exit("not proven: " + words)


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaf, index, size, path):
    if not index < size:
        fail("the index is beyond the size")
    place, last, root = index, size - 1, leaf
    for digest in path:
        if last == 0:
            fail("too many hashes")
        if place % 2 == 1 or place == last:
            root = node(digest, root)
            while place % 2 == 0 and place != 0:
                place, last = place >> 1, last >> 1
        else:
            root = node(root, digest)
        place, last = place >> 1, last >> 1
    if last != 0:
        fail("too few hashes")
    return root


def check_note(note, verifier):
    name, _, rest = verifier.partition("+")
    hint, _, encoded = rest.partition("+")
    key = base64.b64decode(encoded, validate=True)
    if key[0] != 1 or hashlib.sha256(name.encode() + b"\n" + key).digest()[:4].hex() != hint:
        fail("the verifier key")
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    for line in lines.splitlines():
        dash, signer, blob = line.split(" ")
        octets = base64.b64decode(blob, validate=True)
        if dash == "\u2014" and signer == name and octets[:4].hex() == hint:
            return text, key[1:], octets[4:]
    fail("no signature by the log's key")


def main():
    proof, entry = open(sys.argv[1], "rb").read().decode(), open(sys.argv[2], "rb").read()
    lines = proof.split("\n")
    if lines.pop(0) != "c2sp.org/tlog-proof@v1":
        fail("the first line")
    if lines[0].startswith("extra "):
        base64.b64decode(lines.pop(0)[6:], validate=True)
    word, index = lines.pop(0).split(" ")
    if word != "index" or str(int(index)) != index:
        fail("the index line")
    path = []
    while lines[0] != "":
        path.append(base64.b64decode(lines.pop(0), validate=True))
        if len(path[-1]) != 32:
            fail("a hash")
    text, key, signature = check_note("\n".join(lines[1:]), sys.argv[3])
    origin, size, root = text.split("\n")[:3]
    with tempfile.TemporaryDirectory() as folder:
        # RFC 8410: the prefix of an Ed25519 public key in DER.
        der = bytes.fromhex("302a300506032b6570032100") + key
        for name, octets in (("key", der), ("text", text.encode()), ("signature", signature)):
            with open(folder + "/" + name, "wb") as file:
                file.write(octets)
        verified = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin",
             "-inkey", folder + "/key", "-in", folder + "/text",
             "-sigfile", folder + "/signature"], capture_output=True)
    if verified.returncode != 0:
        fail("the log's signature: " + verified.stdout.decode() + verified.stderr.decode())
    leaf = hashlib.sha256(b"\x00" + entry).digest()
    if root_of(leaf, int(index), int(size), path) != base64.b64decode(root, validate=True):
        fail("the root")
    print(index, size, origin)


main()
