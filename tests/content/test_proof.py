"""The page that shows the counts of the released proof."""

from django.test import Client

from treatment_guide.library.model import Library
from treatment_guide.reading.about.proof_page import nodes


def test_the_counts_on_the_page_are_those_of_the_record(library: Library) -> None:
    """A clinic reads the numbers that the audit wrote; the audit fails where they are not its own."""
    page = Client().get("/about/proof/").content.decode()

    assert library.proof is not None
    for number in (library.proof.answer_sets, library.proof.classes, library.proof.looked_at):
        assert f"{number:,}" in page


def test_the_drawing_holds_every_question_in_order(library: Library) -> None:
    """The flow as drawn is the flow as asked."""
    drawn = [node.name for core in (True, False) for node in nodes(library, core=core)]
    asked = library.guide.questions.values()
    names = [library.questions[q.id].name for q in sorted(asked, key=lambda q: not q.core)]

    assert drawn == names
