"""While it is too soon to judge, a calendar file brings the reader back. Nothing is kept."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.stories import KNEE, choices_of
from treatment_guide.engine.code import days_since_2026, decode
from treatment_guide.engine.narrowing import narrow
from treatment_guide.engine.reader import Reader
from treatment_guide.http.origin import public_origin
from treatment_guide.library.content_check import current_library
from treatment_guide.library.in_words.spans import days_of
from treatment_guide.paper.calendar_file import calendar_file, folded
from treatment_guide.questionnaire.look_again import look_again

ORIGIN = "https://whatsnext.example"
LIBRARY = current_library()
TODAY = date(2026, 11, 22)
SOON = {**KNEE, "since": "under-2-weeks"}
LATER = {**SOON, "since": "6-12-weeks"}


def outcome(answers):
    return narrow(Reader(LIBRARY.guide, choices_of(answers)))


def properties(text):
    """The lines of a calendar file, unfolded, as name and value; parameters stay with the name."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    unfolded = text.replace("\r\n ", "")
    return [tuple(line.split(":", 1)) for line in unfolded.split("\r\n")[:-1]]


@pytest.fixture
def file(client, code):
    """The calendar file of somebody whose injection was a few days ago."""
    response = client.get(f"/whats-next/calendar/{code(SOON)}/")
    assert response.status_code == 200
    return response


def test_the_day_is_so_far_from_today_as_the_fact_says():
    """By then the least time has passed for certain, whatever the day of the injection."""
    wait = days_of(str(LIBRARY.facts["judging-too-soon"].value))

    assert look_again(LIBRARY, outcome(SOON), TODAY, TODAY) == date(2026, 12, 6)
    assert (date(2026, 12, 6) - TODAY).days == wait
    assert look_again(LIBRARY, outcome(SOON), date(2026, 12, 31), TODAY) == date(2027, 1, 14)


def test_without_the_notice_there_is_no_day():
    """Nobody is sent home who can be helped now."""
    assert look_again(LIBRARY, outcome(LATER), TODAY, TODAY) is None


def test_a_page_opened_the_next_day_names_the_same_day(client, code, html):
    """What was said yesterday counts from yesterday, on the page and in the calendar file."""
    yesterday = code(SOON, day=days_since_2026(TODAY) - 1)
    page = html(client.get(f"/whats-next/outcome/{yesterday}/"))
    file = client.get(f"/whats-next/calendar/{yesterday}/")

    assert "December 5, 2026" in page.words("section", id="do-now")
    assert dict(properties(file.content.decode()))["DTSTART;VALUE=DATE"] == "20261205"


def test_an_overdue_number_gives_no_day_and_the_page_says_so(client, code, html, serve):
    """Then the action stands without a date."""
    fact = replace(LIBRARY.facts["judging-too-soon"], check_by=date(2026, 11, 1))
    serve(replace(LIBRARY, facts={**LIBRARY.facts, "judging-too-soon": fact}))

    page = html(client.get(f"/whats-next/outcome/{code(SOON)}/"))

    assert LIBRARY.ui["act-some-day"] in page.words("section", id="do-now")
    assert f"/whats-next/calendar/{code(SOON)}/" not in page.links


def test_an_overdue_number_gives_no_day():
    """A number that is due to be checked again decides nothing."""
    fact = replace(LIBRARY.facts["judging-too-soon"], check_by=date(2026, 11, 1))
    library = replace(LIBRARY, facts={**LIBRARY.facts, "judging-too-soon": fact})

    assert look_again(library, outcome(SOON), TODAY, TODAY) is None


@pytest.mark.parametrize(
    ("span", "days"), [("2 weeks", 14), ("2 to 4 weeks", 28), ("1 day", 1), ("3 months", 90)]
)
def test_a_span_counts_its_longer_end(span, days):
    """Better a few days late than too soon."""
    assert days_of(span) == days


def test_the_outcome_says_the_date_in_words_and_leads_to_the_file(client, code, html):
    """The notice names the day; without the notice there is no link."""
    page = html(client.get(f"/whats-next/outcome/{code(SOON)}/"))
    other = html(client.get(f"/whats-next/outcome/{code(LATER)}/"))

    assert "December 6, 2026" in page.words("section", id="do-now")
    assert f"/whats-next/calendar/{code(SOON)}/" in page.links
    assert f"/whats-next/calendar/{code(LATER)}/" not in other.links


def test_the_file_is_a_calendar_with_one_event_for_the_whole_day(file):
    """RFC 5545: every line ends in CR LF, and what an event needs is there."""
    rows = properties(file.content.decode())
    found = dict(rows)

    assert file["Content-Type"] == "text/calendar; charset=utf-8"
    assert "look-again.ics" in file["Content-Disposition"]
    assert rows[0] == ("BEGIN", "VCALENDAR")
    assert rows[-1] == ("END", "VCALENDAR")
    assert rows.count(("BEGIN", "VEVENT")) == rows.count(("END", "VEVENT")) == 1
    assert found["VERSION"] == "2.0"
    assert found["DTSTART;VALUE=DATE"] == "20261206"
    assert found["DTEND;VALUE=DATE"] == "20261207"
    assert found["DTSTAMP"] == "20261122T000000Z"
    assert re.fullmatch(r"[0-9a-f]{24}@whatsnext\.example", found["UID"])


@pytest.mark.parametrize(("prefix", "language"), [("", "EN"), ("/es", "ES")])
def test_the_maker_of_the_file_names_its_language(client, code, prefix, language):
    """The last part of a PRODID is the language of the words (ISO 9070, as RFC 5545 asks)."""
    file = client.get(f"{prefix}/whats-next/calendar/{code(SOON)}/")

    assert dict(properties(file.content.decode()))["PRODID"].endswith(f"//{language}")


def test_a_calendar_reads_what_was_meant(file):
    """An independent reader of RFC 5545 finds the day, the title, the address and the alarm."""
    calendar = Calendar.from_ical(file.content)
    (event,) = calendar.events
    (alarm,) = event.walk("VALARM")

    assert calendar.errors == event.errors == []
    assert (event.start, event.end) == (date(2026, 12, 6), date(2026, 12, 7))
    assert str(event["SUMMARY"]) == LIBRARY.ui["again-title"]
    assert str(event["URL"]) in str(event["DESCRIPTION"])
    assert (str(event["TRANSP"]), str(event["CLASS"])) == ("TRANSPARENT", "PRIVATE")
    assert alarm["TRIGGER"].dt == timedelta(hours=9)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=99))
def test_a_calendar_reads_any_title_as_it_is_written(title):
    """Whatever signs and languages it has: escaped and folded here, read back by another."""
    ui = {**LIBRARY.ui, "again-title": title}
    text = calendar_file(replace(LIBRARY, ui=ui), TODAY, f"{ORIGIN}/go/", ORIGIN, TODAY)

    (event,) = Calendar.from_ical(text).events

    assert str(event["SUMMARY"]) == title


def test_no_line_of_the_file_is_longer_than_75_bytes(file):
    """Longer lines are folded."""
    assert max(map(len, file.content.split(b"\r\n"))) <= 75


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_folding_breaks_no_character_and_loses_none(line):
    """Whatever the language of the title."""
    assert folded(line).replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded(line).split("\r\n"))


def test_the_file_leads_back_by_a_paper_code(file):
    """Without the danger signs and the time since the injection: both are asked anew."""
    address = dict(properties(file.content.decode()))["URL"]
    code = re.fullmatch(rf"{public_origin(LIBRARY)}/go/(\w+)/\?r=[\d.]+", address)[1]

    assert decode(LIBRARY.layout, LIBRARY.guide.questions, code).answers == {
        "place": frozenset({"knee"})
    }


def test_the_file_says_no_more_about_health_than_its_title(file):
    """A calendar is often shared."""
    text = file.content.decode().lower()

    assert LIBRARY.ui["again-title"].lower() in text
    for word in ("steroid", "injection", "knee", "pain", "danger"):
        assert word not in text


def test_the_same_day_gives_the_same_event(client, code, file):
    """Saved twice, it stands once in the calendar."""
    again = client.get(f"/whats-next/calendar/{code(SOON)}/")

    assert again.content == file.content


def test_the_file_is_kept_nowhere(file):
    """It holds a code."""
    assert file["Cache-Control"] == "no-store"
    assert file["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in file


def test_the_file_comes_after_the_danger_signs(client, code):
    """The same rules as the outcome; without the notice there is no file."""
    urgent = client.get(f"/whats-next/calendar/{code({**SOON, 'urgent': 'hot-joint'})}/")
    unasked = client.get(f"/whats-next/calendar/{code({'place': 'knee'})}/")

    assert urgent["Location"].startswith("/get-help-now/")
    assert unasked["Location"].startswith("/whats-next/urgent/")
    assert client.get(f"/whats-next/calendar/{code(LATER)}/").status_code == 404
    assert client.get("/whats-next/calendar/nonsense/").status_code == 404


# After a treatment


def test_each_option_worth_asking_about_offers_a_day_to_look_again(client, code, html):
    """Beside its reasons, with the code of the list; not where nobody knows when, and not beside
    what does not fit now.
    """
    page = html(client.get(f"/whats-next/outcome/{code(LATER)}/"))
    known = {option for option in page.groups if LIBRARY.options[option].look_again}
    offered = {link.split("/")[-2] for link in page.links if "/whats-next/calendar/" in link}

    assert offered == {option for option in known if page.groups[option] == "fits"}
    assert len(offered) > 1
    for option in offered:
        assert f"/whats-next/calendar/{code(LATER)}/{option}/" in page.links


def test_a_page_opened_from_a_list_gives_the_entry_of_that_list(client, code, html):
    """The entry then brings place and cause back; from the page alone it brings nothing."""
    mine = html(client.get(f"/whats-next/outcome/{code(LATER)}/options/exercise-program/"))
    alone = html(client.get("/options/exercise-program/"))

    assert f"/whats-next/calendar/{code(LATER)}/exercise-program/" in mine.links
    assert "/options/exercise-program/calendar/" not in mine.links
    assert "/options/exercise-program/calendar/" in alone.links


def test_no_link_leads_to_a_day_that_is_no_longer_known(client, code, html, serve):
    """Once the number is past its check-by day, the link is gone as the file is."""
    name = LIBRARY.options["exercise-program"].look_again
    fact = replace(LIBRARY.facts[name], check_by=date(2026, 11, 1))
    serve(replace(LIBRARY, facts={**LIBRARY.facts, name: fact}))
    outcome = html(client.get(f"/whats-next/outcome/{code(LATER)}/"))
    alone = html(client.get("/options/exercise-program/"))

    for page in (outcome, alone):
        assert not any(link.endswith("/calendar/") for link in page.links)
        assert not any("/calendar/" in link and "exercise" in link for link in page.links)
    assert client.get("/options/exercise-program/calendar/").status_code == 404


@pytest.mark.parametrize("option", [o for o in LIBRARY.options if LIBRARY.options[o].look_again])
def test_an_entry_holds_place_and_cause_and_asks_the_rest_anew(client, code, option):
    """Calendars are shared and copied. The day is so far from today as the fact says; the way back
    asks the danger signs first, and what the treatment did.
    """
    fact = LIBRARY.facts[LIBRARY.options[option].look_again]
    file = client.get(f"/whats-next/calendar/{code(LATER)}/{option}/")
    lines = dict(properties(file.content.decode()))
    there = client.get(lines["URL"].removeprefix(ORIGIN))["Location"]
    kept = decode(LIBRARY.layout, LIBRARY.guide.questions, there.split("?")[0].split("/")[3])

    days = date.fromisoformat(lines["DTSTART;VALUE=DATE"]) - TODAY
    assert days == timedelta(days=days_of(str(fact.value)))
    assert set(kept.answers) == {"place", "cause"} & set(LATER)
    assert there.startswith("/whats-next/urgent/")
    assert file["Cache-Control"] == "no-store" and "Set-Cookie" not in file
    assert option not in file.content.decode()


def test_an_entry_made_without_answers_leads_to_the_danger_signs(client):
    """From the page of an option, where nobody was asked."""
    file = client.get("/options/exercise-program/calendar/")
    address = dict(properties(file.content.decode()))["URL"]

    there = client.get(address.removeprefix(ORIGIN))["Location"]

    assert there.startswith("/whats-next/urgent/") and file["Cache-Control"] == "no-store"
    assert client.get("/options/pain-medicines/calendar/").status_code == 404
    assert client.get("/options/no-such/calendar/").status_code == 404
