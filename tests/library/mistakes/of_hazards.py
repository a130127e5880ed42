"""Mistakes in the hazard log and the grounds; `test_editor_mistakes.py` plants them."""

from tests.library.mistakes.planting import one, swap

LOG, WORDS = "guide/hazards.yaml", "en/hazards.md"
#: All that holds one hazard back.
HELD = """  properties: [5, 9]
  tests:
    - "tests/engine/test_changes.py::test_a_change_does_what_it_says"
    - "tests/content/cases/test_cases.py::test_every_option_is_open_to_somebody"
  pages: [about:intended-use]
"""

MISTAKES_OF_HAZARDS = [
    one(
        "a hazard held back by a rule that there is not",
        swap(LOG, "rules: [too-soon, weeks-apart", "rules: [too-soon, weeks-apar"),
        LOG,
        "rules: [too-soon, weeks-apar",
        "There is no rule with the reason `weeks-apar`.",
    ),
    one(
        "a hazard held back by an answer that there is not",
        swap(LOG, "answers: [response.worse]", "answers: [response.wors]"),
        LOG,
        "answers: [response.wors]",
        "There is no safety answer `response.wors`.",
    ),
    one(
        "a hazard held back by a message that there is not",
        swap(LOG, "notices: [boosters]", "notices: [bosters]"),
        LOG,
        "notices: [bosters]",
        "There is no notice `bosters`.",
    ),
    one(
        "a hazard held back by a property that there is not",
        swap(LOG, "properties: [10, 11]", "properties: [10, 31]"),
        LOG,
        "properties: [10, 31]",
        "There is no property of the audit `31`.",
    ),
    one(
        "a hazard that names a test by its words",
        swap(LOG, "::test_danger_is_found_however_it_is_typed", ": danger is found"),
        LOG,
        ": danger is found",
        "is not of the right form",
    ),
    one(
        "a hazard that only a page holds back",
        swap(LOG, HELD, "  pages: [about:intended-use]\n"),
        LOG,
        "care-refused:",
        "Name a control that can fail",
    ),
    one(
        "a hazard without what is left",
        swap(WORDS, "- left: A page cannot keep anyone from a seller.\n", ""),
        WORDS,
        "## sold-outside-a-study",
        "It needs a line `- left: …`.",
    ),
    one(
        "a ground that names an answer that there is not",
        swap("guide/grounds.yaml", "[health.pregnancy]", "[health.pregnant]"),
        "guide/grounds.yaml",
        "[health.pregnant]",
        "There is no answer `health.pregnant`.",
    ),
    one(
        "a hazard with a number of its own",
        swap(WORDS, "One server can still fail.", "It failed 3 times."),
        WORDS,
        "The guide does not answer.",
        "A number is typed",
    ),
]
