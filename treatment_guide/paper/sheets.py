"""The values of the two sheets on paper: the reader's and the clinician's."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import strip_tags

from treatment_guide.engine.answers import NOT_SURE
from treatment_guide.engine.outcome import Outcome, Standing
from treatment_guide.engine.reader import Reader
from treatment_guide.library.model import Library
from treatment_guide.paper.lean_rows import lean_html
from treatment_guide.paper.own_foot import NO_FOOT, OwnFoot
from treatment_guide.paper.paper_space import (
    IN_TWO,
    LARGE,
    LARGE_IN_TWO,
    TABLE,
    USUAL,
    Room,
    Space,
    largest,
)
from treatment_guide.paper.sheet_options import (
    After,
    Care,
    FindOut,
    afters,
    cares,
    find_outs,
    waiting_words,
)
from treatment_guide.paper.sheet_words import (
    answer_table,
    answers_marked,
    asked_signs,
    danger_rows,
    sign_ticked,
)
from treatment_guide.questionnaire.answer_words import answer_labels
from treatment_guide.questionnaire.questions_to_ask import Ask, asks

#: How many of the questions have room for an answer.
TOP = 3
#: How many things to find out stand on any page, and on that of somebody for whom more options wait
#: than fit.
LEAST_TO_FIND, LEAST_FIRST = 3, 6
#: How many answers about health stand on any page for the clinician with what they matter for: in
#: tight print one.
LEAST_CARE = 3
#: The most options named behind something to find out; of more, the number is said.
MOST_NAMED, MOST_NAMED_CLINICIAN = 3, 8


def patient(
    library: Library,
    reader: Reader,
    outcome: Outcome,
    large: bool = False,
    *,
    in_full: bool = False,
    own: OwnFoot = NO_FOOT,
    beneath: bool = False,
) -> dict[str, Any]:
    """The values of the reader's sheet; `large` for large print, `in_full` to name what is else said
    discreetly; `own` is what the hospital puts at its foot; `beneath`: the danger signs of a
    translation have those of its original beneath.

    What every page has is placed first; then, as far as there is room: more to find out, more
    questions, lines to write on.
    """
    happened = answers_marked(library, reader.answers, leave_out="matters", in_full=in_full)
    happened = f"{sign_ticked(library, reader.answers)} {happened}".strip()
    sure = reader.answers.get("matters", frozenset()) - {NOT_SURE}
    matters = answer_labels(library, {"matters": sure}, "matters")
    fitting = named(library, outcome.group("fits"))
    original = library.original if beneath else None
    danger = danger_rows(library, reader.answers, original)
    later = afters(library, reader, outcome)
    to_find = [shown(library, each, MOST_NAMED) for each in find_outs(library, reader, outcome)]
    find_first = len(outcome.group("depends")) > len(fitting)
    least = LEAST_FIRST if find_first else LEAST_TO_FIND
    top, others = top_questions(asks(library, outcome))

    told = strip_tags(happened) + matters
    plain = {words: strip_tags(words) for words in (*top, *others)}

    def needed(room: Room) -> float:
        return (
            room.told(told)
            + longer_words(library, room)
            + room.writing  # what is unclear to the reader
            + room.rows([each["name"] for each in fitting])
            + sum(room.text(plain[words]) for words in top)
            + after_height(room, later)
            + sum(room.note(row["signs"] + " " * 24) for row in danger)
            + (sum(room.beneath(row["original"]) for row in danger) + room.small if beneath else 0)
            + find_height(room, to_find[:least])
            + own.height(room)
        )

    usual, in_two = (LARGE, LARGE_IN_TWO) if large else (USUAL, IN_TWO)
    rooms = in_two if beneath else usual
    shed = 0
    while library.original and len(top) > 1 and needed(rooms[-1]) > rooms[-1].height:
        others.insert(0, top.pop())  # it stands with the answers online
        shed += 1
    room, space = largest(rooms, needed)
    found = space.take_each([find_height(room, [each]) for each in to_find[least:]])
    found += len(to_find[:least])
    more = space.take_each([room.note(plain[words]) for words in others])
    return {
        "room": room,
        "large": large,
        "happened": happened,
        "matters": matters,
        "lean": lean_html(library, fitting),
        "top": top,
        "empty": range(len(top) + 1, TOP - shed + 1),
        "others": others[:more],
        "left_out": len(others) - more,
        "find": to_find[:found],
        "find_more": more_to_find(room, space, to_find[found:]),
        "find_first": find_first,
        "later": later,
        "unusual": len(outcome.group("less-likely")),
        "danger": danger,
        "own_words": space.take(room.writing),
        "own": range(space.lines(room.writing, 1)),
        "agreed": range(1 + space.lines(room.writing, 1)),
        "find_lines": space.take(room.writing * found),
        "more_own": range(space.lines(room.writing, 3)),
    }


def named(library: Library, found: Sequence[Standing]) -> list[dict[str, Any]]:
    """Options by id and name, and whether the reader had each."""
    return [
        {"id": s.option, "name": library.options[s.option].page.short, "had": s.done} for s in found
    ]


def shown(library: Library, each: FindOut, most: int) -> dict[str, Any]:
    """Something to find out as it stands on paper, with at most so many names of options."""
    return {
        "id": each.id,
        "name": each.name,
        "words": each.words,
        "waiting": waiting_words(library, each.waiting, most),
    }


def top_questions(found: Sequence[Ask]) -> tuple[list[str], list[str]]:
    """The three questions with room for an answer, and the others, as HTML.

    The first about what matters to the reader, the first about their own case, and which option to
    talk about first; then in order. What is to be found out stands elsewhere.
    """
    open_ones = [ask for ask in found if ask.why != "unsure"]
    first = [next((a for a in open_ones if a.why == why), None) for why in ("matters", "known")]
    always = [ask for ask in open_ones if ask.why == "always"][:1]
    wanted = [ask for ask in first if ask]
    rest = [ask for ask in open_ones if ask not in wanted and ask not in always]
    top = [*wanted, *always, *rest[: TOP - len(wanted) - len(always)]]
    return [ask.words for ask in top], [ask.words for ask in open_ones if ask not in top]


def longer_words(library: Library, room: Room) -> float:
    """The height that the fixed words of a translation take beyond those of its original, in mm: the
    crisis line, and a line each for the heads of the boxes and the foot.
    """
    if library.original is None:
        return 0
    crisis = [room.note(each.site.phrases["crisis"].text) for each in (library, library.original)]
    return max(crisis[0] - crisis[1], 0) + room.line + room.small


def after_height(room: Room, later: Sequence[After]) -> float:
    """The height of what comes later, in mm: all of it is one paragraph."""
    return room.note(" ".join(f"{each.words}: {'; '.join(each.names)}" for each in later))


def find_height(room: Room, found: Sequence[dict[str, Any]]) -> float:
    """The height of things to find out, in mm."""
    return sum(room.text(f"{each['words']} ({each['waiting']})") + 0.8 for each in found)


def more_to_find(room: Room, space: Space, left: Sequence[dict[str, Any]]) -> list[str]:
    """The names of what else is to be found out, where there is room for them."""
    names = [str(each["name"]) for each in left]
    return names if names and space.take(room.note("; ".join(names) + " " * 16)) else []


def least_care(room: Room) -> int:
    """How many answers about health any page has in this print."""
    return 1 if room.tight else LEAST_CARE


def care_height(room: Room, each: Care) -> float:
    """The height of what one answer about health matters for, in mm."""
    return room.note(f"{each.words}: {'; '.join(each.names)}") + 0.8


def clinician(
    library: Library,
    reader: Reader,
    outcome: Outcome,
    *,
    in_full: bool = False,
    own: OwnFoot = NO_FOOT,
) -> dict[str, Any]:
    """The values of the clinician's sheet; `in_full` names what is else said discreetly; `own` is what
    the hospital puts at its foot.

    What is left out where there is no room stands in the text to paste.
    """
    rows = answer_table(library, reader.answers, in_full)
    signs = asked_signs(library, reader.answers)
    fitting = named(library, outcome.group("fits"))
    later = afters(library, reader, outcome)
    care = cares(library, reader, outcome, in_full=in_full)
    to_find = [
        shown(library, each, MOST_NAMED_CLINICIAN) for each in find_outs(library, reader, outcome)
    ]
    questions = [ask.words for ask in asks(library, outcome) if ask.why not in ("always", "unsure")]

    def needed(room: Room) -> float:
        said = [signs[kind] for kind in ("reported", "checked", "unticked")]
        return (
            room.table(rows)
            + sum(room.note("; ".join(each) + " " * 20) for each in said)
            + room.rows([each["name"] for each in fitting])
            + after_height(room, later)
            + sum(care_height(room, each) for each in care[: least_care(room)])
            + find_height(room, to_find[:LEAST_TO_FIND])
            + own.height(room)
        )

    room, space = largest(TABLE, needed)
    caring = least_care(room)
    caring += space.take_each([care_height(room, each) for each in care[caring:]])
    found = space.take_each([find_height(room, [each]) for each in to_find[LEAST_TO_FIND:]])
    found += len(to_find[:LEAST_TO_FIND])
    asked = space.take_each([room.text(strip_tags(words)) for words in questions])
    return {
        "room": room,
        "rows": rows,
        "signs": signs,
        "fitting": fitting,
        "later": later,
        "care": care[:caring],
        "find": to_find[:found],
        "find_more": more_to_find(room, space, to_find[found:]),
        "questions": questions[:asked],
        "agreed": range(1 + space.lines(room.writing, 4)),
        "pasted": {"care": care, "find": to_find, "questions": questions},
    }
