"""Where a request came from, past the proxies this installation trusts and no others."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "unknown"
MOST_HOPS = 20
"""Longer chains are somebody's invention: what lies further left is not looked at."""

_CLIENT_OF_IPV6 = 64
"""One line of a provider has a whole /64, so its single addresses tell nobody apart."""

Address = IPv4Address | IPv6Address


def client_address(request: HttpRequest) -> str:
    """The address of the client in its shortest form, or UNKNOWN when the server names no peer.

    X-Forwarded-For is read from the right, where our own proxies wrote, as long as the one who wrote is in
    TRUSTED_PROXIES. The first address that is not trusted is the client; whatever it claims further left is its own
    invention. Something that is no address ends the reading at the last one that was.
    """
    here = _read(request.META.get("REMOTE_ADDR", ""))
    if here is None:
        return UNKNOWN
    for hop in _claimed(request.META.get("HTTP_X_FORWARDED_FOR", "")):
        if not is_trusted(here):
            break
        before = _read(hop)
        if before is None:
            break
        here = before
    return str(here)


def client_network(request: HttpRequest) -> str:
    """Whom limits count together: an IPv4 address alone, an IPv6 address with its /64."""
    address = _read(client_address(request))
    if address is None:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        return str(ip_network((address, _CLIENT_OF_IPV6), strict=False).network_address)
    return str(address)


def is_trusted(address: Address) -> bool:
    """Whether `address` is one of TRUSTED_PROXIES."""
    return any(address in network for network in settings.TRUSTED_PROXIES)


def _claimed(header: str) -> Iterator[str]:
    for hop in reversed(header.rsplit(",", MOST_HOPS)[-MOST_HOPS:]):
        yield hop.strip()


def _read(text: str) -> Address | None:
    """An address, also with a port or in brackets as some proxies write it; IPv4 inside IPv6 is IPv4."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address
