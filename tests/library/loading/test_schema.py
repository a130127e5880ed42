"""How the YAML of rules becomes conditions, and what a shape says about a fault."""

import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from treatment_guide.engine.conditions import ALWAYS, AllOf, Among, AnyOf, Not
from treatment_guide.library import schema
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.questions import QuestionShape
from treatment_guide.library.schema.rules import OptionShape, condition
from treatment_guide.library.schema.shape import FORMS, Shape, validated
from treatment_guide.library.text.content_files import Document

KNEE = Among("place", frozenset({"knee"}))
WORN = Among("cause", frozenset({"arthritis", "tendon"}))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("always", ALWAYS),
        ({"place": ["knee"]}, KNEE),
        ({"place": "knee"}, KNEE),
        ({"place": ["knee"], "cause": ["arthritis", "tendon"]}, AllOf((KNEE, WORN))),
        ({"any": [{"place": ["knee"]}, {"cause": ["arthritis", "tendon"]}]}, AnyOf((KNEE, WORN))),
        ({"not": {"place": ["knee"]}}, Not(KNEE)),
        (
            {"place": ["knee"], "not": {"any": [{"place": ["knee"]}, {"place": ["knee"]}]}},
            AllOf((KNEE, Not(AnyOf((KNEE, KNEE))))),
        ),
    ],
    ids=["always", "one", "a single choice", "and", "any", "not", "nested"],
)
def test_a_condition_is_read_as_written(written: object, expected: object) -> None:
    """Several questions mean and; `any` and `not` mean what they say."""
    faults: list[str] = []

    assert condition(written, faults) == expected
    assert faults == []


@pytest.mark.parametrize(
    "written",
    [
        {},
        "sometimes",
        [],
        None,
        {"place": {"knee": "heel"}},
        {"place": [["knee"]]},
        {"any": {"place": ["knee"]}},
        {"any": [{"place": ["knee"]}]},
        {"not": "never"},
        {"any": [{"place": ["knee"]}, {}]},
    ],
    ids=["empty", "a word", "a list", "nothing", "a mapping", "a list of lists", "any of a mapping"]
    + ["any of one", "not a word", "empty inside"],
)
def test_a_condition_that_says_nothing_is_a_fault(written: object) -> None:
    """What cannot be read as a condition is told, never taken for true or false in silence."""
    faults: list[str] = []

    condition(written, faults)

    assert len(faults) == 1


@pytest.mark.parametrize(
    "word", ["yes", "no", "on", "off", "true", "false", "null", "y", "n", "Yes"]
)
def test_no_choice_is_a_bare_yes(word: str) -> None:
    """YAML would make something else of such an id, so it is refused in every spelling."""
    problems = Problems()
    data = {"kind": "one", "choices": ["other", word], "change": {"default": "never"}}

    made = validated(QuestionShape, Document("q.yaml", data, {}), data, problems)

    assert made is None
    assert [problem.field for problem in problems.found] == ["choices.1"]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    """Three faults in one file give three problems, each with its own line and field."""
    data = {"step": "Not An Id", "certainty": "sure", "fits": [{"if": "always", "because": "x"}]}
    lines = {(): 1, ("step",): 1, ("certainty",): 2, ("fits",): 3, ("fits", 0): 4}
    problems = Problems()

    validated(OptionShape, Document("o.yaml", data, lines), data, problems)

    assert [(problem.line, problem.field) for problem in problems.found] == [
        (1, "step"),
        (2, "certainty"),
        (4, "fits.0.source"),
    ]


def shapes() -> list[type[Shape]]:
    """Every shape of a file, and of a part of one."""
    for module in iter_modules(schema.__path__):
        import_module(f"{schema.__name__}.{module.name}")
    found = Shape.__subclasses__()
    for each in found:
        found += each.__subclasses__()
    return found


#: Values that break a rule of one field or another.
ODD = (None, "", "x", "x" * 500, 0, -1, 10**12, 1.5, True, [], [1, 2, 3], ["x"] * 9, {}, {"x": 1})


@pytest.mark.parametrize("shape", shapes(), ids=lambda shape: shape.__name__)
def test_every_fault_of_a_shape_is_in_our_own_words(shape: type[Shape]) -> None:
    """Whatever stands in a field, an editor reads what would be right, and no message of pydantic."""
    names = [field.alias or name for name, field in shape.model_fields.items()]
    for odd in ODD:
        problems = Problems()
        data = dict.fromkeys(names, odd)
        validated(shape, Document("x.yaml", data, {(): 1}), data, problems)

        for problem in problems.found:
            assert not re.search(r"[Ii]nput|should (be|have|match)|[Vv]alue error", problem.message)


def test_every_pattern_is_told_in_words() -> None:
    """Nobody who writes content has to read a regular expression to learn what would be right."""
    folder = Path(schema.__file__).parent
    source = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.py"))
    patterns = re.findall(r'pattern=r?"([^"]+)"', source)
    assert len(patterns) >= 10
    bare = [each for each in patterns if not any(each.startswith(start) for start in FORMS)]
    assert bare == []
