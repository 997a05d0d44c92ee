"""Which rule wins a request, and between which rules requests change hands (routing.md), by
trying every kind of request that the constants of both tables can tell apart."""

FRESH = "?"     # a label, segment or method that no document can name


def in_order(routes):
    """Every match of some (document, sequence), the one that wins first first."""
    every = [
        (match.precedence(), sequence, document.name, place, match)
        for document, sequence in routes for place, match in enumerate(document.matches)
    ]
    return [row[-1] for row in sorted(every, key=lambda row: row[:-1])]


def hosts(matches):
    """One host of every kind: each named, one right below each wildcard, an unknown one."""
    named = {match.host for match in matches if match.host is not None}
    return sorted({FRESH + host[1:] if host.startswith("*.") else host for host in named} | {FRESH})


def paths(matches):
    every = {"/", f"/{FRESH}"}
    for match in matches:
        every |= {match.path or "/", match.path.rstrip("/") + f"/{FRESH}"}
    return sorted(every)


def methods(matches):
    return sorted({match.method for match in matches if match.method is not None} | {FRESH})


def both(first, second):
    """The fields that two conditions ask for; None when they ask for two values of one."""
    if any(second.get(name, value) != value for name, value in first.items()):
        return None
    return {**first, **second}


def fields(before, after):
    """Headers and parameters to try: what one match before and one after ask for, together.

    Matches only ask for fields to be there. So a request that one match wins before and another
    one after, less every field that neither of these asks for, is still won by the same two."""
    nothing = ({}, {})
    ours = distinct([(match.headers, match.params) for match in before] + [nothing])
    theirs = distinct([(match.headers, match.params) for match in after] + [nothing])
    pairs = [(both(a[0], b[0]), both(a[1], b[1])) for a in ours for b in theirs]
    return distinct([pair for pair in pairs if None not in pair])


def distinct(pairs):
    return list({repr((sorted(a.items()), sorted(b.items()))): (a, b) for a, b in pairs}.values())


def winner(matches, headers, params):
    for match in matches:
        if match.fits_fields(headers, params):
            return match.label
    return ""


def moves(before, after, changed):
    """The sorted pairs (rule before, rule after) of requests that change hands.

    `before` and `after` are (document, sequence) of all routes, `changed` those that differ: only
    requests that one of their matches fits can move, so others are not tried."""
    before, after = in_order(before), in_order(after)
    ours = {id(match) for document in changed for match in document.matches}
    found = set()

    def concerned(*lists):
        return any(id(match) in ours for matches in lists for match in matches)

    def narrow(one, choices, fits):
        """Every choice, with the matches before and after that fit it."""
        for choice in choices:
            pair = [[match for match in matches if fits(match, choice)] for matches in one]
            if concerned(*pair):
                yield pair

    fits_host, fits_path, fits_method = (
        lambda match, host: match.fits_host(host), lambda match, path: match.fits_path(path),
        lambda match, method: match.fits_method(method))
    for by_host in narrow([before, after], hosts(before + after), fits_host):
        for by_path in narrow(by_host, paths(by_host[0] + by_host[1]), fits_path):
            for left, right in narrow(by_path, methods(by_path[0] + by_path[1]), fits_method):
                for headers, params in fields(left, right):
                    pair = winner(left, headers, params), winner(right, headers, params)
                    if pair[0] != pair[1]:
                        found.add(pair)
    return [list(pair) for pair in sorted(found)]


def overlap(first, second):
    """Whether one request can fit both matches."""
    return (any(first.fits_host(host) and second.fits_host(host) for host in hosts([first, second]))
            and any(first.fits_path(path) and second.fits_path(path)
                    for path in paths([first, second]))
            and (first.method is None or second.method is None or first.method == second.method)
            and both(first.headers, second.headers) is not None
            and both(first.params, second.params) is not None)
