"""What is computed before the first request, so that no request waits for it.

A build stores it with the library, so a server of a build only compiles the rules.
"""

from treatment_guide.http.addresses import speaking
from treatment_guide.library.model import Library
from treatment_guide.paper.lean_rows import lean_rows
from treatment_guide.questionnaire.asking.choices import choice_parts
from treatment_guide.questionnaire.asking.list_line import line_parts
from treatment_guide.questionnaire.asking.live_list import list_parts
from treatment_guide.questionnaire.outcome.page import outcome_parts
from treatment_guide.reading import comparison_parts


def prepare(library: Library) -> None:
    """Compile the rules of a library, and make the parts of its pages, those of its translations
    included. Rules are shared, so they are compiled once.
    """
    for each in (library, *library.translations.values()):
        each.guide.prepare()
        with speaking(each):
            for parts in (choice_parts, list_parts, line_parts, outcome_parts, lean_rows):
                parts(each)
            comparison_parts.prepare(each)
