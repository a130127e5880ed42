"""From which network feedback comes, so that one sender cannot use up what all may send.

Only a keyed hash of the network is made, with a key that ends with the process: no address is
kept, not even in memory.
"""

import hashlib
import secrets
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

#: Who holds one address mostly holds its network: a home, an office.
_BITS = {4: 24, 6: 64}
#: Addresses of no reader on the internet: there a proxy or a container engine stands between.
_INSIDE = [
    ip_network(network)
    for network in (
        *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
        *("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"),
    )
]
_key = secrets.token_bytes(32)


def network_of(request: HttpRequest) -> bytes | None:
    """A hash of the network that a request comes from; None where nobody can tell it.

    CLIENT_ADDRESS names where the address stands: a header that a proxy of ours sets, of whose
    values the last counts, or REMOTE_ADDR. Where it is unset, REMOTE_ADDR is taken, unless it is
    an address inside: that of a proxy would be everybody's.
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
        address = ip_address(text.strip("[]"))  # some servers write IPv6 as it stands in a URL
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
