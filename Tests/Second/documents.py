"""Documents of the routing language (routing.md), as far as plans ask: matches, references,
filters. Documents are taken to be well formed; what cannot be read at all is malformed."""

import copy

from canonical import Malformed, digest, is_integer, sha256, write
from networks import read_network

KINDS = ["HTTPRoute", "Backend"]
KEEPERS_MAX = 16
NETWORKS_MAX = 32


def text(value):
    if not isinstance(value, str):
        raise Malformed("expected text in a document")
    return value


class Match:
    """One match of a route for one of its hosts."""

    def __init__(self, value, host, label):
        path = value.get("path", {})
        self.host = host                                    # None for every host
        self.exact = path.get("type") == "Exact"
        self.path = text(path.get("value", "/"))
        if not self.exact and self.path.endswith("/"):
            self.path = self.path[:-1]                      # `PathPrefix /` is the empty prefix
        self.method = text(value["method"]) if "method" in value else None
        self.headers = named(value.get("headers", []), str.lower)
        self.params = named(value.get("queryParams", []), str)
        self.label = label

    def precedence(self):
        """routing.md, Which rule wins, 1-4; the least wins."""
        if self.host is None:
            host = (2, 0)
        else:
            host = (1, -len(self.host)) if self.host.startswith("*.") else (0, 0)
        path = (0, 0) if self.exact else (1, -len(self.path.encode()))
        return host, path, self.method is None, -len(self.headers), -len(self.params)

    def fits_host(self, host):
        if self.host is None or self.host == host:
            return True
        return self.host.startswith("*.") and host.endswith(self.host[1:])

    def fits_path(self, path):
        if self.exact:
            return path == self.path
        return path == self.path or path.startswith(self.path + "/")

    def fits_method(self, method):
        return self.method is None or self.method == method

    def fits_fields(self, headers, params):
        return self.headers.items() <= headers.items() and self.params.items() <= params.items()


def named(fields, spell):
    """Names and values; of a name that stands twice the first counts."""
    result = {}
    for field in fields:
        result.setdefault(spell(field["name"]), text(field["value"]))
    return result


class Document:
    def __init__(self, value):
        self.value = value
        self.digest = digest(value)
        kubernetes = "metadata" in value or "spec" in value
        self.name = text(value["metadata"]["name"] if kubernetes else value["name"])
        self.kind = value["kind"]
        self.key = f"{self.kind}/{self.name}"
        body = value["spec"] if kubernetes else value
        if self.kind == "HTTPRoute":
            self.read_route(body)
        elif self.kind == "Backend":
            self.read_backend(body)
        else:
            raise Malformed("a document is an HTTPRoute or a Backend")

    def read_route(self, body):
        self.hosts = [host.lower() for host in body.get("hostnames", [])]
        self.rules = [Rule(rule, index) for index, rule in enumerate(body["rules"])]
        self.matches = [
            Match(match, host, f"{self.name}/{rule.label}")
            for host in self.hosts or [None] for rule in self.rules for match in rule.matches
        ]

    def read_backend(self, body):
        self.endpoints = body["endpoints"]
        self.ports = {endpoint.get("port") for endpoint in self.endpoints}
        self.keepers = keepers(body["keepers"]) if "keepers" in body else []
        self.networks = networks(body["networks"]) if "networks" in body else []
        if self.keepers and not self.networks:
            raise Malformed("keepers without networks could do nothing")
        # What must stay for endpoints that a keeper gave to stay.
        self.kept = [write(body[name]) if name in body else None
                     for name in ("endpoints", "keepers", "networks")]

    def with_endpoints(self, endpoints):
        """The backend with others laid over it, as far as routes name them."""
        laid = copy.copy(self)
        laid.ports = {endpoint.get("port") for endpoint in endpoints}
        return laid

    def references(self):
        """(backend, port or None) of every backendRef and mirror."""
        return [reference for rule in self.rules for reference in rule.references()]


def keepers(value):
    if not (isinstance(value, list) and 1 <= len(value) <= KEEPERS_MAX
            and all(is_integer(number) and 1 <= number < 2**31 for number in value)
            and len(set(value)) == len(value)):
        raise Malformed("keepers are 1 to 16 different members by number")
    return value


def networks(value):
    if not isinstance(value, list) or not 1 <= len(value) <= NETWORKS_MAX:
        raise Malformed("1 to 32 networks")
    return [read_network(network) for network in value]


class Rule:
    def __init__(self, value, index):
        self.label = text(value.get("name", f"#{index + 1}"))
        self.matches = value.get("matches") or [{}]
        self.targets = [target(reference) for reference in value.get("backendRefs", [])]
        self.filters = filters(value)
        self.target_filters = [filters(reference) for reference in value.get("backendRefs", [])]

    def references(self):
        every = self.filters + [one for some in self.target_filters for one in some]
        return self.targets + [one["target"] for one in every if one["type"] == "RequestMirror"]

    def has_filters(self):
        return bool(self.filters) or any(self.target_filters)

    def filtered(self):
        """What must stay for a change to be routine: filters, and by which reference."""
        by_target = {}
        for one, its in zip(self.targets, self.target_filters):
            if its:
                by_target.setdefault(one, []).extend(its)
        return self.label, repr(self.filters), repr(sorted(by_target.items(), key=repr))


def target(reference):
    return text(reference["name"]), reference.get("port")


def filters(value):
    return [meaning(one) for one in value.get("filters", [])]


SETTINGS = {
    "RequestHeaderModifier": "requestHeaderModifier", "RequestRedirect": "requestRedirect",
    "ResponseHeaderModifier": "responseHeaderModifier", "URLRewrite": "urlRewrite",
    "RequestMirror": "requestMirror", "CORS": "cors",
}


def meaning(value):
    """A filter with its defaults filled in, so that two spellings of one filter are equal."""
    kind = value["type"]
    settings = dict(value[SETTINGS[kind]])
    if "hostname" in settings:
        settings["hostname"] = settings["hostname"].lower()
    if settings.get("path", {}).get("type") == "ReplacePrefixMatch":
        prefix = settings["path"]["replacePrefixMatch"]
        settings["path"] = {"prefix": prefix[:-1] if prefix.endswith("/") else prefix}
    if kind == "RequestRedirect":
        settings = {"statusCode": 302, **settings}
    elif kind == "RequestMirror":
        share = settings.get("fraction", {"numerator": settings.get("percent", 100)})
        settings = {"target": target(settings["backendRef"]), "share": share["numerator"],
                    "of": share.get("denominator", 100)}
    elif kind == "CORS":
        lists = ["allowOrigins", "allowMethods", "allowHeaders", "exposeHeaders"]
        settings = {"allowCredentials": False, "maxAge": 5, **{name: [] for name in lists},
                    **settings}
    elif kind.endswith("HeaderModifier"):
        settings = {"set": [], "add": [], "remove": [], **settings}
    return {name: settings[name] for name in sorted(settings)} | {"type": kind}


READ = {}


def read_document(value):
    """The document of a value, read once."""
    octets = write(value)
    name = sha256(octets)
    if name not in READ:
        try:
            READ[name] = Document(value)
        except (LookupError, TypeError, AttributeError, ValueError) as fault:
            raise Malformed(f"no document: {fault!r}") from None
    return READ[name]
