"""Recalls of the real content: nothing that is withdrawn is offered, shown or brought nearer."""

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve

from tests.stories import choices_of
from treatment_guide.engine.code import encode
from treatment_guide.engine.compiled.rules import CompiledOption
from treatment_guide.engine.conditions import atoms
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.known import Known
from treatment_guide.engine.model import Option
from treatment_guide.engine.proof.safety_matrix import nearness
from treatment_guide.engine.reader import Reader
from treatment_guide.http.library import with_library
from treatment_guide.library.model import Library, Recall, RecallWords
from treatment_guide.library.recall.applying import in_effect, misfit, without_rule
from treatment_guide.library.release.sentences import KINDS
from treatment_guide.library.search.index import index
from treatment_guide.serving.addresses import every_address

WHY = "The kit was found to be unclean."
KNEE = {"urgent": "none", "place": "knee", "urgent-here": "none", "cause": "arthritis"}
#: A number in a picture, one that leads its option, one inside of words with a link in them.
FACTS = ("prp-knee-side-effects", "prp-knee-pain-12-months", "sciatica-epidural-leg-pain-3-months")


def recalled(kind: str, name: str) -> Recall:
    """A recall of one thing."""
    words = (RecallWords("en", WHY),)
    return Recall(kind, name, date(2026, 11, 20), "The pharmacy", words, f"recalls/{name}.toml")


def without(library: Library, *targets: tuple[str, str]) -> Library:
    """The library without these things."""
    made, faults = in_effect(library, [recalled(*target) for target in targets])
    assert faults == []
    return made


def page(library: Library, address: str) -> HttpResponse:
    """A page as this library makes it."""
    path, _, query = address.partition("?")
    view, args, kwargs = resolve(path)
    request = RequestFactory().get(f"{path}?{query}" if query else path)
    request.htmx = False
    return view(with_library(request, library), *args, **kwargs)


def words(response: HttpResponse) -> str:
    """The words of a page, without numbers of sources."""
    bare = re.sub(r"<sup>.*?</sup>", "", response.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", bare)).split())


@pytest.fixture(scope="module")
def no_prp(library: Library) -> Library:
    """The library without PRP."""
    return without(library, ("option", "prp"))


def test_without_recalls_the_library_is_the_same_object(library: Library) -> None:
    assert in_effect(library, ())[0] is library


def test_a_withdrawn_option_stands_in_no_group(no_prp: Library) -> None:
    """Nobody is told that it fits, depends, comes later or is not usual: it is not there."""
    groups = Reader(no_prp.guide, choices_of(KNEE)).groups

    assert "prp" not in groups
    assert len(groups) == len(no_prp.released.guide.options) - 1


def test_a_withdrawn_option_says_so_first_on_its_page(no_prp: Library) -> None:
    """At both its addresses, with why; what can go wrong stays for who has had it, no gain does."""
    for address in ("/options/prp/", "/options/prp/all/"):
        shown = page(no_prp, address).content.decode()
        assert shown.index("This option was withdrawn on November 20, 2026") < shown.index(
            "<section"
        )
        assert WHY in shown
        assert shown.index('id="when-to-call"') < shown.index('id="harms"')
        assert 'id="gains"' not in shown
        assert 'content="noindex"' in shown


def test_no_list_names_a_withdrawn_option(no_prp: Library) -> None:
    """Links to it in the words of other pages say that it is withdrawn; the scorecard, the list of
    sources, the changes and the site map name pages, not options to choose; the box for a code says
    that it is withdrawn in a sentence.
    """
    apart = ("/options/prp/", "/about/scorecard/", "/sources/", "/sitemap.xml", "/changes/", "/go/")
    for address in every_address(no_prp):
        if address.startswith(apart):
            continue
        response = page(no_prp, address)
        links = re.findall(
            r'<a href="[^"]*/options/prp/[^>]*>[^<]*</a>(.{12})', response.content.decode()
        )
        assert [end for end in links if not end.startswith(" (withdrawn)")] == [], address


def test_an_outcome_names_a_withdrawn_option_nowhere(no_prp: Library) -> None:
    """Neither the list, nor the sheets, nor the text for the portal."""
    code = encode(no_prp.layout, choices_of(KNEE), day=325)
    for path in ("outcome", "take", "clinician"):
        response = page(no_prp, f"/whats-next/{path}/{code}/")
        assert response.status_code == 200
        assert "latelet-rich" not in words(response).replace("plasma (withdrawn)", ""), path


def test_an_option_opened_from_an_old_outcome_says_that_it_is_withdrawn(no_prp: Library) -> None:
    code = encode(no_prp.layout, choices_of(KNEE), day=325)

    assert WHY in words(page(no_prp, f"/whats-next/outcome/{code}/options/prp/"))


def test_a_calendar_entry_of_a_withdrawn_option_leads_to_its_page(no_prp: Library) -> None:
    """A link on an older page still leads somewhere, and nobody gets a reminder for it."""
    response = page(no_prp, "/options/prp/calendar/")

    assert (response.status_code, response["Location"]) == (302, "/options/prp/")


def test_every_option_but_the_floor_can_be_withdrawn_at_once(library: Library) -> None:
    """Every page is still made, and every reader has one option to ask about."""
    names = [name for name in library.options if name != library.guide.floor]
    made = without(library, *(("option", name) for name in names))
    code = encode(made.layout, choices_of(KNEE), day=325)

    pages = [f"/whats-next/{path}/{code}/" for path in ("outcome", "take", "clinician", "impact")]
    for address in [*every_address(made), *pages]:
        assert page(made, address).status_code in (200, 301, 302), address
    assert [*Reader(made.guide, choices_of(KNEE)).groups.values()] == ["fits"]


def test_a_comparison_with_a_withdrawn_option_says_so(no_prp: Library) -> None:
    response = page(no_prp, "/compare/?option=prp&option=exercise-program")

    assert response.status_code == 422
    assert "One of these options was withdrawn" in words(response)


def test_a_search_finds_the_page_that_says_it_is_withdrawn(no_prp: Library) -> None:
    """Who has read of it elsewhere must find out here."""
    first = index(no_prp).search("prp").found[0]

    assert first.href == "/options/prp/"
    assert first.title.startswith("Withdrawn: ")


def test_a_reader_from_paper_is_told_what_was_withdrawn(no_prp: Library) -> None:
    """With a release in the address and without one: a typed code names none."""
    code = encode(no_prp.layout, choices_of({"place": "knee"}), paper=True)
    for query in ("?r=2026.1", ""):
        shown = page(no_prp, f"/whats-next/urgent/{code}/{query}").content.decode()
        told = shown[shown.index('id="withdrawn"') : shown.index("<form")]
        assert 'Withdrawn: <a href="/options/prp/">Platelet-rich plasma</a>' in told
    anew = encode(no_prp.layout, {})
    assert "Withdrawn" not in words(page(no_prp, f"/whats-next/urgent/{anew}/"))
    assert "Withdrawn: Platelet-rich plasma" in words(page(no_prp, "/go/"))


def test_nothing_else_moves_with_a_withdrawn_option(library: Library, no_prp: Library) -> None:
    """Every other option stands where it stood."""
    for known in made_up(library.guide, library.guide.options["prp"], 30):
        answers = library.guide.compiled.bits.answers(known.chosen)
        before, after = (Reader(each.guide, answers).groups for each in (library, no_prp))
        assert after == {name: group for name, group in before.items() if name != "prp"}


def test_a_withdrawn_number_is_shown_nowhere(library: Library) -> None:
    """Words stand in its place, on every page that had it, and the page says why."""
    made = without(library, *(("fact", name) for name in FACTS))
    facts = [library.facts[name] for name in FACTS]
    texts = [
        text
        for fact in facts
        for text in (fact.sentence, fact.difference, fact.sentence_of_hundred)
        if text
    ]
    had = {page.address for page in library.reading_pages if {*FACTS} & {*page.facts}}
    told = set()
    for address in every_address(library):
        response = page(made, address)
        if response.status_code == 200:
            shown = words(response)
            assert [text for text in texts if text in shown] == [], address
            assert not any(f'data-fact="{name}"' in response.content.decode() for name in FACTS)
            told |= {address} if WHY in shown else set()
    assert had <= told
    for fact in facts:
        assert fact.sentence not in repr(index(made).search(fact.sentence))


def test_a_statement_that_rests_on_a_withdrawn_number_is_not_known(library: Library) -> None:
    """What matters to a reader is not spoken for by what was withdrawn."""
    thing, option, name = next(
        (thing, option, said.facts[0])
        for thing, row in library.value_statements.items()
        for option, said in row.items()
        if said.facts
    )
    said = without(library, ("fact", name)).value_statements[thing][option]

    assert (said.speaks, said.facts) == ("not-known", ())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "fits"])
def test_a_withdrawn_guard_goes_on_holding_and_says_other_words(
    library: Library, kind: str
) -> None:
    """To drop it would bring an option nearer on the strength of what was just withdrawn."""
    for name, option in library.guide.options.items():
        for rule in getattr(option, kind)[:1]:
            if any(rule.because == each.because for each in option.fits):
                continue
            made = without(library, ("rule", f"{name}/{rule.because}"))
            after = made.guide.options[name]
            conditions = [each.condition for each in getattr(option, kind)]
            assert [each.condition for each in getattr(after, kind)] == conditions
            ids = {each.because for every in KINDS for each in getattr(after, every)}
            assert rule.because not in ids
            assert WHY in made.reasons[f"withdrawn-{name}-{rule.because}"]
            return
    pytest.fail(f"no option has a rule of the kind {kind}")


def test_a_withdrawn_rule_that_spoke_for_an_option_no_longer_acts(library: Library) -> None:
    """The option leaves the group, and the reader is told why."""
    answers = choices_of(KNEE | {"tried": "exercise", "response": "none"})
    made = without(library, ("rule", "prp/prp-knee"))
    before, after = (Reader(each.guide, answers).groups["prp"] for each in (library, made))

    assert before != "less-likely"
    assert after == "less-likely"
    assert "A reason about this option was withdrawn" in words(page(made, "/options/prp/"))


def test_a_reason_is_withdrawn_from_every_option_that_gives_it(library: Library) -> None:
    """A sentence that many options share need not be withdrawn thirty times."""
    because = "had-it"
    made = without(library, ("reason", because))

    for option in made.guide.options.values():
        assert because not in {r.because for kind in KINDS for r in getattr(option, kind)}
    assert WHY in words(page(made, "/about/rules/"))


def test_a_notice_a_care_and_a_question_to_ask_can_be_withdrawn(library: Library) -> None:
    notice, care, ask = (
        next(iter(library.notices)),
        next(iter(library.care)),
        next(iter(library.asks)),
    )
    made = without(library, ("notice", notice), ("care", care), ("ask", ask))

    assert WHY in made.notices[notice].html
    assert WHY in made.care[care].html
    assert ask not in {rule.because for rule in made.guide.asks}


def test_words_in_another_language_say_which(library: Library) -> None:
    """Where a recall has no words in the language of a page, its words are marked, and those of the
    guide beside them are not: a voice reads each as it is written.
    """
    notice = next(iter(library.notices))
    said = (RecallWords("es", WHY, "Pregunte a su equipo."),)
    recalls = [
        replace(recalled(*each), words=said) for each in (("option", "prp"), ("notice", notice))
    ]
    made, faults = in_effect(library, recalls)
    html = page(made, "/options/prp/").content.decode()

    assert faults == []
    assert f'<b>{library.ui["recall-why"]}</b> <span lang="es">{WHY}</span>' in html
    assert f'<span lang="es">{WHY}</span>' in made.notices[notice].html
    assert made.notices[notice].do == '<span lang="es">Pregunte a su equipo.</span>'


def made_up(guide: Guide, option: Option, count: int) -> Iterator[Known]:
    """Answers made up by chance, always the same, rich in those that the option's rules look at."""
    chance, bits = random.Random(option.id), guide.compiled.bits
    looked_at: dict[str, list[str]] = {}
    for rule in option.grouping:
        for atom in atoms(rule.condition):
            looked_at.setdefault(atom.question, []).extend(sorted(atom.choices))
    for _ in range(count):
        answers: dict[str, frozenset[str]] = {}
        for question in guide.questions.values():
            offered = list(question.offered(answers))
            if not offered or question.about_danger or chance.random() < 0.15:
                continue
            liked = [choice for choice in looked_at.get(question.id, ()) if choice in offered]
            pool = liked if liked and chance.random() < 0.6 else offered
            answers[question.id] = frozenset((chance.choice(pool),))
        yield Known(bits, bits.chosen(answers))


def test_no_recall_of_a_rule_brings_an_option_nearer(library: Library) -> None:
    """The property of recalls, for each rule of each option, over made-up answers: nobody is told
    that an option fits, or may fit, who was not told so before.
    """
    guide = library.guide
    moved = 0
    for name, option in guide.options.items():
        readers = list(made_up(guide, option, 40))
        plain = CompiledOption(guide.compiled.compiler, option)
        before = [nearness(plain, known) for known in readers]
        for because in sorted({rule.because for rule in option.grouping}):
            if misfit(library, recalled("rule", f"{name}/{because}")):
                continue
            made = without_rule(option, because, "withdrawn")
            after = [nearness(CompiledOption(guide.compiled.compiler, made), k) for k in readers]
            assert all(now >= was for now, was in zip(after, before, strict=True)), (name, because)
            moved += after != before
    assert moved > 20  # the made-up answers do meet the rules that are withdrawn


def test_a_translation_says_its_own_words_of_a_recall(library: Library) -> None:
    """A file names languages as `[es]`, and pages as `es-US`: each language gets its words unmarked."""
    told = (RecallWords("en", WHY), RecallWords("es", "No estaba limpio.", "Llame a su equipo."))
    recall = replace(recalled("option", "prp"), words=told)
    for each in (library, library.translations["es"]):
        made, faults = in_effect(each, [recall])
        html = page(made, "/options/prp/").content.decode()
        mine = recall.said(each.language.name)

        assert faults == [] and mine.language == each.language.name
        assert f"<span>{mine.why}</span>" in html
        assert "No estaba limpio." in html or each is library
