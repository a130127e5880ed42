"""Words that stand outside pages: reasons, notices, questions to ask, choices, the word list."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

from treatment_guide.engine.answers import Question
from treatment_guide.library.in_words.places import PLACE, comma_separated
from treatment_guide.library.in_words.spans import days_of
from treatment_guide.library.loading.prose.linker import Linker
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.looked_up.wording import Wording, faults
from treatment_guide.library.model import ChoiceWords, QuestionWords, Term
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import (
    Entry,
    entries_of,
    read_page,
)
from treatment_guide.library.text.markdown import Rendered, render
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import Passage, lint_line, lint_passage

#: The extras that say when a choice comes or goes, with the verb for messages.
TURNS = {"change": "come", "gone": "go"}
#: The extras (lines `- name: …` at the end of an entry) that each file may have.
EXTRAS = {
    "notices": frozenset({"title", "do", "tell"}),
    "care": frozenset({"name"}),
    "glossary": frozenset({"name", "also"}),
    f"questions/{PLACE}": frozenset({"named"}),
}
#: Files whose words readers with any place may see.
EVERYWHERE = ("reasons", "notices", "asks", "care")
#: The placeholders of `told`: the sentence that says an answer in the reader's own voice.
TOLD = Wording(frozenset({"choices"}))
#: What the front matter of a question's words holds.
FRONT = {
    "title": "the question as it is asked",
    "name": "the question in a word or two, for lists",
    "told": "the answer in the reader's own voice, with `{choices}` where the choices go",
    "find-out": "what to ask when the answer is not known, in the reader's own voice",
}
#: The most days after which a reader is asked to look again.
MOST_DAYS = 3650
#: What a question ends with: the marks of Latin and of Arabic letters.
QUESTION_MARKS = ("?", "؟")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def _stem(file: str) -> str:
    """The name of a file of words in any language: `questions/place` for `en/questions/place.md`."""
    return file.partition("/")[2].removesuffix(".md")


def turns_of(question: Question) -> dict[str, dict[str, bool]]:
    """For every choice of a question: whether a change may bring it, and take it away."""
    comes = question.may_come if question.narrows else frozenset()
    goes = question.may_go if question.narrows else frozenset()
    return {c: {"change": c in comes, "gone": c in goes} for c in question.choices}


def check_reminder(linker: Linker, name: str, at: tuple[str, int], problems: Problems) -> None:
    """Note a fact that is no time after which a reader can be asked to look again. `at` is the file
    and the line of the field `look-again` that names it.
    """
    fact = linker.facts.get(name)
    if fact is None:
        message = f"There is no fact `{name}` of a duration."
        problems.lacks("fact", name, *at, "look-again", message)
    elif fact.kind != "duration":
        problems.add(*at, "look-again", f"There is no fact `{name}` of a duration.")
    elif days_of(str(fact.value)) > MOST_DAYS:
        message = f"`{name}` is a longer time than a reminder can be set for."
        problems.add(*at, "look-again", message)


class WordReader:
    """Reads the words of one language outside pages, and checks their style. `AdviceReader` reads
    notices and what to take care of.
    """

    def __init__(self, files: WordFiles, linker: Linker, style: Style, problems: Problems) -> None:
        self.files = files
        self.linker = linker
        self.style = style
        self.problems = problems

    def line_of_words(self, each: Entry, file: str) -> str:
        """The words of an entry as HTML without a paragraph around them; faults are noted."""
        for extra in sorted(each.extras.keys() - self.extras_of(file)):
            self.problems.add(file, each.line, each.id, f"`- {extra}:` is not known here.")
        return self.rendered(each, file).inline

    def extras_of(self, file: str) -> frozenset[str]:
        """The extras that the entries of a file may have."""
        return EXTRAS.get(_stem(file), frozenset())

    def rendered(self, each: Entry, file: str) -> Rendered:
        """The words of an entry, rendered; faults are noted."""

        def complain(line: int, message: str) -> None:
            self.problems.add(file, line, each.id, message)

        rendered = render(each.body, each.body_line, self.linker.plain(), complain, self.style.ways)
        self.linker.note_lacking(file, each.id, rendered)
        self.for_every_place(each, file, rendered)
        lint_passage(Passage(file, each.id, rendered.prose), self.style, self.problems)
        return rendered

    def for_every_place(self, each: Entry, file: str, rendered: Rendered) -> None:
        """Note a fact about some places only in words that readers with any place see."""
        for name in rendered.facts:
            fact = self.linker.facts.get(name)
            if fact and fact.places and _stem(file) in EVERYWHERE:
                message = (
                    f"`{name}` is about {', '.join(fact.places)} alone, and these words stand on the "
                    "outcome whatever the place. Show a number that holds for all places."
                )
                self.problems.add(file, each.body_line, each.id, message)

    def asked_aloud(self, words: str, file: str, line: int, field: str) -> None:
        """Note words that are not a question in the first person: they follow "I want to ask"."""
        ordered = self.style.asked and self.style.asked.match(words)
        if words and (ordered or not words.rstrip().endswith(QUESTION_MARKS)):
            message = "Write it as the reader asks it, with a question mark: “Is it safe for me?”"
            self.problems.add(file, line, field, message)

    def reasons(self, book: RuleBook) -> dict[str, str]:
        """The words of every rule by id. Rules without words and words without a rule are noted."""
        return self.named("reasons", "reason:words", book.used_reasons)

    def safety(self, book: RuleBook) -> dict[str, str]:
        """The words of the safety matrix by id: traits, and why nothing changes."""
        if not book.safety and not self.files.path("safety").exists():
            return {}  # a small guide without a matrix
        return self.named("safety", "safety:words", book.safety_words)

    def named(
        self, file_name: str, kind: str, used: Mapping[str, tuple[str, int]]
    ) -> dict[str, str]:
        """The words of one file by id. Ids in `used` (each with the file and line that name it)
        without words, and words without a use, are noted.
        """
        file = self.files.file(file_name)
        entries = self.files.entries(file_name)
        self.stand(kind, entries, file)
        for name, (where, line) in sorted(used.items()):
            if name not in entries:
                message = f"`{name}` has no words in {file}."
                self.problems.lacks(kind, name, where, line, "because", message)
        for name in sorted(set(entries) - set(used)):
            line, message = entries[name].line, "No rule uses these words."
            self.problems.unused(kind, name, file, line, name, message)
        return {name: self.line_of_words(each, file) for name, each in entries.items()}

    def paired(self, name: str, wanted: list[str], book: RuleBook) -> dict[str, Entry]:
        """The entries of a file by id. Ids in `wanted` without an entry, and the reverse, are
        noted.
        """
        entries = self.files.entries(name)
        file, rules = self.files.file(name), f"guide/{name}.yaml"
        kind = f"{name.removesuffix('s')}:words"
        self.stand(kind, entries, file)
        for missing in sorted(set(wanted) - set(entries)):
            line, message = book.lines[(name, missing)], f"It has no words in {file}."
            self.problems.lacks(kind, missing, rules, line, missing, message)
        for extra in sorted(set(entries) - set(wanted)):
            line, message = entries[extra].line, "No rule uses these words."
            self.problems.unused(kind, extra, file, line, extra, message)
        return {key: entries[key] for key in wanted if key in entries}

    def stand(self, kind: str, entries: Mapping[str, Entry], file: str) -> None:
        """Note file and line of the entries of a kind."""
        self.problems.stands(kind, ((n, f"{file}:{each.line}") for n, each in entries.items()))

    def asks(self, book: RuleBook) -> dict[str, str]:
        """The questions to ask."""
        wanted = [rule.because for rule in book.asks]
        file = self.files.file("asks")
        found = {}
        for name, each in self.paired("asks", wanted, book).items():
            found[name] = self.line_of_words(each, file)
            self.asked_aloud(each.body, file, each.body_line, name)
        return found

    def term(self, each: Entry) -> Term:
        """One entry of the word list."""
        text = self.line_of_words(each, self.files.file("glossary"))
        return Term(each.id, each.extras.get("name", each.id), text)

    def questions(self, book: RuleBook) -> dict[str, QuestionWords]:
        """The words of every question and every choice."""
        self.files.strangers("questions", set(book.asked))
        found = {}
        for name, question in book.questions.items():
            file = self.files.file(f"questions/{name}")
            page = read_page(self.files.path(f"questions/{name}"), file, self.problems)
            if not page:
                continue
            entries = entries_of(page, self.problems)
            for key, what in FRONT.items():
                if key == "find-out" and (not question.narrows or question.about_danger):
                    continue
                if not page.front.get(key):
                    message = f"This is needed in the front matter: {what}."
                    self.problems.add(file, 1, key, message)
            for _, message in faults(page.front.get("told") or "{choices}", TOLD):
                self.problems.add(file, page.front_lines.get("told", 1), "told", message)
            line = page.front_lines.get("find-out", 1)
            self.asked_aloud(page.front.get("find-out", ""), file, line, "find-out")
            if not question.about_danger:
                hint, line = page.front.get("hint", ""), page.front_lines.get("hint", 1)
                lint_line(file, line, "hint", hint, self.style, self.problems)
            wanted = {*question.choices, "why"}
            groups = [
                (e.extras["title"], tuple(e.body.replace(",", " ").split()))
                for key, e in entries.items()
                if key.startswith("group-") and "title" in e.extras
            ]
            for key, each in entries.items():
                if key.startswith("group-"):
                    self.group(each, question.choices, file)
            scope = {f"{name}.{key}": each for key, each in entries.items()}
            self.stand("choice:words", scope, file)
            for missing in sorted(wanted - set(entries)):
                message = f"The choice `{missing}` has no words: write them under `## {missing}`."
                at = (file, 1, missing, message)
                self.problems.lacks("choice:words", f"{name}.{missing}", *at)
            for extra in sorted(set(entries) - wanted):
                if not extra.startswith("group-"):
                    message = f"`{extra}` is not a choice in guide/questions/{name}.yaml."
                    at = (file, entries[extra].line, extra, message)
                    self.problems.unused("choice:words", f"{name}.{extra}", *at)
            turns = turns_of(question)
            choices = {
                choice: self.choice(entries[choice], file, choice in question.levels, turns[choice])
                for choice in question.choices
                if choice in entries
            }
            why = entries.get("why")
            found[name] = QuestionWords(
                title=page.front.get("title", ""),
                name=page.front.get("name", ""),
                why=self.line_of_words(why, file) if why else "",
                hint=page.front.get("hint", ""),
                told=page.front.get("told", ""),
                choices=choices,
                groups=tuple(groups),
                find_out=page.front.get("find-out", ""),
            )
        return found

    def group(self, each: Entry, choices: tuple[str, ...], file: str) -> None:
        """Note a heading over choices that names a choice of another question."""
        for named in each.body.replace(",", " ").split():
            if named not in choices:
                message = f"`{named}` is not a choice of the question."
                self.problems.add(file, each.line, each.id, message)

    def card(self, card: str, each: Entry, file: str) -> str:
        """What to do about a danger sign, as HTML; empty for none."""

        def complain(line: int, message: str) -> None:
            self.problems.add(file, line, each.id, message)

        rendered = render(card, each.line, self.linker.plain(), complain, self.style.ways)
        self.linker.note_lacking(file, each.id, rendered)
        typed = " ".join(prose.typed for prose in rendered.prose)
        lint_line(file, each.line, each.id, typed, self.style, self.problems)
        return rendered.inline

    def choice(
        self, each: Entry, file: str, danger: bool, turns: Mapping[str, bool]
    ) -> ChoiceWords:
        """The words of one choice. A danger sign needs a card that says what to do; a choice that
        a change may add or take away (`turns`) needs the words `change` or `gone`.
        """

        def complain(line: int, message: str) -> None:
            self.problems.add(file, line, each.id, message)

        allowed = {"hint", "told", "card", "short", "discreet", *turns, *self.extras_of(file)}
        for extra in sorted(each.extras.keys() - allowed):
            complain(each.line, f"`- {extra}:` is not known here.")
        if danger and "card" not in each.extras:
            complain(each.line, "A danger sign needs `- card: …`: what to do.")
        if not each.body:
            complain(each.line, "A choice needs its label.")
        if not danger:
            hint = each.extras.get("hint", "")
            lint_line(file, each.line, each.id, hint, self.style, self.problems)
        for turn, may in turns.items():
            if may and turn not in each.extras:
                complain(
                    each.line, f"It needs `- {turn}: …`: what it takes for this to {TURNS[turn]}."
                )
            if not may and turn in each.extras:
                complain(
                    each.line, f"`- {turn}:` is never said: this answer does not {TURNS[turn]}."
                )
        card = each.extras.get("card", "")
        label = " ".join(each.body.split())
        return ChoiceWords(
            label=label.replace("**", ""),
            marked=_BOLD.sub(r"<b>\1</b>", html.escape(label, quote=False)),
            hint=html.escape(each.extras.get("hint", ""), quote=False),
            told=each.extras.get("told", ""),
            change=each.extras.get("change", ""),
            gone=each.extras.get("gone", ""),
            short=each.extras.get("short", ""),
            named=comma_separated(each.extras.get("named", "")),
            discreet=each.extras.get("discreet", ""),
            card=self.card(card, each, file),
        )
