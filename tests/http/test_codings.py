"""Which coding an Accept-Encoding header gets, and when a reader has a page already."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.http.codings import (
    CODINGS,
    IDENTITY,
    LONGEST_HEADER,
    LONGEST_TAGS,
    accepted,
    is_held,
    tag_of,
)


@pytest.mark.parametrize(
    ("header", "best"),
    [
        ("", "identity"),
        ("br", "br"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip, BR", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0.001", "br"),
        ("br;q=0", "identity"),
        ("br;q=0.000, gzip", "gzip"),
        ("br ; q=0, gzip", "gzip"),
        ("br;Q=0", "identity"),
        ("*", "br"),
        ("*;q=0.5, gzip", "gzip"),
        ("br;q=0, *", "gzip"),
        ("br;q=0, gzip;q=0, *", "identity"),
        ("*;q=0", "identity"),
        ("identity", "identity"),
        ("identity;q=0", "identity"),
        ("identity;q=0, br", "br"),
        ("identity, br;q=0.5", "identity"),
        ("br, br;q=0", "identity"),
        ("brotli, bro, xbr, br2", "identity"),
        ("br;q=2", "identity"),
        ("br;q=x", "identity"),
        ("br;q", "identity"),
        ("br;level=5", "identity"),
        ("br gzip", "identity"),
        ("br;q=1.000;q=0", "identity"),
        ("gzip," * LONGEST_HEADER, "identity"),
    ],
)
def test_the_best_coding_is_the_one_the_header_weighs_most(header, best):
    """RFC 9110, 12.5.3: weights, `*`, refusals, any case; what is no item of it is not read."""
    assert accepted(header)[0] == best


weights = st.none() | st.sampled_from(["0", "0.0", "0.001", "0.5", "0.999", "1", "1.000"])
items = st.lists(
    st.tuples(st.sampled_from([*CODINGS, "*", "zstd", "deflate"]), weights),
    max_size=6,
    unique_by=lambda item: item[0],
)


@given(items)
def test_no_refused_coding_is_sent_and_no_better_one_is_passed_over(items):
    """For any header: what comes is allowed, and nothing of ours weighs more."""
    header = ", ".join(name if q is None else f"{name};q={q}" for name, q in items)
    named = {name: 1.0 if q is None else float(q) for name, q in items}
    weigh = {coding: named.get(coding, named.get("*", 0.0)) for coding in CODINGS}

    best = accepted(header)[0]

    assert weigh[best] == max(weigh.values())
    assert all(weigh[coding] > 0 for coding in accepted(header) if coding != IDENTITY)


@given(st.text())
def test_any_header_gets_an_answer(header):
    """Whatever the header says, `identity` is left, and nothing stands there twice."""
    found = accepted(header)

    assert IDENTITY in found
    assert len(found) == len(set(found))


def test_each_coding_has_a_tag_of_its_own():
    """RFC 9110, 8.8.3.3: a strong tag names bytes, and each coding has other bytes."""
    assert len({tag_of("abc", coding) for coding in CODINGS}) == len(CODINGS)


@pytest.mark.parametrize(
    ("header", "held"),
    [
        ('"a"', True),
        ('W/"a"', True),
        ('"x", W/"a", "b"', True),
        ('"x","a"', True),
        ("*", True),
        (" * ", True),
        ("", False),
        ('"b"', False),
        ("a", False),
        ('"a', False),
        ('w/"a"', False),
        ('"x", *', False),
        ('"x", ' * LONGEST_TAGS + '"a"', False),
    ],
)
def test_a_reader_has_what_any_of_the_tags_names(header, held):
    """RFC 9110, 13.1.2: lists, weak tags and `*`; tags are compared weakly."""
    assert is_held(header, '"a"') is held
