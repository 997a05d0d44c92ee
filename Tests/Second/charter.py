"""The charter (governance.md §9): its form, its bounds, and what follows from N (§§3, 7, 10)."""

from canonical import Malformed, digest, is_integer

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
PERIOD_MAX = 90 * DAY
TERM_MAX = 366 * DAY
UNITS = [("d", DAY), ("h", HOUR), ("m", MINUTE), ("s", SECOND)]


def milliseconds(value, most):
    """A period such as `14d` or `1h30m`: each unit at most once, in this order."""
    if not isinstance(value, str) or value == "":
        raise Malformed("a period is text such as 14d")
    total, rest = 0, value
    for unit, factor in UNITS:
        digits = rest[:len(rest) - len(rest.lstrip("0123456789"))]
        if 1 <= len(digits) <= 7 and rest[len(digits):].startswith(unit):
            total += int(digits) * factor
            rest = rest[len(digits) + 1:]
    if rest != "" or total > most:
        raise Malformed(f"no period of at most {most // DAY}d: {value!r}")
    return total


def period(least=0, least_demo=0, most=PERIOD_MAX):
    def read(value, demo):
        length = milliseconds(value, most)
        if length < (least_demo if demo else least):
            raise Malformed(f"too short a period: {value}")
        return length
    return read


def fraction(most=None):
    """`a/b` of 1…100 each, without leading zeros; `most` is a pair itself."""
    def read(value, _):
        parts = value.split("/") if isinstance(value, str) else []
        if len(parts) != 2 or not all(part in HUNDRED for part in parts):
            raise Malformed(f"no fraction: {value!r}")
        a, b = int(parts[0]), int(parts[1])
        if most is not None and a * most[1] > most[0] * b:
            raise Malformed(f"too large a fraction: {value}")
        return a, b
    return read


HUNDRED = {str(number) for number in range(1, 101)}


def integer(least, most):
    def read(value, _):
        if not is_integer(value) or not least <= value <= most:
            raise Malformed(f"expected {least}…{most}, not {value!r}")
        return value
    return read


def flag(value, _):
    if not isinstance(value, bool):
        raise Malformed("expected true or false")
    return value


def word(expected):
    def read(value, _):
        if value != expected or not isinstance(value, str):
            raise Malformed(f"expected {expected}")
        return value
    return read


CLASS = {
    "quorum": fraction(), "margin": integer(1, 10), "discussion": period(), "delay": period(),
    "voting": period(HOUR, SECOND), "applyBy": period(HOUR, SECOND),
}
FORM = {
    "charter": integer(1, 1),
    "demo": flag,
    "electorate": word("all"),
    "tenure": period(),
    "heartbeat": period(60 * SECOND, SECOND),
    "classes": {"routine": CLASS, "sensitive": CLASS, "constitutional": CLASS},
    "lateSwing": fraction((1, 2)),
    "sponsors": {"multiplier": fraction(), "max": integer(1, 100)},
    "revert": {"within": period()},
    "admission": {
        "batch": integer(1, 50), "sponsors": integer(1, 10), "period": period(DAY, SECOND),
        "least": integer(1, 1000), "small": fraction((1, 1)), "large": fraction((1, 1)),
        "smallBelow": integer(0, 1_000_000),
    },
    "expulsion": {"reply": period()},
    "keepers": {"undoLeast": integer(1, 100), "undoMultiplier": fraction()},
    "emergency": {
        "term": period(DAY, SECOND, TERM_MAX), "alone": period(), "confirmed": period(),
        "suspended": period(), "period": period(), "restorable": period(),
        "least": integer(1, 100), "share": fraction((1, 1)), "most": integer(1, 100),
        "signatures": integer(1, 100),
    },
    "limits": {
        "votingPerMember": integer(1, 100), "discussionPerMember": integer(1, 100),
        "openVotes": integer(1, 1000), "statementsPerDay": integer(10, 10_000),
        "ballotsPerElector": integer(1, 100), "remarksPerMember": integer(1, 100),
        "rejectedReturns": period(), "discussionExpires": period(DAY, SECOND),
        "statementValidity": period(10 * MINUTE, SECOND),
    },
}


def read_object(value, form, demo, optional=()):
    if not isinstance(value, dict) or set(value) - set(optional) != set(form) - set(optional):
        raise Malformed("a charter has exactly the members of its form")
    return {
        name: read_object(member, form[name], demo) if isinstance(form[name], dict)
        else form[name](member, demo)
        for name, member in value.items()
    }


class Charter:
    """A charter read: `charter["limits"]["openVotes"]`, periods in ms, fractions as pairs."""

    def __init__(self, value):
        demo = isinstance(value, dict) and value.get("demo") is True
        self.rules = read_object(value, {**FORM, "citesRoutes": flag}, demo, ["citesRoutes"])
        self.value = value
        self.digest = digest(value)

    def __getitem__(self, name):
        return self.rules[name]

    def quorum(self, of_class, n):
        """§3."""
        q = least_of_root(self["classes"][of_class]["quorum"], n)
        most = -(-2 * n // 3) if of_class == "constitutional" else n // 2 + 1
        return min(max(q, min(2, n)), max(most, 1))

    def sponsors_needed(self, n, admits):
        """§3, K."""
        k = max(1, least_of_root(self["sponsors"]["multiplier"], n))
        k = min(k, self["sponsors"]["max"], max(1, n // 2))
        return max(k, min(self["admission"]["sponsors"], n)) if admits else k

    def admission_cap(self, m):
        """§7, C."""
        rules = self["admission"]
        if m < rules["smallBelow"]:
            return max(rules["least"], part(m, rules["small"]))
        return max(1, part(m, rules["large"]))

    def emergency_needed(self, n):
        """§10, J."""
        rules = self["emergency"]
        a, b = rules["share"]
        return min(rules["most"], max(rules["least"], -(-n * a // b)))

    def undo_needed(self, n):
        """§10, S."""
        rules = self["keepers"]
        return min(max(rules["undoLeast"], least_of_root(rules["undoMultiplier"], n)), max(1, n))


def least_of_root(ratio, n):
    """⌈(a/b)·√n⌉: the least q with (q·b)² ≥ a²·n."""
    a, b = ratio
    q = 0
    while (q * b) ** 2 < a * a * n:
        q += 1
    return q


def part(number, ratio):
    """⌊number·a/b⌋."""
    return number * ratio[0] // ratio[1]
