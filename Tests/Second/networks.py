"""Networks and the addresses in them (routing.md, Documents; governance.md §10)."""

import ipaddress

from canonical import Malformed

LENGTHS = {str(length) for length in range(129)}    # spelled without leading zeros


def read_network(value):
    """An address and the length of its prefix, no bit set behind it."""
    address, _, length = value.partition("/") if isinstance(value, str) else ("", "", "")
    if length not in LENGTHS or "%" in address:
        raise Malformed(f"no network: {value!r}")
    try:
        return ipaddress.ip_network(value)
    except ValueError as fault:
        raise Malformed(f"no network: {fault}") from None


def is_inside(address, networks):
    """Whether it is an IP address, without a zone, in one of them; names are in none. An IPv6
    address that maps one of IPv4 is IPv6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return "%" not in address and any(
        found.version == network.version and found in network for network in networks)
