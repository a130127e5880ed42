"""Page feedback: kept without anything about who says it, and never in anybody's way."""

import io
import time
from datetime import date

import html5lib
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.for_each import for_each
from treatment_guide.feedback import store as feedback_store
from treatment_guide.feedback.database import database
from treatment_guide.feedback.limits import A_PAGE, HOUR
from treatment_guide.feedback.models import LONGEST_LINE, Feedback
from treatment_guide.feedback.redaction import REMOVED, cleaned
from treatment_guide.feedback.store import REST, Store
from treatment_guide.http.html.context import pages_of_words
from treatment_guide.library.content_check import current_library

PAGE = "/options/prp/"
DAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def store(monkeypatch):
    """A store of its own for each test: nothing counted yet."""
    fresh = Store()
    monkeypatch.setattr(feedback_store, "store", fresh)
    return fresh


def send(client, button="yes", **fields):
    """Send the form of a page. What is written in capitals goes beside the form."""
    pressed = {button: "1"} if button else {}
    beside = {name: fields.pop(name) for name in [*fields] if name.isupper()}
    return client.post("/feedback/", {"page": PAGE, "line": "", **pressed, **fields}, **beside)


@for_each("address", [page.address for page in current_library().reading_pages])
def test_every_page_of_words_asks_whether_it_helped(client, address):
    """The form stands on the page, names the page, and works without JavaScript."""
    page = client.get(address).content.decode()

    assert 'method="post" action="/feedback/"' in page
    assert f'name="page" value="{address}"' in page


@pytest.mark.parametrize("address", ["/whats-next/place/0/", "/search/?q=knee", "/no-such-page/"])
def test_no_page_with_answers_asks(client, address):
    """Nothing a reader answers, types or gets wrong can travel with feedback."""
    assert 'action="/feedback/"' not in client.get(address).content.decode()


@pytest.mark.django_db
def test_feedback_is_kept_with_the_page_and_the_day_alone(client):
    """A yes or no, one line, page, day, release; no address, no browser, no hour."""
    answer = send(client, "no", line="What does it cost?")

    assert (answer.status_code, answer["Location"]) == (303, f"/feedback/?page={PAGE}")
    kept = Feedback.objects.values().get()
    assert set(kept) == {"id", "page", "helped", "line", "day", "release"}
    assert (kept["page"], kept["helped"], kept["line"]) == (PAGE, False, "What does it cost?")
    assert "Set-Cookie" not in answer


def test_thanks_lead_back_to_the_page(client):
    """After thank you, the reader is where they were; help is one step away."""
    page = client.get(f"/feedback/?page={PAGE}").content.decode()

    assert f'href="{PAGE}"' in page
    assert 'href="/get-help-now/"' in page


@pytest.mark.parametrize(
    "page", ["https://elsewhere.example/", "//elsewhere.example", "javascript:"]
)
def test_thanks_lead_nowhere_else(client, page):
    """Only a page of the guide can be named."""
    shown = client.get("/feedback/", {"page": page}).content.decode().partition("</style>")[2]

    assert page.strip("/") not in shown


@pytest.mark.parametrize(
    "fields", [{"page": "/no-such-page/"}, {"button": ""}, {"no": "1"}, {"page": ""}]
)
def test_what_is_no_form_of_ours_is_refused(client, fields):
    """A page we do not have, or neither yes nor no: a kind page, and the database is not asked."""
    assert send(client, **fields).status_code == 400


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("write to me at jo@example.org please", f"write to me at {REMOVED} please"),
        ("call 555 0134 22 now", f"call {REMOVED} now"),
        ("call +1 (555) 010-2233", f"call {REMOVED}"),
        ("born 04/12/1951 in Leeds", f"born {REMOVED} in Leeds"),
        ("born 4 December 1951", f"born {REMOVED}"),
        ("since March 3, 2024", f"since {REMOVED}"),
        ("see https://example.org/me", f"see {REMOVED}"),
        ("Dr. Jane Smith said no", f"{REMOVED} said no"),
        ("my name is Ann Lee", f"my name is {REMOVED}"),
        ("me llamo Ana de la Cruz, y", f"me llamo {REMOVED}, y"),
        ("mi nombre es José Núñez", f"mi nombre es {REMOVED}"),
        ("la doctora Álvarez dijo", f"la {REMOVED} dijo"),
        ("el 3 de enero de 2026", f"el {REMOVED}"),
        ("el señor no lo sabe", "el señor no lo sabe"),
        ("my number is 943 476 5919", f"my number is {REMOVED}"),
        ("I live at 12 Hill Road", f"I live at {REMOVED}"),
        ("I live in LS1 4AB", f"I live in {REMOVED}"),
    ],
)
def test_what_looks_like_a_person_is_taken_out(line, left):
    """Names with a title, numbers, dates, addresses and links never reach the table."""
    assert cleaned(line) == left


@pytest.mark.parametrize(
    "line",
    ["I had 2 shots in 6 months", "47 of 100 is hard to picture", "What is L4-L5?", "Too long!"],
)
def test_plain_words_are_left_alone(line):
    """What an editor needs to read stays readable."""
    assert cleaned(line) == line


@given(st.text())
def test_a_line_is_one_line_of_bounded_length(text):
    """Whatever is sent, what is kept is short, printable, and one line."""
    line = cleaned(text)

    assert len(line) <= LONGEST_LINE
    assert line.isprintable()


@pytest.mark.django_db
def test_one_page_takes_only_so_much(client, store):
    """A flood about one page is turned away in words, and an hour later the page takes more."""
    now = [0.0]
    store.clock = lambda: now[0]
    statuses = [send(client).status_code for _ in range(A_PAGE[0] + 1)]
    now[0] = HOUR + 1

    assert statuses == [303] * A_PAGE[0] + [429]
    assert send(client).status_code == 303


@pytest.mark.django_db
def test_a_sender_cannot_use_up_what_others_may_send(client, store):
    """One network sends as fast as it can; a reader from another is thanked all the same."""
    store.clock = lambda: 0.0

    flood = [send(client, REMOTE_ADDR=f"203.0.113.{n % 250}").status_code for n in range(400)]

    assert flood.count(303) < 10
    assert set(flood) == {303, 429}
    assert send(client, REMOTE_ADDR="198.51.100.7").status_code == 303
    assert send(client, REMOTE_ADDR="2001:db8::1").status_code == 303


@pytest.mark.django_db
def test_the_table_has_an_end(store, monkeypatch):
    """A disk is not filled by feedback."""
    monkeypatch.setattr(feedback_store, "MOST_ROWS", 1)

    assert [store.keep(PAGE, True, "", DAY, "r") for _ in range(2)] == ["kept", "not-kept"]


@pytest.fixture
def broken(transactional_db, request):
    """A database with something wrong: read-only, full, or without its table."""
    cursor = connection.cursor()
    undo = None
    if request.param == "read-only":
        cursor.execute("pragma query_only = on")
        undo = "pragma query_only = off"
    elif request.param == "full":
        pages = cursor.execute("pragma page_count").fetchone()[0]
        cursor.execute(f"pragma max_page_count = {pages}")
        undo = "pragma max_page_count = 1000000"
    else:
        cursor.execute("alter table feedback_feedback rename to gone")
        undo = "alter table gone rename to feedback_feedback"
    yield request.param
    connection.cursor().execute(undo)


@pytest.mark.parametrize("broken", ["read-only", "full", "gone"], indirect=True)
def test_a_broken_database_costs_the_note_and_nothing_else(broken, client, code, store):
    """It is said in words, reading and narrowing go on, and the database is then left alone."""
    line = "x" * LONGEST_LINE
    several = sorted(pages_of_words(current_library()))[:20]  # one page would soon have its share
    statuses = {send(client, page=page, line=line).status_code for page in several}
    outcome = f"/whats-next/outcome/{code({'urgent': 'none', 'urgent-here': 'none'})}/"

    assert 503 in statuses
    assert statuses <= {303, 503}
    assert client.get(PAGE).status_code == 200
    assert client.get(outcome).status_code == 200
    assert store._rest_until > time.monotonic()


@pytest.mark.parametrize(
    "told",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "Cross-Site", "HTTP_ORIGIN": "https://testserver"},
        {"HTTP_ORIGIN": "https://elsewhere.example"},
        {"HTTP_ORIGIN": "https://testserver.elsewhere.example"},
        {"HTTP_ORIGIN": "https://testserver:8443"},
        {"HTTP_ORIGIN": "https://testserver@elsewhere.example"},
        {"HTTP_ORIGIN": "file://"},
        {"HTTP_ORIGIN": "https://[::"},
        {"HTTP_ORIGIN": "https://testserver:x"},
    ],
)
@pytest.mark.django_db
def test_a_form_of_another_site_is_not_kept(client, told):
    """Another site cannot make readers' browsers write here. Who meant it sends it from here: the
    form comes again, with what was typed.
    """
    answer = send(client, line="What does it cost?", **told)

    page = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    fields = {field.get("name"): field.get("value") for field in page.iter("input")}
    assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store")
    assert (fields["page"], fields["line"]) == (PAGE, "What does it cost?")
    assert Feedback.objects.count() == 0


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "null"},
        {"HTTP_SEC_FETCH_SITE": "none"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ORIGIN": "http://testserver"},
        {"HTTP_ORIGIN": "https://TESTSERVER"},
        {"HTTP_ORIGIN": "https://testserver:443"},
        {"HTTP_ORIGIN": "https://whatsnext.example"},
        {"HTTP_ORIGIN": "http://localhost:8000", "HTTP_HOST": "localhost:8000"},
    ],
)
@pytest.mark.django_db
def test_a_form_of_this_site_is_kept(client, told):
    """By the host it was sent to or by the public one; browsers that tell nothing are believed."""
    assert send(client, **told).status_code == 303


@pytest.mark.parametrize("said", ["not-kept", "too-much"])
def test_a_note_that_could_not_be_kept_is_given_back(client, store, monkeypatch, said):
    """Nobody types twice: the form comes again, for the same page, with the words as typed. They
    stand there as words, and the answer is kept by no cache.
    """
    monkeypatch.setattr(store, "keep", lambda *note: said)
    line = 'Is "PRP" <b>safe</b> & paid?' + "x" * LONGEST_LINE

    answer = send(client, line=line)

    page = html5lib.parse(answer.content.decode(), namespaceHTMLElements=False)
    fields = {field.get("name"): field.get("value") for field in page.iter("input")}
    assert answer.status_code in (429, 503)
    assert answer["Cache-Control"] == "no-store"
    assert (fields["page"], fields["line"]) == (PAGE, line[:LONGEST_LINE])
    assert {button.get("name") for button in page.iter("button")} >= {"yes", "no"}


@pytest.mark.django_db
def test_a_database_that_failed_is_asked_again_later(store, monkeypatch):
    """After a rest it may be well again."""
    now = [0.0]
    store.clock = lambda: now[0]
    store._rest_until = REST
    assert store.keep(PAGE, True, "", DAY, "r") == "not-kept"
    now[0] = REST

    assert store.keep(PAGE, True, "", DAY, "r") == "kept"


def said(*args, **options):
    """What the command prints."""
    out = io.StringIO()
    call_command("feedback", *args, stdout=out, skip_checks=True, **options)
    return out.getvalue()


@pytest.mark.django_db
def test_editors_see_counts_and_lines(store):
    """The least helpful page stands first; its lines can be read."""
    store.keep("/options/prp/", True, "", DAY, "r")
    store.keep("/options/shockwave/", False, "What does it feel like?", DAY, "r")

    rows = said().splitlines()

    assert rows[1].split() == ["0", "1", "1", "/options/shockwave/"]
    assert "What does it feel like?" in said(lines="/options/shockwave/")


@pytest.mark.parametrize("broken", ["gone"], indirect=True)
def test_the_command_says_what_to_do_without_a_table(broken):
    """An editor who never ran migrate is told to."""
    with pytest.raises(CommandError, match=r"manage\.py migrate"):
        said()


def test_an_address_of_a_database_is_read(tmp_path):
    """SQLite by default; PostgreSQL by its usual address, with its signs decoded."""
    default = tmp_path / "f.sqlite3"
    found = database("postgres://us%40er:pa%2Fss@db.example:5433/name?sslmode=require", default)

    assert database("", default)["NAME"] == str(default)
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("us@er", "pa/ss", "db.example")
    assert (found["PORT"], found["NAME"]) == ("5433", "name")
    assert found["OPTIONS"]["sslmode"] == "require"
    with pytest.raises(ValueError, match="DATABASE_URL"):
        database("mysql://x/y", default)


@pytest.mark.django_db
def test_the_table_is_what_the_model_says():
    """No change of the model without its migration."""
    call_command("makemigrations", check=True, dry_run=True, skip_checks=True, verbosity=0)


def test_only_pages_of_words_can_be_spoken_about(client):
    """The list of pages is the library's own."""
    assert set(pages_of_words(current_library())) == {
        page.address for page in current_library().reading_pages
    }
