"""The logo of a hospital: only shapes get through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from treatment_guide.library.loading.local.logo import MOST_BYTES, read_logo
from treatment_guide.library.problems import Problems

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'


def cleaned(tmp_path: Path, text: str | bytes) -> tuple[str, Problems]:
    """A logo as it is shown, and the faults of its file."""
    path, problems = tmp_path / "logo.svg", Problems()
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_logo(path, "logo.svg", problems), problems


REFUSED = [
    (f"{HEAD}<script>alert(1)</script></svg>", "<script>"),
    (f"{HEAD}<a href='https://x.example'><path d='M0 0'/></a></svg>", "<a>"),
    (f"{HEAD}<path d='M0 0' onload='alert(1)'/></svg>", "onload"),
    (f"{HEAD}<path d='M0 0' ONCLICK='alert(1)'/></svg>", "ONCLICK"),
    (f"{HEAD}<style>path{{fill:red}}</style></svg>", "<style>"),
    (f"{HEAD}<path style='fill:red' d='M0 0'/></svg>", "attributes"),
    (f"{HEAD}<image href='https://x.example/a.png'/></svg>", "<image>"),
    (f"{HEAD}<use href='#a'/></svg>", "<use>"),
    (f"{HEAD}<foreignObject><p>x</p></foreignObject></svg>", "<foreignObject>"),
    (f"{HEAD}<animate attributeName='href'/></svg>", "<animate>"),
    (f"{HEAD}<filter id='f'/></svg>", "<filter>"),
    (f"{HEAD}<text>Hospital</text></svg>", "<text>"),
    (f"{HEAD}Hospital</svg>", "Words"),
    (f"{HEAD}<svg viewBox='0 0 1 1'/></svg>", "<svg>"),
    (f"{HEAD}<path fill='url(https://x.example/a#b)' d='M0 0'/></svg>", "fill"),
    (f"{HEAD}<path fill='URL(#a) url(//x)' d='M0 0'/></svg>", "fill"),
    (f"{HEAD}<path fill='&quot;&gt;&lt;script&gt;' d='M0 0'/></svg>", "fill"),
    (
        f"{HEAD}<linearGradient xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='#a'/></svg>",
        "href",
    ),
    (f"{HEAD}<path tabindex='0' d='M0 0'/></svg>", "tabindex"),
    ('<!DOCTYPE svg [<!ENTITY a "aa">]>' + HEAD + "</svg>", "DOCTYPE"),
    ('<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + HEAD + "</svg>", "DOCTYPE"),
    ('<?xml-stylesheet href="https://x.example/a.css"?>' + HEAD + "</svg>", "style sheet"),
    (HEAD + "<path d='M0 0'>", "no SVG"),
    ("<html><body/></html>", "<html>"),
    ("PNG", "no SVG"),
    (b"\x89PNG\r\n\x1a\n\0\0", "no SVG"),
    ("", "no SVG"),
    ('<svg viewBox="0 0 10 10"><path d="M0 0"/></svg>', "first line"),
    ('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>', "measures"),
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 nan nan"/>', "as wide as high"),
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 10"/>', "as wide as high"),
    (HEAD + "<g>" * 30 + "</g>" * 30 + "</svg>", "inside each other"),
    (HEAD + "<path d='M0 0'/>" * 401 + "</svg>", "elements"),
]


@pytest.mark.parametrize(("text", "says"), REFUSED, ids=[str(text)[-40:] for text, _ in REFUSED])
def test_what_is_no_shape_is_refused(tmp_path: Path, text: str | bytes, says: str) -> None:
    """Scripts, links, styles, words, entities: nothing of such a file is shown."""
    shown, problems = cleaned(tmp_path, text)

    assert shown == ""
    assert any(says in fault.message for fault in problems.found), problems.found


def test_a_logo_of_five_megabytes_is_not_read(tmp_path: Path) -> None:
    """The limit is told with the size."""
    shown, problems = cleaned(tmp_path, HEAD + " " * 5_000_000 + "</svg>")

    assert shown == ""
    assert [f"{MOST_BYTES:,}" in fault.message for fault in problems.found] == [True]


def test_what_drawing_programs_note_is_left_out(tmp_path: Path) -> None:
    """Titles, their own namespaces, comments, classes, and the size in pixels."""
    shown, problems = cleaned(
        tmp_path,
        '<?xml version="1.0"?><!-- drawn -->\n<svg xmlns="http://www.w3.org/2000/svg" '
        'xmlns:ink="http://ink.example" width="300" height="300" viewBox="0 0 10 10" version="1.1" '
        'class="a" ink:page="1"><title>Hospital</title><metadata><ink:x>words</ink:x></metadata>'
        '<ink:view a="1"/><defs><linearGradient id="sky"><stop offset="0" stop-color="#fff"/>'
        '</linearGradient></defs><path class="b" data-name="hill" d="M0 0L1 1" fill="url(#sky)"/></svg>',
    )

    assert problems.found == []
    assert shown == (
        '<svg viewBox="0 0 10 10" xmlns="http://www.w3.org/2000/svg"><defs><linearGradient id="sky">'
        '<stop offset="0" stop-color="#fff"></stop></linearGradient></defs>'
        '<path d="M0 0L1 1" fill="url(#sky)"></path></svg>'
    )
    assert not re.search("Hospital|drawn|ink|class|width", shown)


def test_faults_name_the_line(tmp_path: Path) -> None:
    """An editor can jump to it."""
    _, problems = cleaned(tmp_path, f"{HEAD}\n<path d='M0 0'/>\n<script/>\n</svg>")

    assert [fault.line for fault in problems.found] == [3]
