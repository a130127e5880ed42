"""The network that feedback comes from, as a hash, so that one sender cannot use up the limits.

The hash has a key that is made at start and never stored. No network address is kept, not even in
memory.
"""

import hashlib
import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: The bits of an address that name a network, by IP version. One home or office has one network.
_BITS = {4: 24, 6: 64}
#: Private addresses: not a reader's, but those of a proxy or a container engine in between.
_INSIDE = [
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"),
    )
]
_key = secrets.token_bytes(32)


def network_of(request: HttpRequest) -> bytes | None:
    """A hash of the network that a request comes from; None where it is unknown.

    CLIENT_ADDRESS names where the address is: a header that the operator's proxy sets (its last
    value counts), or REMOTE_ADDR. Where it is unset, REMOTE_ADDR is taken unless it is private: a
    proxy's address would be the same for all readers.
    """
    where = settings.CLIENT_ADDRESS
    if where in ("", "REMOTE_ADDR"):
        text = request.META.get("REMOTE_ADDR", "")
    else:
        text = request.headers.get(where, "")
    address = _address(text.rpartition(",")[2].strip())
    if address is None or (not where and any(address in inside for inside in _INSIDE)):
        return None
    network = ip_network((address.packed, _BITS[address.version]), strict=False)
    return hashlib.blake2b(network.network_address.packed, key=_key, digest_size=8).digest()


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.strip("[]"))  # some servers write IPv6 in brackets
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
