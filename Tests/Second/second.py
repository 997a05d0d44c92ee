#!/usr/bin/env python3
"""The second implementation of rules version 1: entries in, verdicts and state out.

Written from docs/governance.md and docs/formats.md alone, slow and plain, to be compared with the
first. Standard input has a line an entry: `+1 ENTRY` takes it, `?1 ENTRY` says what would become
of it and forgets it; 0 in place of 1 says that the head named by a ballot, or the root named by a
`succeed`, is not in the log. `!` prints the state. Each line is answered by `applied`, `void CODE`
or `contradiction WORDS`; the last line is the state at the end.
"""

import sys

import rules
from canonical import write
from state import State


def main(lines, out):
    state = State()
    for line in lines:
        line = line.removesuffix(b"\n")
        if line == b"!":
            out.write(write(state.value()) + b"\n")
        else:
            how, octets = line[:3], line[3:]
            if how not in (b"+0 ", b"+1 ", b"?0 ", b"?1 "):
                sys.exit(f"second.py: expected +1, +0, ?1, ?0 and an entry, not {line[:40]!r}")
            verdict, after = rules.take(state, octets, how[1:2] == b"1")
            out.write(verdict.encode() + b"\n")
            if how[:1] == b"+":
                state = after
        out.flush()
    out.write(write(state.value()) + b"\n")
    out.flush()


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
