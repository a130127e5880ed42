"""Drawings are written to be read, and sent without a byte that nobody draws with."""

import re
from pathlib import Path
from xml.etree.ElementTree import canonicalize
from xml.parsers.expat import ExpatError

import pytest
from django.conf import settings

from treatment_guide.http.html.drawings import compact, drawing

ART = sorted(Path(settings.BASE_DIR, "templates", "art").glob("*.svg"))
every_drawing = pytest.mark.parametrize("path", ART, ids=lambda path: path.stem)


@every_drawing
def test_a_drawing_says_what_it_is_and_has_one_element_a_line(path):
    """It begins with a comment, is indented by depth, and no line is longer than 100. A long
    element may go on in the next lines.
    """
    lines = path.read_text(encoding="utf-8").split("\n")
    depth, begun = 0, False

    assert re.match(r"<!-- \S.*[.:]?", lines[0])
    assert lines[-1] == ""
    for line in lines:
        assert len(line) <= 100
        assert len(re.findall(r"<[a-z]", line)) <= 1
        depth -= line.lstrip().startswith("</")
        if re.match(r" *</?[a-z]", line):
            assert len(line) - len(line.lstrip()) == 2 * depth
            begun = True
        if begun and line.endswith(">"):
            depth += not line.endswith("/>") and "</" not in line
            begun = False


@every_drawing
def test_what_is_sent_is_the_same_drawing(path):
    """Nothing is gone but comments and spaces, and of those nothing is left over."""
    written = path.read_text(encoding="utf-8")
    sent = drawing(path.stem)

    def said(svg):
        tight = re.sub(r"\s+(?=[A-Za-z])", "", re.sub(r"\s+", " ", canonicalize(svg)))
        return re.sub(r"> *<", "><", tight).replace('d=" ', 'd="')

    assert said(sent) == said(written)
    assert not re.search(r"<!--|>\s|\s<|\n|\s\s|\s/>", sent)


def test_numbers_of_a_path_stay_apart():
    """A line break between two numbers is a space, and before a letter it is nothing."""
    written = '<svg><!-- x --><path d="\n  M1 2\n  3 -4\n  L5 6\n  z"/>\n</svg>\n'

    assert compact(written) == '<svg><path d="M1 2 3 -4L5 6z"/></svg>'


def test_a_drawing_that_is_no_xml_is_refused():
    """A slip of the pen stops the page that shows it, and the tests, rather than go out."""
    with pytest.raises(ExpatError):
        compact("<svg><path></svg>")
