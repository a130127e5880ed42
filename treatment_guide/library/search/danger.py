"""Finds what may be a danger in words that somebody typed. The phrases come from the content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from treatment_guide.engine.answers import LEVELS
from treatment_guide.library.model import Library, SearchWords
from treatment_guide.library.model.search import DangerPhrases
from treatment_guide.library.once import once_per_library
from treatment_guide.library.search.patterns import Pattern, Patterns, pattern_of
from treatment_guide.library.search.plain_words import Phrases, plain
from treatment_guide.library.search.stems import Stems

#: All stems of a phrase stand among so many telling words.
WITHIN = 10


@dataclass(frozen=True)
class Phrase:
    """One phrase of danger: its words as the content has them, and the id of what they mean."""

    words: str
    meant: str


@dataclass(frozen=True)
class Danger:
    """One danger found: its id and its level."""

    id: str
    level: str


class DangerFinder:
    """The phrases of one library, ready to be looked for. Safe for threads."""

    def __init__(self, content: DangerPhrases, search: SearchWords) -> None:
        """`search` is what a search knows of the language of the phrases."""
        self._search = search
        #: The level of each id that alarms.
        self.levels = content.levels
        self._raised = content.raised
        same = [(self._bare(typed), self._bare(meant)) for typed, meant in content.same]
        texts = [
            *(plain(words) for words, _ in content.phrases),
            *map(plain, (*content.not_now, *content.calm)),
            *(words for pair in same for words in pair),
        ]
        #: Every word of the phrases: a word that is typed like one of them is no mistake.
        self.words = frozenset(word for text in texts for word in text)
        self._stems = Stems(self.words | search.stop | search.or_words, search)
        self._same: Phrases[tuple[list[str], list[str]]] = Phrases(
            (self._stems(typed), (self._stems(typed), self._stems(meant))) for typed, meant in same
        )
        self._fillers = frozenset(self._stems(sorted(search.fillers)))
        self._not_now = Phrases((s, s) for s in map(self.stems, content.not_now))
        self._negators = {s[0] for s in map(self.stems, content.not_now) if len(s) == 1}
        self._calm = Phrases((s, s) for s in map(self.stems, content.calm))
        rows = [(self.pattern(words), Phrase(words, meant)) for words, meant in content.phrases]
        #: The pattern of each phrase, in the order of the content.
        self.patterns = [pattern for pattern, _ in rows]
        #: Phrases that hold a word such as "no" themselves are found whatever is denied.
        self._denying = Patterns((row for row in rows if self._denies(row[0])), WITHIN)
        self._plain = Patterns((row for row in rows if not self._denies(row[0])), WITHIN)

    def _denies(self, pattern: Pattern) -> bool:
        return bool(self._negators.intersection(pattern.stems))

    def stems(self, text: str | Sequence[str]) -> list[str]:
        """The stems of a text, with words that mean the same brought to one, and without articles
        and repeated words.
        """
        words = plain(text) if isinstance(text, str) else text
        united = self._united(
            self._stems([word for word in words if word not in self._search.articles])
        )
        return [stem for stem, before in zip(united, ["", *united], strict=False) if stem != before]

    def pattern(self, text: str) -> Pattern:
        """The pattern of a phrase. In quotes, its words stand one after another."""
        if text.startswith('"'):
            return Pattern(tuple(self.stems(text)), in_order=True)
        return pattern_of(self.stems(text), self._fillers)

    def found(self, words: Sequence[str]) -> tuple[Danger, ...]:
        """What plain words may mean, the most urgent first, each id once."""
        ids = {phrase.meant for phrase in self.phrases(words)}
        levels = {name: self.levels[name] for name in ids if name in self.levels}
        for name, beside, level in self._raised:
            if {name, beside} <= ids and LEVELS.index(level) < LEVELS.index(levels[name]):
                levels[name] = level
        order = list(self.levels)
        found = [Danger(name, level) for name, level in levels.items()]
        return tuple(sorted(found, key=lambda d: (LEVELS.index(d.level), order.index(d.id))))

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """The phrases that plain words contain, without those that a longer one includes."""
        # A set of stems with one meaning is looked at once: long texts hold many phrases alike.
        found = {(frozenset(p.stems), each.meant): each for p, each in self._heard(words)}
        urgency = {meant: self._urgency(each) for (_, meant), each in found.items()}
        return [
            phrase
            for (stems, meant), phrase in found.items()
            if not any(
                stems < more and meant != longer and urgency[longer] <= urgency[meant]
                for more, longer in found
            )
        ]

    def speaks_of(self, words: Sequence[str], levels: Sequence[str]) -> bool:
        """True when plain words may mean a danger of one of these levels.

        A phrase gives way only to one that is as urgent, so none has to be compared with another.
        """
        ids = {phrase.meant for _, phrase in self._heard(words)}
        raised = (level for name, beside, level in self._raised if {name, beside} <= ids)
        return any(self.levels.get(name) in levels for name in ids) or any(
            level in levels for level in raised
        )

    def _heard(self, words: Sequence[str]) -> list[tuple[Pattern, Phrase]]:
        """Every phrase in plain words, but for what is calm or denied."""
        heard = self._without_calm(self.stems(words))
        found = self._found(self._denying, heard)
        return found + self._found(self._plain, self._without_denied(heard))

    def _urgency(self, phrase: Phrase) -> int:
        """0 for the most urgent level."""
        level = self.levels.get(phrase.meant)
        return LEVELS.index(level) if level else len(LEVELS)

    def _united(self, stems: list[str]) -> list[str]:
        """The stems with every group of words that mean the same as its one word, the longest
        group first.
        """
        if self._same.none_in(stems):
            return stems
        united: list[str] = []
        place = 0
        while place < len(stems):
            same = self._same.beginning_at(stems, place)
            if same:
                typed, meant = max(same, key=lambda pair: len(pair[0]))
                united += meant
                place += len(typed)
            else:
                united.append(stems[place])
                place += 1
        return united

    def _found(
        self, patterns: Patterns[Phrase], heard: Sequence[str]
    ) -> list[tuple[Pattern, Phrase]]:
        telling = [stem for stem in heard if stem and stem not in self._fillers]
        return patterns.found_in(heard, telling)

    def _without_calm(self, stems: Sequence[str]) -> list[str]:
        """The stems, with an empty text in the place of each stem of a calm phrase."""
        heard = list(stems)
        for place in range(len(stems)):
            for calm in self._calm.beginning_at(stems, place):
                heard[place : place + len(calm)] = [""] * len(calm)
        return heard

    def _without_denied(self, stems: Sequence[str]) -> list[str]:
        """The stems, with an empty text in the place of each stem that is denied."""
        heard = list(stems)
        place = 0
        while place < len(stems):
            denying = max(map(len, self._not_now.beginning_at(stems, place)), default=0)
            for at in self._denied(stems, place + denying) if denying else ():
                heard[at] = ""
            place += max(denying, 1)
        return heard

    def _denied(self, stems: Sequence[str], start: int) -> Iterator[int]:
        """The places that are denied: of the next telling stem, and of the next after each "or"."""
        again = True
        for place in range(start, len(stems)):
            if stems[place] in self._search.or_words:
                again = True
            elif stems[place] and stems[place] not in self._fillers:
                if not again:
                    return
                yield place
                again = False

    def _bare(self, text: str) -> list[str]:
        return [word for word in plain(text) if word not in self._search.articles]


@once_per_library  # saves 20 ms a search
def dangers(library: Library) -> DangerFinder:
    """The phrases of danger of a library."""
    return DangerFinder(library.danger_phrases, library.language.search)
