"""One reader for each kind of value. Each gives the value that settings use, or raises Wrong."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from treatment_guide.environment.faults import Wrong
from treatment_guide.environment.hosts import host_fault
from treatment_guide.library.local_files import HOSPITAL
from treatment_guide.library.model.site import CONTACT, NAME_LENGTH, PUBLISHER_LENGTH

FOLDER = "/var/lib/treatment-guide/build"
RECALLS = "/srv/treatment-guide/recalls"
LOCAL = "/srv/hospital"
ON, OFF = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


def read_flag(value: str) -> bool:
    """True for `1`, `true` and the like. Raises Wrong for what means neither on nor off."""
    low = value.lower()
    if low not in ON + OFF:
        raise Wrong(f"it is neither on ({', '.join(ON)}) nor off ({', '.join(OFF)}).", "1")
    return low in ON


def whole_number(value: str, least: int, most: int, example: int) -> int:
    """A whole number from `least` to `most`. Raises Wrong, with `example`."""
    if not re.fullmatch(r"[0-9]{1,12}", value) or not least <= int(value) <= most:
        raise Wrong(f"it is no whole number from {least} to {most}.", str(example))
    return int(value)


def read_seconds(value: str) -> int:
    """Seconds, up to ten years."""
    return whole_number(value, 0, 10 * 365 * 86_400, 365 * 86_400)


def read_languages(value: str) -> tuple[str, ...]:
    """The languages to serve, by the names of their folders in the content."""
    names = tuple(name.strip() for name in value.split(","))
    for name in names:
        if not re.fullmatch(r"[a-z]{2,3}", name):
            raise Wrong(f"{name!r} is no folder of a language.", "en,es")
    if "en" not in names:
        raise Wrong("English is always served: the others are translations of it.", "en,es")
    return names


def read_translations(value: str) -> tuple[str, ...]:
    """The translations to hand out, by the names of their folders in the content."""
    names = tuple(name.strip() for name in value.split(","))
    for name in names:
        if not re.fullmatch(r"[a-z]{2,3}", name):
            raise Wrong(f"{name!r} is no folder of a language.", "es")
    if "en" in names:
        raise Wrong("English needs no leave: name translations alone.", "es")
    return names


def read_served(
    names: tuple[str, ...], content: Path, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """The same, each of them in the content and served. Raises Wrong."""
    for name in names:
        if not (content / name / "language.yaml").is_file():
            known = sorted(file.parent.name for file in content.glob("*/language.yaml"))
            others = ", ".join(each for each in known if each != "en") or "no translation"
            raise Wrong(f"the content has no {name!r}. It has: {others}.", "es")
        if languages and name not in languages:
            raise Wrong(
                f"LANGUAGES leaves {name!r} out, so nothing of it is served. Leave this unset.", ""
            )
    return names


def read_port(value: str) -> int:
    """A port to listen on."""
    return whole_number(value, 1, 65_535, 8000)


def read_workers(value: str) -> int:
    """How many processes serve."""
    return whole_number(value, 1, 256, 2)


def read_stop_seconds(value: str) -> int:
    """Seconds that a worker has to finish its requests when it is stopped."""
    return whole_number(value, 1, 600, 25)


def read_listening_host(value: str) -> str:
    """An IP address to listen on. Raises Wrong: the server takes no names."""
    try:
        address = ip_address(value)
    except ValueError:
        raise Wrong(
            "the server listens on an IP address: 127.0.0.1 for this machine alone, 0.0.0.0 or :: "
            "for all.",
            "127.0.0.1",
        ) from None
    return str(address)


def _line(value: str, lengths: tuple[int, int], example: str) -> str:
    least, most = lengths
    if value != value.strip() or not value.isprintable():
        raise Wrong("it has a space at an end, or a character that does not print.", example)
    if not least <= len(value) <= most:
        raise Wrong(f"it has {len(value)} characters; {least} to {most} are possible.", example)
    return value


def read_site_name(value: str) -> str:
    """What the site is called in its pages."""
    return _line(value, NAME_LENGTH, "What's next?")


def read_publisher(value: str) -> str:
    """Who runs this copy."""
    return _line(value, PUBLISHER_LENGTH, "Example Hospital")


def read_contact(value: str) -> str:
    """Where readers report mistakes: `mailto:` or `https:`. Raises Wrong."""
    mail, page = "mailto:guide@example.org", "https://example.org/report"
    if re.fullmatch(r"[^@\s:/]+@[^@\s]+\.[^@\s]+", value):
        raise Wrong("a mail address begins with mailto:", f"mailto:{value}")
    if not re.match(r"mailto:|https://", value):
        raise Wrong("it begins with mailto: or https://", mail)
    if not value.isascii() or not value.isprintable() or not re.fullmatch(CONTACT, value):
        raise Wrong("it is no address that a link can have.", mail if value[0] == "m" else page)
    if value.startswith("https://"):
        _secure_page(value, page)
    return value


def _secure_page(value: str, example: str) -> None:
    try:
        parts = urlsplit(value)
        wrong = host_fault(parts.hostname or "") or (parts.port == 0)
    except ValueError:
        wrong = True
    if wrong:
        raise Wrong("its host or its port is none.", example)
    if "@" in parts.netloc:
        raise Wrong("it names a user: that would be shown to readers.", example)


def read_base_path(value: str) -> str:
    """The path below which the site stands, without a slash at its end; `/` is none. Raises Wrong."""
    if value == "/":
        return ""
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", value) or {".", ".."} & set(value.split("/")):
        why = (
            "it begins with a slash, ends without one, and has letters, digits and `-._~` between."
        )
        raise Wrong(why, "/patients/guide")
    return value


def read_content(value: str) -> Path:
    """A folder of content. Raises Wrong."""
    path = Path(value)
    if not (path / "guide" / "site.yaml").is_file():
        why = "holds no guide/site.yaml" if path.is_dir() else "is no folder that can be read"
        raise Wrong(f"it {why}.", "/srv/treatment-guide/current/content")
    return path


def read_existing_folder(value: str) -> Path:
    """A folder that is there, as a full path. Raises Wrong."""
    path = Path(value)
    if not path.is_dir():
        raise Wrong("it is no folder that can be read.", RECALLS)
    return path.absolute()


def read_local(value: str) -> Path:
    """A clinic's own folder, as a whole path. Raises Wrong."""
    path = Path(value)
    if not (path / HOSPITAL).is_file():
        why = f"holds no {HOSPITAL}" if path.is_dir() else "is no folder that can be read"
        raise Wrong(f"it {why}.", LOCAL)
    return path.absolute()


def read_client_address(value: str) -> str:
    """Where a reader's address stands: REMOTE_ADDR, or the name of a header. Raises Wrong."""
    if value != "REMOTE_ADDR" and not re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,60}", value):
        raise Wrong("it is neither REMOTE_ADDR nor the name of a header.", "X-Real-IP")
    return value


def read_folder(value: str) -> Path:
    """A folder that may be made later. Raises Wrong where something else stands."""
    path = Path(value)
    if value != value.strip() or not value.isprintable():
        raise Wrong("it has a space at an end, or a character that does not print.", FOLDER)
    if path.exists() and not path.is_dir():
        raise Wrong("it is no folder.", FOLDER)
    return path


def read_region(value: str, content: Path) -> str:
    """A region of the content: whose phone numbers are shown. Raises Wrong."""
    known = sorted(file.stem for file in (content / "guide" / "regions").glob("*.yaml"))
    if value not in known:
        raise Wrong(f"the content has the regions {', '.join(known)}.", known[0] if known else "us")
    return value
