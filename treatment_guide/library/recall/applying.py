"""A library without what is withdrawn. Nothing that is withdrawn brings any option nearer to `fits`.

- An option leaves the guide: it stands in no group, list or comparison. Its page says why, and
  keeps what can go wrong, when to call, and recovery, for who has had it.
- A fact loses its number: words stand in every place that showed it.
- A rule that spoke for an option (`fits`) no longer acts: where it alone did, the option stands in
  `less-likely` with the words of the recall. Every other rule goes on holding its option where it
  stood, or warning, and says the words of the recall instead of its own: to drop it would bring
  the option nearer on the strength of what was just withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from treatment_guide.engine.conditions import AllOf, AnyOf, Not
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Option, Rule
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.model import CareWords, Library, Message, OptionPage, Page
from treatment_guide.library.model.recalls import Recall
from treatment_guide.library.problems import Problem
from treatment_guide.library.recall.texts import mapped, marking, without_sentences
from treatment_guide.library.release.sentences import KINDS, rule_lines
from treatment_guide.library.review.recalled import reviewed_as_shown

#: The parts of an option's page that stay when it is withdrawn: who has had it needs them.
KEPT_PARTS = ("harms", "recovery")
#: What the ids of the words of recalls begin with.
WITHDRAWN = "withdrawn-"
#: Fields of a library whose texts may hold the sentence of a fact or a link to an option.
WITH_TEXTS = (
    *("steps", "options", "topics", "about", "pages", "situations", "clinic_pages", "questions"),
    *("reasons", "notices", "asks", "care", "safety", "terms", "self_checks", "value_statements"),
)


def in_effect(library: Library, recalls: Iterable[Recall]) -> tuple[Library, list[Problem]]:
    """The library with all recalls in effect that it can take, and a fault for each other one.

    The library given is kept as `released`. Without recalls it is returned as it is.
    """
    faults: list[Problem] = []
    taken: list[Recall] = []
    for recall in recalls:
        message = misfit(library, recall, taken)
        if message:
            faults.append(Problem(recall.file, 1, "withdraws", message))
        else:
            taken.append(recall)
    return (_without(library, tuple(taken)) if taken else library), faults


def misfit(library: Library, recall: Recall, others: Iterable[Recall] = ()) -> str:
    """Why a library cannot take a recall beside others, and what to do; empty where it can."""
    known: Mapping[str, Iterable[str]] = {
        "option": library.options,
        "fact": library.facts,
        "rule": [f"{option.id}/{rule.because}" for option, rule in _rules(library.guide)],
        "reason": {rule.because for _, rule in _rules(library.guide)},
        "notice": library.notices,
        "ask": library.asks,
        "care": library.care,
    }
    if recall.name not in known[recall.kind]:
        near = meant(recall.name, known[recall.kind])
        return (
            f"There is no {recall.kind} `{recall.name}`.{near} If a release took it out, delete "
            "this file."
        )
    floor = library.guide.floor
    if recall.kind == "option" and recall.name == floor:
        return (
            f"`{floor}` is the option that every reader can ask about (`floor` in guide/flow.yaml): "
            "an outcome without it could be empty. Withdraw its facts or reasons instead."
        )
    for option in library.guide.options.values():
        gone = [_because(each, option) for each in (*others, recall)]
        left = [rule for rule in option.fits if rule.because not in gone]
        if _because(recall, option) and len(left) < len(option.fits):
            if option.id == floor:
                return f"It keeps `{floor}` there for every reader. Withdraw its other reasons."
            if not left:
                return (
                    f"Nothing would be left that speaks for `{option.id}`. Withdraw the option: "
                    f'withdraws = "option:{option.id}"'
                )
    return ""


def _rules(guide: Guide) -> Iterable[tuple[Option, Rule]]:
    for option in guide.options.values():
        for kind in KINDS:
            for rule in getattr(option, kind):
                yield option, rule


def _because(recall: Recall, option: Option) -> str:
    """The id of the words that a recall withdraws from an option; empty for none."""
    if recall.kind == "reason":
        return recall.name
    if recall.kind == "rule" and recall.option == option.id:
        return recall.name.partition("/")[2]
    return ""


def _without(library: Library, recalls: tuple[Recall, ...]) -> Library:
    made = replace(library, recalls=recalls, released=library)
    made = _without_facts(made)
    made = _without_rules(made)
    made = _without_messages(made)
    made = _without_options(made)
    return reviewed_as_shown(replace(made, rules=rule_lines(made, made.guide)))


@dataclass(frozen=True)
class Said:
    """The words of recalls in the language of a library."""

    library: Library

    def day(self, recall: Recall) -> str:
        """The day of a recall in words."""
        return self.library.language.day(recall.day)

    def number(self, recall: Recall) -> str:
        """The words that stand in place of a number, as text."""
        return self.library.ui["recall-number"].format(day=self.day(recall))

    def rested_on(self, recall: Recall) -> str:
        """The words that stand in place of what rested on a number, as HTML."""
        words = self.library.ui["recall-value"].format(day=self.day(recall))
        return escape(words, quote=False)

    def summary(self, recall: Recall) -> str:
        """The line that tells of a withdrawn option, as text."""
        return self.library.ui["recall-summary"].format(day=self.day(recall))

    def reason(self, recall: Recall) -> str:
        """The words that stand in place of a withdrawn rule, as HTML."""
        why = self._marked(recall, recall.said(self.library.language.name).why)
        words = self.library.ui["recall-reason"].format(day=self.day(recall), why="\0")
        return escape(words, quote=False).replace("\0", why)

    def _marked(self, recall: Recall, words: str) -> str:
        """Words of a recall as HTML, with their language where it is not that of the library."""
        language = recall.said(self.library.language.name).language
        said = escape(words, quote=False)
        other = language != self.library.language.name
        return f'<span lang="{language}">{said}</span>' if other else said

    def do(self, recall: Recall) -> str:
        """What to do, as HTML."""
        said = recall.said(self.library.language.name).do
        return (
            self._marked(recall, said)
            if said
            else escape(self.library.ui["recall-do"], quote=False)
        )


def _of(library: Library, *kinds: str) -> list[Recall]:
    return [recall for recall in library.recalls if recall.kind in kinds]


def _without_facts(library: Library) -> Library:
    """Words in place of every withdrawn number, in records and in texts."""
    gone = {recall.name: recall for recall in _of(library, "fact")}
    if not gone:
        return library
    facts = dict(library.facts)
    texts: dict[str, str] = {}
    for name, recall in gone.items():
        fact, words = facts[name], Said(library).number(recall)
        for sentence in filter(None, (fact.sentence, fact.sentence_of_hundred)):
            texts[sentence] = words
        empty = dict.fromkeys(
            ("who", "value_label", "versus_label", "caveat", "short", "difference"), ""
        )
        facts[name] = replace(
            fact,
            **empty,  # type: ignore[arg-type]
            check_by=date.min,
            sentence=words,
            sentence_of_hundred="",
            overdue_sentence=words,
        )
    change = without_sentences(texts)
    changed = {field: mapped(getattr(library, field), change) for field in WITH_TEXTS}
    statements = {
        thing: {
            option: replace(
                each,
                speaks="not-known",
                html=Said(library).rested_on(gone[rests[0]]),
                sources=(),
                facts=(),
            )
            if (rests := [fact for fact in each.facts if fact in gone])
            else each
            for option, each in said.items()
        }
        for thing, said in changed["value_statements"].items()
    }
    return replace(library, **changed | {"facts": facts, "value_statements": statements})


def _without_rules(library: Library) -> Library:
    """Rules that no longer say what they said; those that spoke for an option no longer act."""
    gone = _of(library, "rule", "reason")
    if not gone:
        return library
    reasons, options = dict(library.reasons), dict(library.guide.options)
    for recall in gone:
        words = f"{WITHDRAWN}{recall.name.replace('/', '-')}"
        reasons[words] = Said(library).reason(recall)
        for name, option in options.items():
            because = _because(recall, option)
            if because:
                options[name] = without_rule(option, because, words)
    return replace(library, reasons=reasons, guide=replace(library.guide, options=options))


def without_rule(option: Option, because: str, words: str) -> Option:
    """An option whose rules with these words say others (`words`), and no longer speak for it."""
    told: dict[str, tuple[Rule, ...]] = {
        kind: tuple(
            replace(rule, because=words, sources=()) if rule.because == because else rule
            for rule in getattr(option, kind)
        )
        for kind in KINDS
    }
    left = tuple(rule for rule in option.fits if rule.because != because)
    alone = Not(AnyOf(tuple(rule.condition for rule in left)))
    held = tuple(
        Rule(AllOf((rule.condition, alone)), words)
        for rule in option.fits
        if rule.because == because
    )
    told |= {"fits": left, "against": told["against"] + held}
    return replace(option, **told)  # type: ignore[arg-type]


def _without_messages(library: Library) -> Library:
    """Notices and what to take care of say the words of the recall; questions to ask are gone."""
    said = Said(library)
    notices, care = dict(library.notices), dict(library.care)
    for recall in _of(library, "notice"):
        words, do = said.reason(recall), said.do(recall)
        notices[recall.name] = Message(library.ui["recall-notice"], words, do=do, tell=do)
    for recall in _of(library, "care"):
        care[recall.name] = CareWords(care[recall.name].name, said.reason(recall))
    asks = {recall.name for recall in _of(library, "ask")}
    guide = library.guide
    if asks:
        kept = tuple(rule for rule in guide.asks if rule.because not in asks)
        guide = replace(guide, asks=kept)
    return replace(library, notices=notices, care=care, guide=guide)


def _without_options(library: Library) -> Library:
    """A library that offers the withdrawn options nowhere. Links to them say that they are."""
    gone = {recall.name: recall for recall in _of(library, "option")}
    if not gone:
        return library
    pages = {name: _page(library, library.options[name].page, gone[name]) for name in gone}
    change = marking((f"/options/{name}/" for name in gone), library.ui["recall-marked"])
    changed = {field: mapped(getattr(library, field), change) for field in WITH_TEXTS}
    offered: dict[str, OptionPage] = {
        name: replace(option, related=_related(option.related, gone))
        for name, option in changed["options"].items()
        if name not in gone
    }
    situations = {
        name: replace(each, related=_related(each.related, gone))
        for name, each in changed["situations"].items()
    }
    guide = replace(
        library.guide,
        options={name: each for name, each in library.guide.options.items() if name not in gone},
    )
    fields = changed | {
        "options": offered,
        "situations": situations,
        "guide": guide,
        "withdrawn": mapped(pages, change),
        "step_options": {
            step: tuple(option for option in row if option not in gone)
            for step, row in library.step_options.items()
        },
        "value_statements": {
            thing: {option: each for option, each in said.items() if option not in gone}
            for thing, said in changed["value_statements"].items()
        },
        "clinics": {
            number: replace(clinic, offers=clinic.offers - gone.keys())
            for number, clinic in library.clinics.items()
        },
    }
    return replace(library, **fields)


def _related(
    listed: tuple[tuple[str, str], ...], gone: Mapping[str, Recall]
) -> tuple[tuple[str, str], ...]:
    return tuple(each for each in listed if each[0] != "option" or each[1] not in gone)


def _page(library: Library, page: Page, recall: Recall) -> Page:
    """The page of a withdrawn option: its name says so, and only the parts that stay are on it."""
    kept = tuple(part for name in KEPT_PARTS if (part := page.part(name)))
    shown = {
        fact
        for part in kept
        for block in part.blocks
        for fact in (block.facts if hasattr(block, "facts") else (block.fact,))
    }
    return replace(
        page,
        title=library.ui["recall-title"].format(title=page.title),
        short=library.ui["recall-title"].format(title=page.short or page.title),
        summary=Said(library).summary(recall),
        parts=kept,
        facts=tuple(fact for fact in page.facts if fact in shown),
    )
