"""Reads and checks the names of hosts in ALLOWED_HOSTS and PUBLIC_ORIGIN."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from treatment_guide.environment.faults import Wrong

EXAMPLE = "guide.example.org"
ORIGIN_EXAMPLE = f"https://{EXAMPLE}"
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
#: The default ports of the schemes.
USUAL = {"http": 80, "https": 443}


def host_fault(host: str) -> tuple[str, str] | None:
    """The fault of a host in lower case (a name, an IPv4 address, or an IPv6 address in brackets):
    a sentence, and an example of a right host; None for none.
    """
    if not host:
        return "the host is missing.", EXAMPLE
    if not host.isascii():
        return "it has letters that no address has; write them as they go over the wire.", (
            _punycode(host)
        )
    if re.search(r"\s", host):
        return "it has a space.", re.sub(r"\s", "", host) or EXAMPLE
    if host.startswith("[") or ":" in host:
        return _ipv6_fault(host)
    if host.endswith("."):
        return "it ends with a dot.", host.rstrip(".") or EXAMPLE
    if re.fullmatch(r"\d+|0x[0-9a-f]*", host.rpartition(".")[2]):  # an IPv4 address
        return _ipv4_fault(host)
    labels = host.split(".")
    if len(host) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return "no host has such a name: letters, digits, `-` inside, and dots between.", EXAMPLE
    return None


def _ipv4_fault(host: str) -> tuple[str, str] | None:
    try:
        IPv4Address(host)
    except ValueError:
        return "it is no IPv4 address.", "127.0.0.1"
    return None


def _ipv6_fault(host: str) -> tuple[str, str] | None:
    inside = host.removeprefix("[").removesuffix("]")
    try:
        short = f"[{IPv6Address(inside)}]"
    except ValueError:
        return "it is no host: leave out any port, path and scheme.", EXAMPLE
    if host != short or "%" in host:
        right = re.sub(r"%.*", "", short.strip("[]"))
        return "an IPv6 address stands in brackets, in its short form.", f"[{right}]"
    return None


def _punycode(host: str) -> str:
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return EXAMPLE


def read_hosts(value: str) -> list[str]:
    """The names of ALLOWED_HOSTS, with commas between. A name that begins with a dot stands for
    all names below it too. Raises Wrong.
    """
    if "@" in value:
        raise Wrong("a host has no scheme, no path and no user.", _bare(value))
    names = value.split(",")
    for name in names:
        if not name.strip():
            raise Wrong(
                "a name is missing." if len(names) > 1 else "the site would answer to no name.",
                f"{EXAMPLE},www.{EXAMPLE}",
            )
        if name == "*" or name.startswith("*"):
            raise Wrong(
                "`*` is not taken: name each host, or begin with a dot for all names below it.",
                name.lstrip("*") if len(name) > 2 else EXAMPLE,
            )
        if "/" in name:
            raise Wrong("a host has no scheme, no path and no user.", _bare(name))
        if re.fullmatch(r"[^:]*:\d+", name) or re.fullmatch(r"\[.*\]:\d+", name):
            raise Wrong("a host stands here without its port.", name.rpartition(":")[0] or EXAMPLE)
        plain = name.lower().removeprefix(".")
        fault = host_fault(plain)
        if fault:
            raise Wrong(f"`{name}`: {fault[0]}" if len(names) > 1 else fault[0], fault[1])
        if name.startswith(".") and ("." not in plain or is_address(plain)):
            raise Wrong(f"`{name}` stands for too much: a dot begins a name of two parts.", EXAMPLE)
    return names


def _bare(name: str) -> str:
    """The host in what looks like an address, without any user and password."""
    bare = re.sub(r"^[^/]*//", "", name.rpartition("@")[2]).partition("/")[0]
    bare = re.sub(r":\d*$", "", bare).lower()
    return EXAMPLE if host_fault(bare) else bare


def read_origin(value: str) -> str:
    """An origin, such as `https://guide.example.org`: scheme, host, and a port where it is not the
    usual one; nothing else. Raises Wrong.
    """
    if "@" in value:
        raise Wrong("it names a user: that would be printed on paper.", f"https://{_bare(value)}")
    found = re.fullmatch(r"([A-Za-z][A-Za-z0-9+.-]*):/*([^/?#]*)(.*)", value, re.DOTALL)
    if not found or "://" not in value:
        host = _bare(value)
        raise Wrong("it has no scheme: begin with https://", f"https://{host}")
    scheme, place, rest = found.groups()
    right = f"https://{_bare(value)}"
    if scheme.lower() not in USUAL:
        raise Wrong(f"`{scheme}` is not what a browser asks by: https or http.", right)
    if re.search(r"\s", value):
        raise Wrong("it has a space.", right)
    host, port = _parted(place)
    if value != value.lower():
        raise Wrong("write it in small letters.", f"https://{_bare(value)}")
    fault = host_fault(host)
    if fault:
        raise Wrong(fault[0], f"{scheme}://{fault[1]}")
    if port is not None and not (re.fullmatch(r"[1-9]\d{0,4}", port) and int(port) <= 65_535):
        raise Wrong("its port is no number from 1 to 65535.", f"{scheme}://{host}")
    if rest == "/":
        raise Wrong("it ends with a slash.", value[:-1])
    if rest:
        raise Wrong("an origin has no path, no query and no fragment.", f"{scheme}://{place}")
    if not value.startswith(f"{scheme}://{place}"):
        raise Wrong("it has more than two slashes.", f"{scheme}://{place}")
    if port and int(port) == USUAL[scheme]:
        raise Wrong(f"{port} is the usual port of {scheme}: leave it out.", f"{scheme}://{host}")
    return value


def _parted(place: str) -> tuple[str, str | None]:
    """Host and port of an authority (`host:port`); None as port without a colon."""
    if place.startswith("["):
        host, bracket, after = place.partition("]")
        return host + bracket, after.removeprefix(":") if after else None
    host, colon, port = place.partition(":")
    return host, port if colon else None


def host_of(origin: str) -> str:
    """The host of a valid origin; an IPv6 address with its brackets."""
    return _parted(origin.partition("://")[2])[0]


def is_allowed(host: str, names: list[str]) -> bool:
    """True when a site with these ALLOWED_HOSTS answers to this host, by Django's rules."""
    low = [name.lower() for name in names]
    below = any(n.startswith(".") and (host.endswith(n) or host == n[1:]) for n in low)
    return "*" in low or host in low or below


def is_address(host: str) -> bool:
    """True for an IP address, in brackets or not."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def is_local(host: str) -> bool:
    """True for a host that means the local machine, so that no other machine can reach it."""
    if is_address(host):
        address = ip_address(host.strip("[]"))
        return address.is_loopback or address.is_unspecified or address.is_link_local
    return host.rpartition(".")[2] == "localhost"


def listening_origin(host: str, port: int) -> str:
    """The origin under which a browser on this machine finds a server that listens on an address
    and a port: `http://127.0.0.1:8000`. For an address that means all interfaces, the loopback
    address.
    """
    address = ip_address(host)
    if address.is_unspecified:
        address = IPv6Address("::1") if address.version == 6 else IPv4Address("127.0.0.1")
    name = f"[{address}]" if address.version == 6 else str(address)
    return f"http://{name}" + ("" if port == USUAL["http"] else f":{port}")
