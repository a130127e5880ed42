"""Every distinct outcome of every option, in words: the table a clinician signs. Below the
outcomes stand cautions and rules of what is done, notices, questions to ask and danger signs.

Rules of an option that share no question are taken separately, as in the proof, so the table has
no row for each combination of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from io import StringIO

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.model import Rule
from treatment_guide.engine.outcome import Standing
from treatment_guide.engine.proof.independent_rules import independent
from treatment_guide.engine.proof.options import OptionSpace
from treatment_guide.library.in_words.lists import joined
from treatment_guide.library.model import Library
from treatment_guide.library.release.sentences import condition_words

#: The kinds of rows beside the outcomes, by their group.
BESIDES = ("caution", "done", "notice", "ask", "danger")


@dataclass(frozen=True)
class Row:
    """One distinct outcome of an option: its group, and the rules that act.

    `rules` are the ids of the reasons; `answers` is one set of answers with this outcome, in
    words; `count` is how many sets of answers to the questions of these rules have it.

    A row of a kind in BESIDES has the kind as its group, the id of its words as its rule, its
    condition in words as its answers, and no count.
    """

    option: str
    group: str
    rules: str
    title: str
    stands: str
    reasons: str
    answers: str
    count: int

    @property
    def key(self) -> tuple[str, str, str]:
        """The key that rows of two releases share when they are the same outcome."""
        return self.option, self.rules, self.group

    @property
    def words(self) -> tuple[str, str, str, int, str]:
        """What a reader is told in this row. The sample of an outcome is no part of it."""
        when = self.answers if self.group in BESIDES else ""
        return self.title, self.stands, self.reasons, self.count, when


def table(library: Library) -> list[Row]:
    """The whole table: every outcome, and what is told beside it."""
    return [*outcomes(library), *besides(library)]


def outcomes(library: Library) -> list[Row]:
    """Every distinct outcome, option by option, in the order of groups as they are found."""
    return [row for name in library.guide.options for row in _of_option(library, name)]


def besides(library: Library) -> Iterator[Row]:
    """Cautions and rules of what is done, option by option; notices, questions to ask, danger
    signs. Rules that share their words are one row, with all their conditions.
    """
    for name, option in library.guide.options.items():
        for kind, rules in (("caution", option.caution), ("done", option.done)):
            for because, when in _conditions(library, rules):
                title = library.options[name].page.short
                yield _beside(library, name, kind, because, title, library.reasons[because], when)
    for because, when in _conditions(library, library.guide.notices):
        notice = library.notices[because]
        yield _beside(library, "", "notice", because, notice.title, notice.html, when)
    for because, when in _conditions(library, library.guide.asks):
        title = library.ui["rule-ask"]
        yield _beside(library, "", "ask", because, title, library.asks[because], when)
    for question in library.guide.danger:
        for choice, level in question.levels.items():
            words = library.questions[question.id].choices[choice]
            name = library.questions[question.id].name
            stands = library.ui[f"help-{level}-kind"].rstrip(":")
            sign = words.label + (f" {words.hint}" if words.hint else "")
            rule = f"{question.id}.{choice}"
            yield Row("", "danger", rule, name, stands, words.card, sign, 0)


def _conditions(library: Library, rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    """The ids of the words of rules, each with its conditions in words."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        found.setdefault(rule.because, []).append(condition_words(rule.condition, library))
    for because, conditions in found.items():
        yield because, joined(library.ui["rule-any"], conditions, library.language)


def _beside(
    library: Library, option: str, kind: str, because: str, title: str, words: str, when: str
) -> Row:
    return Row(option, kind, because, title, library.ui[f"rule-{kind}"], words, when, 0)


def _of_option(library: Library, name: str) -> Iterator[Row]:
    found: dict[tuple[str, tuple[str, ...]], tuple[Standing, Answers, int]] = {}
    shortest: Answers
    for part in independent(library.guide.options[name], library.guide):
        space = OptionSpace(library.guide, part)
        bits = library.guide.compiled.bits
        for number, (chosen, count) in enumerate(space.space.classes):
            answers = bits.answers(chosen)
            standing = space.standing(number)
            ids = rule_ids(standing)
            if not ids:
                continue  # another part of the rules decides it
            key = (standing.group, ids)
            _, sample, before = found.get(key, (standing, answers, 0))
            shortest = min(sample, answers, key=len)
            found[key] = (standing, shortest, before + count)
    for (group, ids), (standing, shortest, total) in found.items():
        yield Row(
            name,
            group,
            " ".join(ids),
            library.options[name].page.short,
            library.ui[f"group-{group}"],
            " ".join(reason_words(library, standing)),
            answers_in_words(library, shortest),
            total,
        )


def rule_ids(standing: Standing) -> tuple[str, ...]:
    """The ids of the rules behind a standing; for an open question its own id."""
    ids: list[str] = []
    for reason in standing.reasons:
        if reason.because:
            ids.append(reason.because)
        elif reason.kind == "open":
            ids += [f"{question}?" for question in reason.questions]
    return tuple(dict.fromkeys(ids))


def reason_words(library: Library, standing: Standing) -> Iterator[str]:
    """The words of the rules behind a standing."""
    for reason in standing.reasons:
        if reason.because:
            yield library.reasons[reason.because]
        elif reason.kind == "open":
            names = [library.questions[question].name for question in reason.questions]
            yield library.ui["outcome-open"].format(questions=library.language.listed(names))


def answers_in_words(library: Library, answers: Answers) -> str:
    """Answers in words; without any, the words for "nothing"."""
    rows = []
    for question, chosen in answers.items():
        words = library.questions[question]
        choices = library.guide.questions[question].choices
        labels = [words.choices[c].label for c in choices if c in chosen]
        if labels:
            rows.append(f"{words.name}: {library.language.listed(labels)}")
    return library.language.semicolon.join(rows) or library.ui["outcome-nothing-said"]


def as_csv(rows: Iterable[Row]) -> str:
    """The table as CSV, with a line of headings."""
    out = StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Row)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(asdict(row) for row in rows)
    return out.getvalue()


def from_csv(text: str) -> list[Row]:
    """The rows of a table written before. Raises ValueError when it is no such table."""
    head, *rows = csv.reader(StringIO(text))
    if head != [field.name for field in fields(Row)]:
        raise ValueError("This is no table of outcomes: its headings are others.")
    return [
        Row(option, group, rules, title, stands, reasons, answers, int(count))
        for option, group, rules, title, stands, reasons, answers, count in rows
    ]


@dataclass(frozen=True)
class Difference:
    """What changed between two tables: outcomes that are new, gone, or in other words; and the
    kinds of rows that the older table does not have at all, which are not compared.
    """

    came: tuple[Row, ...]
    went: tuple[Row, ...]
    reworded: tuple[tuple[Row, Row], ...]
    total: int
    unknown: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many outcomes changed."""
        return len(self.came) + len(self.went) + len(self.reworded)


def difference(before: Iterable[Row], after: Iterable[Row]) -> Difference:
    """What changed from one release to another."""
    old = {row.key: row for row in before}
    kinds = {row.group for row in old.values()}
    unknown = tuple(kind for kind in BESIDES if kind not in kinds)
    new = {row.key: row for row in after if row.group not in unknown}
    return Difference(
        tuple(row for key, row in new.items() if key not in old),
        tuple(row for key, row in old.items() if key not in new),
        tuple(
            (old[key], row)
            for key, row in new.items()
            if key in old and old[key].words != row.words
        ),
        len(old.keys() | new.keys()),
        unknown,
    )
