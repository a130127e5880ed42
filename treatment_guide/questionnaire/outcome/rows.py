"""The rows of the outcome page, one for each option, joined from HTML made at start.

The templates in `questionnaire/outcome/row/` are rendered once for each library, and filled by
rule, choice and option. A reader's rows are joined from these parts; nothing made for a reader is
cached.
"""

from collections.abc import Collection, Iterable, Mapping
from html import escape

from treatment_guide.engine.changes import Change
from treatment_guide.engine.model import Group
from treatment_guide.engine.outcome import Reason, Standing
from treatment_guide.engine.telling.care import Cares
from treatment_guide.http.addresses import to
from treatment_guide.http.html.fragments import CODE, cut, html, made_at_start, part, place
from treatment_guide.http.html.words import say
from treatment_guide.library.model import SPEAKS, Library
from treatment_guide.questionnaire.answer_words import answer_parts
from treatment_guide.reading.option.shown_values import MATTERS

#: A change with more moves than this is not listed move by move: it says "several".
SPELLED_OUT = 2
#: A row names at most so many things to take care of; more are counted, and named inside.
MOST_MARKS = 2

#: What differs between readers in a row, in the order of its template.
PLACES = ("marks", "reason", "tags", "offer", "reasons", "cautions")
#: The groups whose options are rows that open.
ROWS: tuple[Group, ...] = ("fits", "depends", "later")

FOLDER = "questionnaire/outcome/row/"


class RowParts:
    """The parts of all rows of a library.

    `rows`: the row of an option by id and group, as the texts between `PLACES`. `tags`: its tags,
    without and with "you have had this". `reasons`: by kind, the texts around words and answers.
    `links`: the link to a question by its id and the kind of reason. `single`: the questions of one
    choice. `had`: what is said of an option that the reader has had. `again`: the link to a
    calendar file with the day to look again after an option.
    """

    def __init__(self, library: Library) -> None:
        self.answers = answer_parts(library)
        self.words = library.reasons
        asked = library.guide.questions.values()
        self.single = frozenset(each.id for each in asked if each.kind == "one")
        self.trials = frozenset(o.id for o in library.guide.options.values() if o.trials_only)
        self.reasons = {
            kind: (
                cut(shape(library, kind, words=True, said=False), "words"),
                cut(shape(library, kind, words=True, said=True), "words", "said"),
                cut(shape(library, kind, words=False, said=True), "said"),
            )
            for kind in ("fits", "against", "nowhere", "wait", "first", "open")
        }
        self.cautions = cut(
            part(library, f"{FOLDER}_caution.html", cautions=place("cautions")), "cautions"
        )
        self._add_options(library)
        self._add_links(library)
        self._add_changes(library)
        self._add_marks(library)
        self._add_values(library)
        offers = {
            offered: part(library, f"{FOLDER}_offer.html", clinic=place("clinic"), offered=offered)
            for offered in (False, True)
        }
        self.offers = {
            clinic.number: {
                offered: made % {"clinic": escape(clinic.name)} for offered, made in offers.items()
            }
            for clinic in library.clinics.values()
        }
        self.offered = {clinic.number: clinic.offers for clinic in library.clinics.values()}
        self.why = cut(
            part(library, f"{FOLDER}_why.html", **{name: place(name) for name in WHY}), *WHY
        )

    def _add_options(self, library: Library) -> None:
        """Add the row of each option, its name and its tags."""
        names = ("option", "group", "name", "summary", "address")
        row = part(library, f"{FOLDER}_row.html", **{n: place(n) for n in (*names, *PLACES)})
        had = str(say(library, "tag-done"))
        self.rows: dict[tuple[str, Group], tuple[str, ...]] = {}
        self.names: dict[str, str] = {}
        self.addresses: dict[str, str] = {}
        self.tags: dict[str, tuple[str, str]] = {}
        self.had: dict[str, str] = {}
        self.again: dict[str, str] = {}
        for name, option in library.options.items():
            short = self.names[name] = escape(option.page.short)
            self.addresses[name] = to("outcome_option", CODE, name)
            tags = [str(say(library, f"tag-{tag}")) for tag in option.tags]
            self.tags[name] = (" · ".join(tags), " · ".join([had, *tags]))
            done = library.guide.options[name].done
            words = [self.words[r.because] for r in done if r.because in self.words]
            self.had[name] = " ".join(words)
            self.again[name] = html(
                library, f"{FOLDER}_again.html", option=name, name=option.page.short
            )
            for group in ROWS:
                self.rows[name, group] = cut(
                    row,
                    *PLACES,
                    option=name,
                    group=group,
                    name=short,
                    summary=escape(option.page.summary),
                    address=self.addresses[name],
                )

    def _add_links(self, library: Library) -> None:
        """Add the links to questions that reasons name."""
        kinds = ("open", "first", "other", "unsaid")
        texts = {"href": place("href"), "name": place("name"), "labels": place("labels")}
        made = {kind: part(library, f"{FOLDER}_said.html", kind=kind, **texts) for kind in kinds}
        self.links: dict[tuple[str, str], tuple[str, ...]] = {}
        for name, words in library.questions.items():
            given = {"href": to("question", name, CODE), "name": escape(words.name)}
            for kind in kinds:
                labels = ("labels",) if kind in ("first", "other") else ()
                self.links[name, kind] = cut(made[kind], *labels, **given)

    def _add_changes(self, library: Library) -> None:
        """Add the words for what would bring an option closer."""
        self.changes = {
            group: cut(
                part(library, f"{FOLDER}_change.html", words=place("words"), then=group), "words"
            )
            for group in ("fits", "depends")
        }
        self.several = escape(library.ui["change-several"])
        self.moves = {
            (name, choice, gone): escape(each.gone if gone else each.change)
            for name, words in library.questions.items()
            for choice, each in words.choices.items()
            for gone in (False, True)
        }

    def _add_marks(self, library: Library) -> None:
        """Add the marks of rows that something to take care of touches."""
        self.care_names = {name: escape(words.name) for name, words in library.care.items()}
        self.marks = {
            name: html(library, f"{FOLDER}_mark.html", name=words.name, count=0)
            for name, words in library.care.items()
        }
        counts = range(MOST_MARKS + 1, len(library.care) + 1)
        self.many_marks = {
            count: html(library, f"{FOLDER}_mark.html", count=count) for count in counts
        }
        self.care_above = str(say(library, "care-above"))

    def _add_values(self, library: Library) -> None:
        """Add how each option sits with each thing that may matter, by both."""
        names = ("label", "speaks", "words")
        made = part(library, f"{FOLDER}_value.html", **{name: place(name) for name in names})
        labels = library.questions[MATTERS].choices
        ways = {way: escape(library.ui[f"speaks-{way}"]) for way in SPEAKS}
        self.things = tuple(library.value_statements)
        self.values: dict[tuple[str, str], str] = {
            (thing, option): made
            % {
                "label": escape(labels[thing].label),
                "speaks": ways[value.speaks],
                "words": value.html,
            }
            for thing, said in library.value_statements.items()
            for option, value in said.items()
        }


#: The places of a reason that options share, in the order of the template.
WHY = ("names", "reasons", "change", "tags")


def shape(library: Library, kind: str, *, words: bool, said: bool) -> str:
    """The pattern of a reason of one kind, with or without words and answers."""
    return part(
        library,
        f"{FOLDER}_reason.html",
        kind=kind,
        words=place("words") if words else "",
        said=place("said") if said else "",
    )


#: Saves 5 ms an outcome.
row_parts = made_at_start(RowParts)


class Rows:
    """The rows of one reader, for as long as one request takes.

    `labels` are the labels of the answers that count, by question; `care` is what to take care of,
    `matters` the things that the reader said matter, `clinic` the number of a known clinic, `dated`
    the options after which the day to look again is known.
    """

    def __init__(
        self,
        parts: RowParts,
        labels: Mapping[str, str],
        care: Cares,
        clinic: int | None = None,
        matters: Collection[str] = (),
        dated: Collection[str] = (),
    ) -> None:
        self.parts = parts
        self.dated = dated
        self.labels = labels
        self.care = care
        self.matters = [thing for thing in parts.things if thing in matters]
        self.clinic = clinic
        self._links: dict[tuple[str, str], str] = {}

    def row(
        self,
        standing: Standing,
        reasons: Iterable[Reason],
        *,
        on_row: str = "",
        inside: str = "",
        had: bool = False,
    ) -> str:
        """The row of an option. Inside stand `inside` and these reasons; `on_row` are words for the
        closed row, `had` says that they tell what was tried.
        """
        parts, option, group = self.parts, standing.option, standing.group
        a, b, c, d, e, f, g = parts.rows[option, group]
        closed = f' <span class="option-reason">{on_row}</span>' if on_row else ""
        inside += "".join([self.reason(each) for each in reasons])
        if standing.done and not had and parts.had[option]:
            inside += f"<p>{parts.had[option]}</p>"
        if group == "fits":
            inside += "".join([parts.values[thing, option] for thing in self.matters])
        cautions = self.cautions(standing) if standing.cautions else ""
        if group == "fits" and option in self.dated:
            g = f"{parts.again[option]}{g}"
        marks, tags = self.marks(option), self.tags(standing, had)
        return f"{a}{marks}{b}{closed}{c}{tags}{d}{self.offer(option)}{e}{inside}{f}{cautions}{g}"

    def tags(self, standing: Standing, had: bool = False) -> str:
        """The tags of an option."""
        parts = self.parts
        done = standing.done and not had and bool(parts.had[standing.option])
        words = parts.tags[standing.option][done]
        return f' <span class="row-tags">{words}</span>' if words else ""

    def marks(self, option: str) -> str:
        """The marks of what to take care of with an option."""
        touched = self.care.by_option.get(option)
        if not touched:
            return ""
        if len(touched) > MOST_MARKS:
            return f" {self.parts.many_marks[len(touched)]}"
        return "".join([f" {self.parts.marks[name]}" for name in touched])

    def offer(self, option: str) -> str:
        """Whether the clinic of the code offers an option; empty without a clinic."""
        if not self.clinic:
            return ""
        return self.parts.offers[self.clinic][option in self.parts.offered[self.clinic]]

    def reason(self, reason: Reason, *, words: bool = True, shared: Collection[str] = ()) -> str:
        """A reason, with the answers that made it so; without its `words` where the row has them,
        and without answers where all are `shared` with others and said above.
        """
        alone, both, said = self.parts.reasons[reason.kind]
        text = self.parts.words[reason.because] if words and reason.because else ""
        all_said = shared and all(q in shared for q in self.telling(reason))
        links = "" if all_said else self.said(reason)
        if text and links:
            return f"{both[0]}{text}{both[1]}{links}{both[2]}"
        if text:
            return f"{alone[0]}{text}{alone[1]}"
        return f"{said[0]}{links}{said[1]}" if links else ""

    def said(self, reason: Reason) -> str:
        """The answers that a reason names, or the questions that are open, as links."""
        if reason.kind == "open":
            return ", ".join([self.link(name, "open") for name in reason.questions])
        kind = "first" if reason.kind == "first" else "other"
        return ", ".join([self.link(name, kind) for name in self.telling(reason)])

    def telling(self, reason: Reason) -> tuple[str, ...]:
        """The questions whose answers are said beside a reason.

        Of an option that is not used here, answers of several ticks are left out where another
        answer says it: that none of the ticks is among those it is used for explains nothing.
        """
        if reason.kind != "nowhere":
            return reason.questions
        return tuple([q for q in reason.questions if q in self.parts.single]) or reason.questions

    def link(self, question: str, kind: str) -> str:
        """The answer to a question, as a link to that question."""
        found = self._links.get((question, kind))
        if found is None:
            labels = self.labels.get(question)
            if kind == "open":
                (found,) = self.parts.links[question, kind]
            elif labels:
                before, after = self.parts.links[question, kind]
                found = f"{before}{labels}{after}"
            else:
                (found,) = self.parts.links[question, "unsaid"]
            self._links[question, kind] = found
        return found

    def cautions(self, standing: Standing) -> str:
        """The warnings of an option that are not said above, and the names of those that are, where
        they are too many for the row.
        """
        parts, said = self.parts, self.care.said
        own = "</p><p>".join(
            [parts.words[c.because] for c in standing.cautions if c.because not in said]
        )
        found = f"{parts.cautions[0]}{own}{parts.cautions[1]}" if own else ""
        touched = self.care.by_option.get(standing.option, ())
        if len(touched) > MOST_MARKS:
            names = ", ".join([parts.care_names[name] for name in touched])
            found += f'<p class="small">{parts.care_above} {names}.</p>'
        return found

    def change_words(self, change: Change) -> str:
        """The change that would bring an option closer, as a phrase.

        One with more than `SPELLED_OUT` moves is given as "several": a long list of conditions only
        frightens.
        """
        if len(change.moves) > SPELLED_OUT:
            return self.parts.several
        moves = self.parts.moves
        phrases = [moves[move.question, move.choice, move.gone] for move in change.moves]
        return self.parts.answers.joined_phrases(phrases)

    def change(self, change: Change | None) -> str:
        """The sentence about that change; empty for none."""
        if change is None:
            return ""
        several = len(change.moves) > SPELLED_OUT
        before, after = self.parts.changes["fits" if several else change.group]
        return f"{before}{self.change_words(change)}{after}"
