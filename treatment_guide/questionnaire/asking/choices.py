"""The choices of a question as its page shows them, made once."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe

from treatment_guide.http.clock import today
from treatment_guide.http.html.fragments import made_at_start, pattern
from treatment_guide.library.model import Library
from treatment_guide.library.review.translated import DANGER, unsigned

TEMPLATE = "questionnaire/_choice.html"


class ChoiceParts:
    """Every choice of a library as HTML, not ticked. Ticked ones are rendered per request, and so are
    translated danger signs while they are signed: a signature ends on a day.
    """

    def __init__(self, library: Library) -> None:
        self.library = library
        self.values: dict[tuple[str, str], dict[str, Any]] = {}
        for name, question in library.guide.questions.items():
            for choice in question.choices:
                words, level = library.questions[name].choices[choice], question.levels.get(choice)
                row = {"id": choice, "words": words, "level": level}
                self.values[name, choice] = {"row": row, "question": question}
        self.made = {
            key: whole(library, **values, unsigned_signs=True)
            for key, values in self.values.items()
        }

    def choice_html(self, question: str, choice: str, ticked: bool) -> SafeString:
        """The HTML of one choice of a question, ticked or not."""
        values = self.values[question, choice]
        row = values["row"]
        signed = row["words"].original and not unsigned(self.library, today(), DANGER)
        if not ticked and not signed:
            return mark_safe(self.made[question, choice])
        return mark_safe(whole(self.library, **values | {"row": row | {"ticked": ticked}}))


#: Saves 0.5 ms a question page.
choice_parts = made_at_start(ChoiceParts)


def whole(library: Library, **values: Any) -> str:
    """The HTML of a choice, with the white space around it that the page had."""
    return pattern(library, TEMPLATE, **values) % {}
