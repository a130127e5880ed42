"""Who may send how much, and what is remembered of a sender for that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from treatment_guide.feedback import limits as limiting
from treatment_guide.feedback.limits import A_NETWORK, A_PAGE, HOUR, IN_ALL, Limits
from treatment_guide.feedback.networks import network_of

PAGES = [f"/options/{n}/" for n in range(100)]


def taken(limits, times, page=PAGES[0], network=None, now=0.0):
    """How many of so many come in at one moment."""
    return sum(limits.take(page, network, now) for _ in range(times))


def test_all_together_bring_only_so_much():
    """Over all pages and networks."""
    limits = Limits()

    assert sum(taken(limits, 10, page) for page in PAGES) == IN_ALL[0]


def test_nobody_uses_up_an_hour_in_a_second():
    """After the worst flood, every limit fills again within seconds or minutes, not in an hour."""
    limits = Limits()
    for page in PAGES:
        taken(limits, 1_000, page)

    assert taken(limits, 1, now=1.0) == 0
    assert taken(limits, 1, PAGES[99], now=HOUR / IN_ALL[1]) == 1
    assert taken(limits, 9, PAGES[98], now=HOUR / 10) == 9


def test_one_network_has_the_smallest_share():
    """It can neither fill a page's share nor that of all, even in an hour without a pause."""
    limits = Limits()
    first = taken(limits, 1_000, network=b"a")
    others = [taken(limits, 20, network=b"a", now=float(second)) for second in range(1, 3_601)]

    assert first == A_NETWORK[0] < min(A_PAGE[0], IN_ALL[0])
    assert sum(others) <= A_NETWORK[1] < min(A_PAGE[1], IN_ALL[1])
    assert taken(limits, 1, network=b"b", now=3_600.0) == 1


def test_a_refused_note_costs_the_others_nothing():
    """What one network sends above its share is not counted for a page or for all."""
    limits = Limits()
    taken(limits, 1_000, network=b"a")

    assert taken(limits, 1_000) == A_PAGE[0] - A_NETWORK[0]


@given(
    st.lists(
        st.tuples(
            st.floats(0, 600),
            st.sampled_from(PAGES[:3]),
            st.none() | st.sampled_from([b"a", b"b", b"c"]),
        ),
        max_size=80,
    )
)
def test_no_order_of_notes_beats_a_limit(notes):
    """For any times, pages and networks: each share holds, over the whole time."""
    limits, now, came = Limits(), 0.0, []
    for pause, page, network in notes:
        now += pause
        if limits.take(page, network, now):
            came.append((page, network))

    def most(limit):
        return limit[0] + limit[1] * now / HOUR + 1e-6

    assert len(came) <= most(IN_ALL)
    for page in PAGES[:3]:
        assert sum(each[0] == page for each in came) <= most(A_PAGE)
    for network in (b"a", b"b", b"c"):
        assert sum(each[1] == network for each in came) <= most(A_NETWORK) + A_NETWORK[0]


def test_a_network_is_forgotten_well_within_an_hour():
    """The privacy page promises it: nothing of a sender is held for longer."""
    limits = Limits()
    taken(limits, 10, network=b"a")

    assert limits.forget(60.0) == 1
    assert limits.forget(HOUR / 2) == 0


def test_the_memory_of_networks_has_an_end(monkeypatch):
    """A flood from countless networks fills no memory."""
    monkeypatch.setattr(limiting, "MOST_NETWORKS", 50)
    limits = Limits()
    for number in range(1_000):
        limits.take(PAGES[0], str(number).encode(), 0.0)

    assert limits.forget(0.0) == 50


def network(rf, where="", **headers):
    """The network of a request."""
    return network_of(rf.post("/feedback/", **headers))


@pytest.fixture
def told_by(settings):
    """Say where addresses stand."""

    def tell(where):
        settings.CLIENT_ADDRESS = where

    return tell


def test_one_network_is_told_from_another_and_no_address_is_kept(rf):
    """/24 and /64: a home has one of either. What is made of it does not hold the address."""
    one = network(rf, REMOTE_ADDR="203.0.113.7")

    assert one == network(rf, REMOTE_ADDR="203.0.113.250")
    assert one == network(rf, REMOTE_ADDR="::ffff:203.0.113.9")
    assert one != network(rf, REMOTE_ADDR="203.0.114.7")
    assert network(rf, REMOTE_ADDR="2001:db8::1") == network(rf, REMOTE_ADDR="2001:db8::ffff:1")
    assert network(rf, REMOTE_ADDR="2001:db8::1") == network(rf, REMOTE_ADDR="[2001:db8::2]")
    assert network(rf, REMOTE_ADDR="2001:db8::1") != network(rf, REMOTE_ADDR="2001:db8:0:1::1")
    assert len(one) == 8
    assert bytes([203, 0, 113]) not in one


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.17.0.1", "192.168.1.1", "::1", "fd00::1", "fe80::1%e"]
)
def test_the_address_of_a_proxy_is_nobodys(rf, told_by, address):
    """Behind a proxy all readers have its address: they would share the share of one."""
    assert network(rf, REMOTE_ADDR=address) is None
    told_by("REMOTE_ADDR")
    assert network(rf, REMOTE_ADDR=address) is not None


@pytest.mark.parametrize("address", ["", "unknown", "x" * 9_000, "203.0.113.7:80", "[::1]", "\xff"])
def test_what_is_no_address_is_nobodys(rf, address):
    """Whatever a server or a header holds."""
    assert network(rf, REMOTE_ADDR=address) is None


def test_a_header_counts_only_where_the_operator_names_it(rf, told_by):
    """A reader can send any header. Of a list the last counts: our own proxy wrote it."""
    given = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.7"}
    assert network(rf, **given) is None

    told_by("X-Forwarded-For")

    assert network(rf, **given) == network(rf, HTTP_X_FORWARDED_FOR="203.0.113.7")
    assert network(rf, REMOTE_ADDR="203.0.113.7") is None
