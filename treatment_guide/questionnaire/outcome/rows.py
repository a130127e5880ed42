"""The rows of the outcome page, one for each option, joined from HTML made at start.

Nothing made for a reader is cached.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from treatment_guide.engine.answers import Answers
from treatment_guide.engine.changes import Change
from treatment_guide.engine.outcome import Reason, Standing
from treatment_guide.engine.telling.care import Cares
from treatment_guide.questionnaire.outcome.row_parts import MOST_MARKS, RowParts
from treatment_guide.reading.option.shown_values import MATTERS

#: What makes an answer a link to its question.
_LINK = re.compile(r'<span class="visually-hidden">.*?</span>|</?a\b[^>]*>')
#: A change with more moves than this is not listed move by move: it says "several".
SPELLED_OUT = 2


class Rows:
    """The rows of one reader, for as long as one request takes.

    `answers` are those that count, `labels` their labels, by question; `care` is what to take care
    of, `clinic` the number of a known clinic, `dated` the options after which the day to look again
    is known.
    """

    def __init__(
        self,
        parts: RowParts,
        answers: Answers,
        labels: Mapping[str, str],
        care: Cares,
        clinic: int | None = None,
        dated: Collection[str] = (),
    ) -> None:
        self.parts = parts
        self.dated = dated
        self.answers = answers
        self.labels = labels
        self.care = care
        self.matters = [thing for thing in parts.things if thing in answers.get(MATTERS, ())]
        self.clinic = clinic
        self._links: dict[tuple[str, str, str | None], str] = {}

    def row(
        self,
        standing: Standing,
        reasons: Iterable[Reason],
        *,
        on_row: str = "",
        inside: str = "",
        had: bool = False,
        above: Collection[Reason] = (),
    ) -> str:
        """The row of an option. Inside stand `inside` and these reasons; `on_row` are words for the
        closed row, `had` says that they tell what was tried. Of reasons that stand `above` in full
        only the answers are said.
        """
        parts, option, group = self.parts, standing.option, standing.group
        a, b, c, d, e, f, g, h = parts.rows[option]
        closed = f' <span class="option-reason">{on_row}</span>' if on_row else ""
        inside += "".join([self.reason(each) for each in reasons if each not in above])
        inside += self.again([each for each in reasons if each in above])
        if standing.done and not had and parts.had[option]:
            inside += f"<p>{parts.had[option]}</p>"
        if group == "fits" and not had:
            inside += self.values(option)
        cautions = self.cautions(standing) if standing.cautions else ""
        if group == "fits" and option in self.dated:
            h = f"{parts.again[option]}{h}"
        # What is for later, its page tells; what they had, they know.
        known = standing.done or group == "later"
        about = f"{'' if known else parts.summaries[option]}{e}{self.offer(option)}{f}"
        return f"{a}{self.marks(option)}{b}{closed}{c}{self.tags(standing, had)}{d}{about}{inside}{g}{cautions}{h}"

    def values(self, option: str) -> str:
        """How an option sits with what the reader said matters: what is known, each with its sentence;
        then in one line what is not known.
        """
        pairs = [(thing, option) for thing in self.matters]
        known, unknown = self.parts.values, self.parts.unknown_values
        told = "".join([known[pair] for pair in pairs if pair in known])
        rest = " · ".join([unknown[pair] for pair in pairs if pair in unknown])
        return f"{told}<p>{rest}</p>" if rest else told

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

    def reason(
        self,
        reason: Reason,
        *,
        words: bool = True,
        shared: Collection[str] = (),
        told: set[str] | None = None,
    ) -> str:
        """A reason, with the answers that made it so; without its `words` where the row has them,
        and without answers where all are `shared` with others and said above. Answers that are in
        `told` are left out, and others are put there.
        """
        alone, both, said = self.parts.reasons[reason.kind]
        text = self.parts.words[reason.because] if words and reason.because else ""
        all_said = shared and all(q in shared for q in self.telling(reason))
        found = [] if all_said else self.said(reason)
        if told is not None:
            found = [link for link in found if link not in told]
            told.update(found)
        links = self.parts.comma.join(found)
        if text and links:
            return f"{both[0]}{text}{both[1]}{links}{both[2]}"
        if text:
            return f"{alone[0]}{text}{alone[1]}"
        return f"{said[0]}{links}{said[1]}" if links else ""

    def again(self, reasons: Sequence[Reason]) -> str:
        """Reasons that stand above, with links to change the answers: these answers alone, each once."""
        if not reasons:
            return ""
        links = dict.fromkeys(link for each in reasons for link in self.said(each))
        before, after = self.parts.reasons[reasons[0].kind][2]
        return f"{before}{_LINK.sub('', self.parts.comma.join(links))}{after}"

    def said(self, reason: Reason) -> list[str]:
        """The answers that a reason names, or the questions that are open, as links."""
        if reason.kind == "open":
            return [self.link(name, "open") for name in reason.questions]
        kind = "first" if reason.kind == "first" else "other"
        return [self.link(name, kind, reason.because) for name in self.telling(reason)]

    def telling(self, reason: Reason) -> tuple[str, ...]:
        """The questions whose answers are said beside a reason.

        Of an option that is not used here, answers of several ticks are left out where another
        answer says it: that none of the ticks is among those it is used for explains nothing.
        """
        if reason.kind != "nowhere":
            return reason.questions
        return tuple([q for q in reason.questions if q in self.parts.single]) or reason.questions

    def link(self, question: str, kind: str, because: str | None = None) -> str:
        """The answer to a question, as a link to that question. Of several ticks only those that the
        words `because` look at, if there are any: that something else is ticked explains nothing.
        """
        labels = self.labels.get(question)
        if labels and because and question not in self.parts.single:
            chosen = self.answers[question]
            seen = chosen & self.parts.looks_at.get((because, question), chosen)
            labels = self.parts.answers.answer_labels(question, seen or chosen)
        found = self._links.get((question, kind, labels))
        if found is None:
            if kind == "open":
                (found,) = self.parts.links[question, kind]
            elif labels:
                before, after = self.parts.links[question, kind]
                found = f"{before}{labels}{after}"
            else:
                (found,) = self.parts.links[question, "unsaid"]
            self._links[question, kind, labels] = found
        return found

    def cautions(self, standing: Standing) -> str:
        """The warnings of an option that are not said above, and the names of those that are, where
        they are too many for the row. What holds for everybody who has an option is not said of
        one that comes later: its page says it.
        """
        parts, said = self.parts, self.care.said
        now = standing.group != "later"
        own = "</p><p>".join(
            [
                parts.words[c.because]
                for c in standing.cautions
                if c.because not in said and (now or c.questions)
            ]
        )
        found = f"{parts.cautions[0]}{own}{parts.cautions[1]}" if own else ""
        touched = self.care.by_option.get(standing.option, ())
        if len(touched) > MOST_MARKS:
            names = parts.comma.join([parts.care_names[name] for name in touched])
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
