"""Words that tell readers what to do and what to take care of: notices, and care said once."""

from __future__ import annotations

from dataclasses import replace

from treatment_guide.library.loading.prose.words import WordReader, check_reminder
from treatment_guide.library.loading.rules import RuleBook
from treatment_guide.library.model import CareWords, Message
from treatment_guide.library.text.content_files import Entry
from treatment_guide.library.text.style_rules import lint_line


class AdviceReader(WordReader):
    """Reads notices and what to take care of."""

    def notices(self, book: RuleBook) -> dict[str, Message]:
        """The notices, each with a title and what to do; with what to tell where several may be
        told at once.
        """
        sources = {rule.because: rule.sources for rule in book.notices}
        file = self.files.file("notices")
        found = {}
        for name, each in self.paired("notices", list(sources), book).items():
            todo = book.todos[name]
            needed = ("title", "do", "tell") if todo.when in ("days", "today") else ("title", "do")
            for extra in needed:
                if extra not in each.extras:
                    self.problems.add(file, each.line, name, f"A notice needs `- {extra}: …`.")
            html_text = self.line_of_words(each, file)
            title = each.extras.get("title", "")
            lint_line(file, each.line, name, title, self.style, self.problems)
            found[name] = Message(
                title,
                html_text,
                sources[name],
                self.look_again(book, name),
                self.extra(each, "do", file),
                self.extra(each, "tell", file),
            )
            self.at_once(book, name)
        return found

    def extra(self, each: Entry, name: str, file: str) -> str:
        """The words behind `- name:` as HTML; faults are noted. Empty where there are none."""
        body = each.extras.get(name, "")
        return self.rendered(replace(each, body=body), file).inline if body else ""

    def at_once(self, book: RuleBook, notice: str) -> None:
        """Note ids under `at-once` without words in the interface."""
        for name in book.todos[notice].at_once:
            if f"at-once-{name}" not in self.linker.ui:
                file, line = "guide/notices.yaml", book.lines[("notices", notice)]
                where = self.files.file("ui")
                message = f"`{name}` has no words: write `## at-once-{name}` in {where}."
                key = f"at-once-{name}"
                self.problems.lacks("interface", key, file, line, "at-once", message)

    def look_again(self, book: RuleBook, notice: str) -> str:
        """The fact after whose time a notice asks to look again; empty for none."""
        name = book.look_again.get(notice, "")
        if name:
            line = book.lines[("notices", notice)]
            check_reminder(self.linker, name, ("guide/notices.yaml", line), self.problems)
        return name

    def care(self, book: RuleBook) -> dict[str, CareWords]:
        """What to take care of, each with a short name. Without words where a notice says it."""
        if not book.care:
            return {}  # a small guide without it
        file = self.files.file("care")
        found = {}
        for name, each in self.paired("care", [rule.id for rule in book.care], book).items():
            if "name" not in each.extras:
                self.problems.add(file, each.line, name, "It needs `- name: …`.")
            words = self.line_of_words(each, file) if each.body else ""
            found[name] = CareWords(each.extras.get("name", ""), words)
        return found
