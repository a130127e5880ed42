"""What the environment sets: every wrong value is named, with an example that is right."""

import re
from pathlib import Path

import pytest
from django.http.request import split_domain_port, validate_host
from hypothesis import example, given
from hypothesis import strategies as st

from tests.environment.values import RIGHT, ROOT, WRONG
from tests.for_each import for_each
from treatment_guide.environment.faults import BrokenSettings, masked
from treatment_guide.environment.hosts import host_of, is_allowed, listening_origin
from treatment_guide.environment.reading import VARIABLES, read_environment
from treatment_guide.environment.strict import (
    deploy_faults,
    misspelled,
    named_origin_faults,
    start_faults,
)

README = (ROOT / "README.md").read_text(encoding="utf-8")

right = [(name, value) for name, values in RIGHT.items() for value in values]
wrong = [(n, value, says) for n, values in WRONG.items() for value, says in values.items()]


def read(**environ):
    """The environment of a process that sets these variables and no others."""
    return read_environment(ROOT, environ)


@for_each(("name", "value"), right)
def test_a_sound_value_is_taken(name, value):
    """Nothing is asked for that is not needed."""
    assert read(**{name: value}).faults == ()


@for_each(("name", "value", "says"), wrong)
def test_a_wrong_value_is_named_with_what_is_wrong(name, value, says):
    """The message says which variable, which value, and what is wrong with it."""
    (fault,) = read(**{name: value}).faults

    assert fault.variable == name
    assert re.search(says, fault.wrong)
    assert str(fault).isprintable()


@pytest.mark.parametrize(("name", "value", "says"), wrong)
def test_the_example_in_a_message_is_right(name, value, says, monkeypatch):
    """Whoever copies the example has a setting that is taken."""
    (fault,) = read(**{name: value}).faults
    for asked in ("is_file", "is_dir"):  # as if the folder were there
        monkeypatch.setattr(Path, asked, lambda path: True)

    assert [f for f in read(**{name: fault.example}).faults if f.variable == name] == []


def test_every_variable_is_tried_here():
    """A variable that is added is added to these tables."""
    assert set(RIGHT) == set(VARIABLES)
    assert set(VARIABLES) - set(WRONG) == {"SECRET_KEY"}


def test_every_variable_stands_in_the_readme():
    """The table of README.md names what is read, and nothing else."""
    table = README.split("These environment variables may be set:", 1)[1].split("\n\n")[1]
    named = re.findall(r"`([A-Z_]+)`", "\n".join(row.split("|")[1] for row in table.splitlines()))

    assert sorted(named) == sorted(VARIABLES)


def test_nothing_else_reads_the_environment():
    """One module reads it, so that one list of faults is whole."""
    sources = sorted((ROOT / "treatment_guide").rglob("*.py"))
    readers = [
        path.relative_to(ROOT / "treatment_guide").as_posix()
        for path in sources
        if re.search(r"os\.(environ\b(?!\.setdefault)|getenv)", path.read_text(encoding="utf-8"))
    ]

    assert [r for r in readers if not r.startswith(("environment/", "serving/"))] == []


def test_all_faults_come_at_once():
    """Whoever mends one setting is not told of the next one after it."""
    everything = {name: next(iter(values)) for name, values in WRONG.items()}

    with pytest.raises(BrokenSettings) as broken:
        read(**everything).refuse()

    assert {fault.variable for fault in broken.value.faults} == set(WRONG)
    assert all(name in str(broken.value) for name in WRONG)


@given(st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.text(max_size=40)))
def test_no_environment_breaks_the_reading_of_it(environ):
    """A wrong value is a line in a list, never a traceback; what is read can be used."""
    found = read(**environ)

    assert len(found.faults) <= len(VARIABLES)
    assert all(str(fault).isprintable() for fault in found.faults)
    assert found["ALLOWED_HOSTS"]
    assert isinstance(found["PORT"], int)


pieces = st.sampled_from(
    [
        "https",
        "http",
        "://",
        "/",
        ":",
        "@",
        ".",
        "guide",
        "example.org",
        "[",
        "]",
        "::1",
        "443",
        "80",
    ]
    + ["8443", "?", "#", " ", "*", "-", "_", "\\", "%", "127.0.0.1", "\t", "é", "０", "localhost"]
)


@given(st.lists(pieces, max_size=9).map("".join))
@example("https://guide.example.org:8443")
def test_an_origin_that_is_taken_works(value):
    """Whatever is taken: a browser reads scheme, host and port from it as we do, Django answers to
    its host, and a path can be put behind it.
    """
    found = read(PUBLIC_ORIGIN=value)
    if found.faults or not value:
        return
    host = host_of(value)
    port = value.partition("://")[2].removeprefix(host)

    assert re.fullmatch(r"https?://[a-z0-9.:\[\]-]+", value)
    assert split_domain_port(host + port)[0] == host
    assert validate_host(host, found["ALLOWED_HOSTS"])


@given(st.lists(pieces | st.just(","), max_size=9).map("".join), pieces)
def test_hosts_that_are_taken_can_be_asked_for(value, other):
    """Each name of ALLOWED_HOSTS that is taken matches the header that a browser sends for it."""
    found = read(ALLOWED_HOSTS=value)
    if found.faults:
        return
    for name in found["ALLOWED_HOSTS"]:
        host = name.removeprefix(".").lower()
        assert split_domain_port(host)[0] == host
        assert validate_host(host, found["ALLOWED_HOSTS"])
    assert is_allowed(other, found["ALLOWED_HOSTS"]) == validate_host(other, found["ALLOWED_HOSTS"])


secrets = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1)


@given(secrets, st.sampled_from(["postgres://guide:{}@db/name", "postgres://{}@db", "mysql://a:{}"]
    + ["postgres://guide:{}/name", "postgres://u@h/n?password={}", "guide:{}@db"]
    + ["postgres://guide:{}@db:5433/name?sslmode=require", "https://guide:{}@host"]))  # fmt: skip
def test_no_message_tells_a_secret(word, form):
    """A password stands in no message, however it is written; nor does a key."""
    marked = f"Geheim{word}Wort"
    for name in ("DATABASE_URL", "PUBLIC_ORIGIN", "ALLOWED_HOSTS"):
        if name != "DATABASE_URL" and "@" not in form.partition("{}")[2]:
            continue
        told = "\n".join(map(str, read(**{name: form.format(marked)}).faults))
        assert "Geheim" not in told
        assert "Wort" not in told
    assert "Geheim" not in masked("SECRET_KEY", marked)


def test_the_environment_does_not_show_what_it_holds():
    """An error page that shows all settings shows no key and no password of it."""
    found = read(SECRET_KEY="Geheim", DATABASE_URL="postgres://u:Geheim@h/n")

    assert "Geheim" not in repr(found)


def test_the_own_address_is_among_the_hosts():
    """Reading pages answer to any name, the questionnaire only to these: today's silent fault."""
    origin = "https://guide.example.org"
    (fault,) = read(PUBLIC_ORIGIN=origin, ALLOWED_HOSTS="localhost").faults

    assert fault.variable == "ALLOWED_HOSTS"
    assert read(PUBLIC_ORIGIN=origin, ALLOWED_HOSTS=fault.example).faults == ()
    assert read(PUBLIC_ORIGIN=origin, ALLOWED_HOSTS=".example.org").faults == ()
    assert "guide.example.org" in read(PUBLIC_ORIGIN=origin)["ALLOWED_HOSTS"]


def test_an_origin_of_the_content_is_among_the_hosts_too():
    """A start and a build ask once they know the origin of site.yaml."""
    found = read()

    (fault,) = named_origin_faults(found, "https://guide.example.org", found["ALLOWED_HOSTS"], {})
    assert fault.variable == "ALLOWED_HOSTS"
    hosts = read(ALLOWED_HOSTS=fault.example)["ALLOWED_HOSTS"]
    assert named_origin_faults(found, "https://guide.example.org", hosts, {}) == []
    assert named_origin_faults(found, found.listens_at, ["guide.example.org"], {}) == []


def deployed(**environ):
    """The variables that `check --deploy` would name."""
    found = read(**environ)
    origin = found["PUBLIC_ORIGIN"] or found.listens_at
    return {f.variable for f in [*found.faults, *deploy_faults(found, origin, environ)]}


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": ""}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "http://guide.example.org"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://localhost"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://guide.localhost"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://127.0.0.1"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://[::1]:8443"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://0.0.0.0"}, {"PUBLIC_ORIGIN"}),
        ({"PUBLIC_ORIGIN": "https://guide.example.org", "DEBUG": "1"}, {"DEBUG"}),
        (
            {"PUBLIC_ORIGIN": "https://guide.example.org", "ALLOWED_HOSTS": "localhost"},
            {"ALLOWED_HOSTS"},
        ),
        ({"PUBLIC_ORIGIN": "https://guide.example.org"}, set()),
        ({"PUBLIC_ORIGIN": "https://guide.hospital.local:8443"}, set()),
        ({"ALLOWED_HOSTS": "*"}, {"ALLOWED_HOSTS", "PUBLIC_ORIGIN"}),
    ],
)
def test_readers_need_more_than_a_local_try_out(environ, named):
    """HTTPS, an address that others reach, and no debugging."""
    assert deployed(**environ) == named


def test_our_server_starts_without_debugging_and_with_its_folders(tmp_path):
    """DEBUG is for `make dev`; a folder for counts has to be there."""
    assert start_faults(read(), {}) == []
    (fault,) = start_faults(read(DEBUG="1"), {"DEBUG": "1"})
    assert fault.variable == "DEBUG"
    (fault,) = start_faults(read(METRICS_DIR=str(tmp_path / "none")), {})
    assert fault.variable == "METRICS_DIR"
    assert start_faults(read(METRICS_DIR=str(tmp_path)), {}) == []


def test_a_name_that_is_nearly_ours_is_told():
    """A variable with a typing error in its name would be set in vain."""
    assert misspelled(
        {"ALLOWED_HOST": "x", "Public_Origin": "x", "HOSTNAME": "x", "PATH": "x"}
    ) == [
        "ALLOWED_HOST is not read. Is ALLOWED_HOSTS meant?",
        "Public_Origin is not read. Is PUBLIC_ORIGIN meant?",
    ]


@pytest.mark.parametrize(
    ("host", "port", "origin"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("0.0.0.0", 8000, "http://127.0.0.1:8000"),
        ("::", 8080, "http://[::1]:8080"),
        ("192.168.1.5", 80, "http://192.168.1.5"),
    ],
)
def test_the_address_of_a_try_out_can_be_opened(host, port, origin):
    """What is printed leads back to the server, and the server answers to it."""
    found = read(HOST=host, PORT=str(port))

    assert listening_origin(host, port) == found.listens_at == origin
    assert is_allowed(host_of(origin), found["ALLOWED_HOSTS"])
    assert read(PUBLIC_ORIGIN=origin).faults == ()
