"""The parts of the rows of the outcome page, made once for each library.

The templates in `questionnaire/outcome/row/` are rendered at start, and filled by rule, choice and
option. `rows.py` joins them for one reader.
"""

from html import escape

from treatment_guide.engine.conditions import atoms
from treatment_guide.http.addresses import to
from treatment_guide.http.html.fragments import CODE, cut, html, made_at_start, part, place
from treatment_guide.http.html.words import say
from treatment_guide.library.model import SPEAKS, Library
from treatment_guide.questionnaire.answer_words import answer_parts
from treatment_guide.reading.option.shown_values import MATTERS

#: A row names at most so many things to take care of; more are counted, and named inside.
MOST_MARKS = 2

#: What differs between readers in a row, in the order of its template.
PLACES = ("marks", "reason", "tags", "summary", "offer", "reasons", "cautions")

FOLDER = "questionnaire/outcome/row/"


class RowParts:
    """The parts of all rows of a library.

    `rows`: the row of an option by its id, as the texts between `PLACES`. `tags`: its tags,
    without and with "you have had this". `reasons`: by kind, the texts around words and answers.
    `links`: the link to a question by its id and the kind of reason. `single`: the questions of one
    choice. `looks_at`: by the words of a reason, the ticks of a question that it looks at. `had`: what
    is said of an option that the reader has had. `again`: the link to a calendar file with the day to
    look again after an option.
    """

    def __init__(self, library: Library) -> None:
        self.answers = answer_parts(library)
        self.words = library.reasons
        asked = library.guide.questions.values()
        self.single = frozenset(each.id for each in asked if each.kind == "one")
        self.looks_at: dict[tuple[str, str], frozenset[str]] = {}
        for option in library.guide.options.values():
            for rule in option.grouping:
                for atom in atoms(rule.condition):
                    key = (rule.because, atom.question)
                    self.looks_at[key] = self.looks_at.get(key, frozenset()) | atom.choices
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
        names = ("option", "name", "address")
        row = part(library, f"{FOLDER}_row.html", **{n: place(n) for n in (*names, *PLACES)})
        had = str(say(library, "tag-done"))
        self.rows: dict[str, tuple[str, ...]] = {}
        self.summaries: dict[str, str] = {}
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
            self.rows[name] = cut(
                row, *PLACES, option=name, name=short, address=self.addresses[name]
            )
            self.summaries[name] = f"<p>{escape(option.page.summary)}</p>"

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
        self.comma = library.language.comma

    def _add_values(self, library: Library) -> None:
        """Add how each option sits with each thing that may matter, by both: what is known with its
        sentence, and apart what is not known, in two words.
        """
        names = ("label", "speaks", "words")
        pattern = f"{FOLDER}_value.html"
        told = part(library, pattern, **{name: place(name) for name in names})
        short = part(library, pattern, words="", **{name: place(name) for name in names[:2]})
        labels = library.questions[MATTERS].choices
        ways = {way: escape(library.ui[f"speaks-{way}"]) for way in SPEAKS}
        self.things = tuple(library.value_statements)
        self.values: dict[tuple[str, str], str] = {}
        self.unknown_values: dict[tuple[str, str], str] = {}
        for thing, said in library.value_statements.items():
            label = escape(labels[thing].label)
            for option, value in said.items():
                words = {"label": label, "speaks": ways[value.speaks], "words": value.html}
                known = value.speaks != "not-known"
                found = self.values if known else self.unknown_values
                found[thing, option] = (told if known else short) % words


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
