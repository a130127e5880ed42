"""Reads the questions at the end of a topic by which readers see what they took in,
`en/checks/<topic>.md`. An entry is a question; its line `- answer:` says the answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from treatment_guide.library.faults.file_kinds import files_of, unlisted
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import SelfCheck
from treatment_guide.library.problems import Problems
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import Passage, lint_passage

#: How many questions a topic may have.
FEWEST, MOST = 3, 5
#: The most words of an answer.
MOST_WORDS = 40


class SelfCheckReader:
    """Reads the questions of one language; each fault is noted."""

    def __init__(self, files: WordFiles, style: Style, problems: Problems) -> None:
        self.files = files
        self.style = style
        self.problems = problems

    def checks(self, topics: Iterable[str]) -> dict[str, tuple[SelfCheck, ...]]:
        """The questions by topic. A topic without a file has none."""
        wanted = list(topics)
        found = {}
        for file in files_of(self.files.root, f"{self.files.language}/checks", "md"):
            topic = Path(file).stem
            if topic not in wanted:
                message = f"There is no topic `{topic}`: name the file after one."
                unlisted(self.files.root, file, message, self.problems)
                continue
            entries = self.files.entries(f"checks/{topic}")
            if file in self.problems.roots:
                continue  # it cannot be read: that is told
            if not FEWEST <= len(entries) <= MOST:
                message = (
                    f"A topic has {FEWEST} to {MOST} such questions, and this has {len(entries)}."
                )
                self.problems.add(file, 1, "", message)
            found[topic] = tuple(self._check(file, each) for each in entries.values())
        return found

    def _check(self, file: str, entry: Entry) -> SelfCheck:
        question, answer = " ".join(entry.body.split()), entry.extras.get("answer", "")
        for extra in sorted(entry.extras.keys() - {"answer"}):
            self.problems.add(file, entry.line, entry.id, f"`- {extra}:` is not known here.")
        if not question.endswith(("?", "؟")):
            message = "It ends with a question mark; the answer stands behind `- answer:`."
            self.problems.add(file, entry.body_line, entry.id, message)
        if not answer:
            message = "Give the answer: `- answer: No. It often fades.`"
            self.problems.add(file, entry.line, entry.id, message)
        if len(answer.split()) > MOST_WORDS:
            message = f"An answer has at most {MOST_WORDS} words."
            self.problems.add(file, entry.line, entry.id, message)
        prose = [
            Prose(entry.body_line, "item", text, text, cited=False) for text in (question, answer)
        ]
        lint_passage(Passage(file, entry.id, prose), self.style, self.problems)
        return SelfCheck(question, answer)
