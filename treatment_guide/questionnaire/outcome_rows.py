"""The rows of the outcome page, one for each option, joined from HTML made at start.

The templates in `questionnaire/outcome/` are rendered once for each library, by rule, choice and
option. A reader's rows are joined from these parts; nothing made for a reader is cached.
"""

from collections.abc import Iterator, Mapping
from html import escape

from treatment_guide.engine.changes import Changes
from treatment_guide.engine.model import Group, Option
from treatment_guide.engine.outcome import Caution, Outcome, Reason, Standing
from treatment_guide.http.html.fragments import cut, html, made_at_start, part, pattern, place
from treatment_guide.library.model import Library
from treatment_guide.questionnaire.answer_words import answer_parts

#: A change with more moves than this is not listed move by move: it says "several".
SPELLED_OUT = 2

#: The placeholders of a row, in the order of its template.
PLACES = ("offer", "reasons", "had", "change", "cautions")

FOLDER = "questionnaire/outcome/row/"


class RowParts:
    """The parts of all rows of a library.

    `options`: the row of an option by id, group and whether the reader had it, as the texts
    between `PLACES`. `reasons`: by kind and words, a reason without answers, and the texts around
    answers.
    `links`: the link to a question by its id and the kind of reason. `single`: the questions of one
    choice.
    """

    def __init__(self, library: Library) -> None:
        self.answers = answer_parts(library)
        asked = library.guide.questions.values()
        self.single = frozenset(each.id for each in asked if each.kind == "one")
        self.had: dict[str, str] = {}
        self.options: dict[tuple[str, Group, bool], tuple[str, ...]] = {}
        self.reasons: dict[tuple[str, str | None], tuple[str, tuple[str, ...]]] = {}
        self.cautions: dict[str, tuple[str, str]] = {}
        shapes = {
            (kind, with_said): part(
                library,
                f"{FOLDER}_reason.html",
                kind=kind,
                words=place("words"),
                said=place("said") if with_said else "",
            )
            for kind in ("fits", "against", "nowhere", "wait", "first", "open")
            for with_said in (False, True)
        }
        for option in library.guide.options.values():
            self._add_option(library, option)
            for kind, because in reasons_of(option):
                words = library.reasons[because] if because else ""
                first, before, after = cut(shapes[kind, True], "words", "said")
                alone = shapes[kind, False] % {"words": words}
                self.reasons[kind, because] = (alone, (f"{first}{words}{before}", after))
            for rule in option.caution:
                self.cautions[rule.because] = (
                    html(
                        library,
                        f"{FOLDER}_caution.html",
                        words=library.reasons[rule.because],
                        first=True,
                    ),
                    html(library, f"{FOLDER}_caution.html", words=library.reasons[rule.because]),
                )
        self.all_cautions = part(library, f"{FOLDER}_cautions.html", cautions=place("cautions"))
        self.offers = {
            clinic.number: {
                offered: html(library, f"{FOLDER}_offer.html", clinic=clinic, offered=offered)
                for offered in (False, True)
            }
            for clinic in library.clinics.values()
        }
        self.offered = {clinic.number: clinic.offers for clinic in library.clinics.values()}
        self.links = {
            (name, kind): (part if kind in ("first", "other") else html)(
                library,
                f"{FOLDER}_said.html",
                question=name,
                name=library.questions[name].name,
                kind=kind,
                labels=place("labels") if kind in ("first", "other") else "",
            )
            for name in library.guide.questions
            for kind in ("open", "first", "other", "unsaid")
        }
        self.changes = {
            group: part(library, f"{FOLDER}_change.html", words=place("words"), then=group)
            for group in ("fits", "depends")
        }
        self.several = self.changes["fits"] % {"words": escape(library.ui["change-several"])}
        self.moves = {
            (name, choice, gone): escape(each.gone if gone else each.change)
            for name, words in library.questions.items()
            for choice, each in words.choices.items()
            for gone in (False, True)
        }

    def _add_option(self, library: Library, option: Option) -> None:
        """Add the rows of an option: for readers who had it, and for those who did not."""
        words = [library.reasons[r.because] for r in option.done if r.because in library.reasons]
        self.had[option.id] = html(library, f"{FOLDER}_done.html", done=words)
        shown = library.options[option.id]
        for less_likely in (False, True):
            for done in (False, True) if words else (False,):
                made = pattern(
                    library,
                    "questionnaire/_option_row.html",
                    option=option.id,
                    group="less-likely" if less_likely else place("group"),
                    page=shown.page,
                    tags=shown.tags,
                    done=done,
                    **{each: place(each) for each in PLACES},
                )
                groups: tuple[Group, ...] = ("fits", "depends", "later")
                for group in ("less-likely",) if less_likely else groups:
                    filled = made.replace("%(group)s", group)
                    self.options[option.id, group, done] = cut(filled, *PLACES)


def reasons_of(option: Option) -> Iterator[tuple[str, str | None]]:
    """Every possible reason of an option: its kind and the id of its words."""
    for kind in ("fits", "against", "wait", "first"):
        for rule in getattr(option, kind):
            yield kind, rule.because
    yield "nowhere", option.nowhere
    yield "open", None
    for rule in option.first:
        yield "open", rule.because


#: Saves 5 ms an outcome.
row_parts = made_at_start(RowParts)


class Rows:
    """The rows of one reader, for as long as one request takes.

    `labels` are the labels of the answers that count, by question. `fixed` becomes true when a row
    is made for a less-likely option that no change can bring in.
    """

    def __init__(self, parts: RowParts, changes: Changes, labels: Mapping[str, str]) -> None:
        self.parts = parts
        self.changes = changes
        self.labels = labels
        self.fixed = False
        self._links: dict[tuple[str, str], str] = {}

    def of(self, outcome: Outcome, clinic: int | None = None) -> dict[Group, list[str]]:
        """The rows as HTML, by group, in fixed order. `clinic` is the number of a known clinic."""
        found: dict[Group, list[str]] = {"fits": [], "depends": [], "later": [], "less-likely": []}
        for standing in outcome.standings:
            found[standing.group].append(self.row(standing, clinic))
        return found

    def row(self, standing: Standing, clinic: int | None = None) -> str:
        """The row of one option."""
        parts, option, group = self.parts, standing.option, standing.group
        had = parts.had[option] if standing.done else ""
        offer = parts.offers[clinic][option in parts.offered[clinic]] if clinic else ""
        reasons = "".join([self.reason(each) for each in standing.reasons])
        change = self.change(standing) if group in ("later", "less-likely") else ""
        cautions = self.cautions(standing.cautions) if standing.cautions else ""
        a, b, c, d, e, f = parts.options[option, group, bool(had)]
        return f"{a}{offer}{b}{reasons}{c}{had}{d}{change}{e}{cautions}{f}"

    def reason(self, reason: Reason) -> str:
        """A reason, with the answers that made it so."""
        alone, (before, after) = self.parts.reasons[reason.kind, reason.because]
        if not reason.questions:
            return alone
        if reason.kind == "open":
            links = [self.parts.links[name, "open"] for name in reason.questions]
        else:
            kind = "first" if reason.kind == "first" else "other"
            links = [self.link(name, kind) for name in self.telling(reason)]
        return f"{before}{', '.join(links)}{after}"

    def telling(self, reason: Reason) -> tuple[str, ...]:
        """The questions whose answers are said beside a reason.

        Of an option that is not used here, answers of several ticks are left out where another
        answer says it: that none of the ticks is among those it is used for explains nothing.
        """
        if reason.kind != "nowhere":
            return reason.questions
        return tuple(q for q in reason.questions if q in self.parts.single) or reason.questions

    def link(self, question: str, kind: str) -> str:
        """The answer to a question, as a link to that question."""
        found = self._links.get((question, kind))
        if found is None:
            labels = self.labels.get(question)
            if labels:
                found = self.parts.links[question, kind] % {"labels": labels}
            else:
                found = self.parts.links[question, "unsaid"]
            self._links[question, kind] = found
        return found

    def cautions(self, cautions: tuple[Caution, ...]) -> str:
        """The warnings of an option."""
        first, *others = cautions
        said = [self.parts.cautions[first.because][0]]
        said += [self.parts.cautions[each.because][1] for each in others]
        return self.parts.all_cautions % {"cautions": "".join(said)}

    def change(self, standing: Standing) -> str:
        """The sentence about the change that would bring an option closer; empty where there is
        none.

        A change with more than `SPELLED_OUT` moves is given as "several": a long list of
        conditions only frightens.
        """
        found = self.changes.of(standing.option)
        if found is None:
            self.fixed = self.fixed or standing.group == "less-likely"
            return ""
        if len(found.moves) > SPELLED_OUT:
            return self.parts.several
        moves = self.parts.moves
        phrases = [moves[move.question, move.choice, move.gone] for move in found.moves]
        return self.parts.changes[found.group] % {
            "words": self.parts.answers.joined_phrases(phrases)
        }
