"""The four groups of options on the outcome page, each gathered by what its options share."""

from collections import Counter
from collections.abc import Iterable, Sequence

from treatment_guide.engine.changes import Change, Changes
from treatment_guide.engine.model import GROUPS, Group
from treatment_guide.engine.outcome import Outcome, Reason, Standing
from treatment_guide.engine.telling.gathering import Waiting, by_open_question, gathered
from treatment_guide.questionnaire.outcome.rows import SPELLED_OUT, Rows
from treatment_guide.questionnaire.outcome.section_parts import WHY_NOT, SectionParts

#: Options that wait for one question are listed by step where they are more than this.
MOST_UNSORTED = 8
#: More reasons than this for what comes later stand in the rows of their options.
MOST_WHYS = 4


class Sections:
    """The groups of one reader, for as long as one request takes.

    `waiting` are the options that depend on an answer, by the question that settles the most.
    """

    def __init__(self, parts: SectionParts, rows: Rows, changes: Changes, outcome: Outcome) -> None:
        self.parts = parts
        self.rows = rows
        self.changes = changes
        self.by_group: dict[Group, list[Standing]] = {group: [] for group in GROUPS}
        for standing in outcome.standings:
            self.by_group[standing.group].append(standing)
        self.waiting = by_open_question(parts.together, self.by_group["depends"])

    def of(self, unanswered: Sequence[str]) -> dict[Group, str]:
        """All four groups as HTML. `unanswered` are the open questions that nothing else on the
        page asks: they stand in the group that depends on answers, even where it has no option.
        """
        left = self.left(unanswered) if unanswered else ""
        made = {
            "fits": (self.fits, ""),
            "depends": (self.depends, left),
            "later": (self.later, ""),
            "less-likely": (self.less_likely, ""),
        }
        return {
            group: self.section(group, found, *made[group])
            for group, found in self.by_group.items()
        }

    def section(self, group: Group, found: Sequence[Standing], make: object, more: str) -> str:
        """One group, and after its options `more`; with none, a line that says so."""
        if not found:
            return more.join(self.parts.empty[group])
        a, b, c = self.parts.sections[group]
        return f"{a}{len(found)}{b}{make(found)}{more}{c}"  # type: ignore[operator]

    def left(self, unanswered: Sequence[str]) -> str:
        """Questions without an answer that no option waits for. Those whose answer may mean to see
        or call somebody soon are written out, first.
        """
        parts = self.parts
        links = "".join([parts.questions[q] for q in unanswered if q in parts.soon])
        others = "".join([parts.names[q] for q in unanswered if q not in parts.soon])
        if others:
            links += f'<ul class="name-list">{others}</ul>'
        return links.join(parts.unanswered)

    def part(self, head: str, rows: str) -> str:
        """Options that share something, below its heading."""
        a, b, c = self.parts.part
        return f"{a}{head}{b}{rows}{c}"

    def fits(self, found: Sequence[Standing]) -> str:
        """What is worth asking about: by step, and what was tried apart."""
        new = [each for each in found if not self.was_tried(each)]
        made = [
            self.part(
                self.parts.steps[step][0],
                listed([self.fitting(each) for each in here]),
            )
            for step, here in gathered((self.parts.step_of[s.option], s) for s in new).items()
        ]
        tried = [
            self.rows.row(each, each.reasons, on_row=self.rows.parts.had[each.option], had=True)
            for each in found
            if self.was_tried(each)
        ]
        if tried:
            title = f'<h3 class="group-title">{self.parts.said["tried-title"]}</h3>'
            made.append(self.part(title, listed(tried)))
        return "".join(made)

    def was_tried(self, standing: Standing) -> bool:
        """True where the reader had the option, and there are words for that."""
        return standing.done and bool(self.rows.parts.had[standing.option])

    def fitting(self, standing: Standing) -> str:
        """The row of an option that fits: its first reason is on the closed row."""
        first, *others = standing.reasons
        words = self.rows.parts.words[first.because] if first.because else ""
        said = self.rows.reason(first, words=False)
        return self.rows.row(standing, others, on_row=words, inside=said)

    def depends(self, found: Sequence[Standing]) -> str:
        """What depends on an open question: under the question that settles the most."""
        said: set[str] = set()
        return "".join([self.opened(each, said) for each in self.waiting])

    def opened(self, waiting: Waiting, said: set[str]) -> str:
        """The options under one open question. `said` are reasons that stand above already."""
        several = len(waiting.questions) > 1
        head = self.parts.opens[several] % {
            "links": " ".join([self.parts.questions[q] for q in waiting.questions]),
            "count": len(waiting.standings),
        }
        asked = set(waiting.questions)
        lists = []
        many = len(waiting.standings) > MOST_UNSORTED
        for key, here in gathered(
            (self.parts.step_of[s.option] if many else open_words(s), s) for s in waiting.standings
        ).items():
            if many:
                lists.append(self.parts.steps[int(key)][1])  # type: ignore[arg-type]
                lists.append(listed([self.open_row(s, asked, set()) for s in here]))
                continue
            words = [name for name in open_words(here[0]) if name not in said]
            said.update(words)
            lists += [f"<p>{self.rows.parts.words[name]}</p>" for name in words]
            lists.append(listed([self.open_row(s, asked, set(open_words(s))) for s in here]))
        return self.part(head, "".join(lists))

    def open_row(self, standing: Standing, asked: set[str], said: set[str]) -> str:
        """The row of an option that depends. Inside stand the other questions that are open."""
        left = []
        for reason in standing.reasons:
            others = tuple([q for q in reason.questions if q not in asked])
            because = None if reason.because in said else reason.because
            if others or because:
                left.append(Reason("open", because, others))
        return self.rows.row(standing, left)

    def later(self, found: Sequence[Standing]) -> str:
        """What comes after something else: by the change that brings it closer. Few reasons stand
        above the options that share them, each once; many stand in the rows, and those of several
        rows above all of them behind a fold.
        """
        made, said, told = [], set[Reason](), set[str]()
        counts = Counter(reason for each in found for reason in each.reasons)
        inside = len(counts) > MOST_WHYS
        shared = [each for each, count in counts.items() if count > 1 and each.questions]
        by_change = gathered((self.change_key(each), each) for each in found)
        by_words = gathered(
            (words, (depends, each)) for (words, depends), each in by_change.items()
        )
        for words, parts in by_words.items():
            head = f'<h3 class="group-title">{words}</h3>'
            lists = []
            for depends, standings in parts:
                if depends and inside:
                    lists.append(f"<p>{self.parts.said['would-depend']}</p>")
                if inside:
                    rows = [self.rows.row(each, each.reasons, above=shared) for each in standings]
                    lists.append(listed(rows))
                    continue
                for reasons, here in gathered((each.reasons, each) for each in standings).items():
                    new = [each for each in reasons if each not in said]
                    said.update(new)
                    lists.append("".join([self.rows.reason(each, told=told) for each in new]))
                    if depends:
                        lists.append(f"<p>{self.parts.said['would-depend']}</p>")
                    lists.append(listed([self.rows.row(each, ()) for each in here]))
            made.append(self.part(head, "".join(lists)))
        if inside and shared:
            made.insert(0, "".join(map(self.rows.reason, shared)).join(self.parts.why_wait))
        return "".join(made)

    def change_key(self, standing: Standing) -> tuple[str, bool]:
        """The change that brings an option closer, as a heading, and whether it then depends."""
        change = self.changes.of(standing.option)
        if change is None:
            return self.parts.said["later-fixed"], False
        if len(change.moves) > SPELLED_OUT:
            return self.parts.said["later-several"], False
        words = self.rows.change_words(change)
        return words[:1].upper() + words[1:], change.group == "depends"

    def less_likely(self, found: Sequence[Standing]) -> str:
        """What is not usual here: the names, and behind a fold why, each reason once."""
        by_kind = gathered((self.kind_of(each), each) for each in found)
        made, told = [], False
        for kind in WHY_NOT:
            standings = by_kind.get(kind)
            if not standings:
                continue
            head = f'<h3 class="group-title">{self.parts.why_not[kind]}</h3>'
            shared: tuple[str, ...] = ()
            if kind == "nowhere":
                shared = self.shared_answers(standings)
                links = self.rows.parts.comma.join([self.rows.link(q, "other") for q in shared])
                if links:
                    head += f'<p class="small">{self.parts.said["you-said"]} {links}</p>'
            names = "".join(
                [
                    f'<li data-option="{s.option}">{self.rows.parts.names[s.option]}</li>'
                    for s in standings
                ]
            )
            # Nothing brings in what is for trials only, so no change is searched for.
            changes = [None if kind == "trials" else self.changes.of(s.option) for s in standings]
            fixed = not told and None in changes
            told = told or fixed
            before, after = self.parts.folds[fixed]
            whys = self.whys(zip(standings, changes, strict=True), set(shared))
            made.append(
                self.part(
                    head,
                    f'<ul class="name-list">{names}</ul>{before}<ul class="why-list">{whys}</ul>{after}',
                )
            )
        return "".join(made)

    def kind_of(self, standing: Standing) -> str:
        """What speaks against an option: where it is used, that it is for trials only, or other."""
        if standing.option in self.rows.parts.trials:
            return "trials"
        return "nowhere" if standing.reasons[0].kind == "nowhere" else "other"

    def shared_answers(self, standings: Sequence[Standing]) -> tuple[str, ...]:
        """The answers that most of these options are not used for."""
        counts: dict[tuple[str, ...], int] = {}
        for standing in standings:
            questions = self.rows.telling(standing.reasons[0])
            counts[questions] = counts.get(questions, 0) + 1
        return max(counts, key=lambda questions: counts[questions])

    def whys(self, found: Iterable[tuple[Standing, Change | None]], shared: set[str]) -> str:
        """Why not, one by one; options with the same reasons and the same change together. `shared`
        are questions whose answers are said above.
        """
        parts, made = self.rows.parts, []
        a, b, c, d, e = parts.why
        keyed = gathered(
            ((s.reasons, change, parts.tags[s.option][0], self.rows.offer(s.option)), s.option)
            for s, change in found
        )
        for (reasons, change, tags, offer), options in keyed.items():
            names = parts.comma.join(
                [
                    f'<a class="option-name" href="{parts.addresses[o]}">{parts.names[o]}</a>'
                    for o in options
                ]
            )
            said = "".join([self.rows.reason(each, shared=shared) for each in reasons])
            tags = f'<p class="row-tags">{tags}</p>' if tags else ""
            made.append(f"{a}{names}{b}{said}{c}{self.rows.change(change)}{d}{tags}{offer}{e}")
        return "".join(made)


def listed(rows: Iterable[str]) -> str:
    """Rows as a list."""
    return f'<ul class="option-list">{"".join(rows)}</ul>'


def open_words(standing: Standing) -> tuple[str, ...]:
    """The ids of the words of the reasons for which an option depends."""
    return tuple([each.because for each in standing.reasons if each.because])
