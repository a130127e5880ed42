"""Reads the rules in `content/guide` into the engine's guide, and checks every id in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from treatment_guide.engine.answers import Question
from treatment_guide.engine.code import Layout
from treatment_guide.engine.conditions import ALWAYS, Condition, atoms
from treatment_guide.engine.guide import Guide
from treatment_guide.engine.model import Care, Option, Rule
from treatment_guide.engine.safety import SafetyAnswer
from treatment_guide.engine.telling.actions import ToDo
from treatment_guide.library.faults.nearest import meant
from treatment_guide.library.loading.code_numbers import read_layout
from treatment_guide.library.loading.questions import listed_files, read_questions
from treatment_guide.library.loading.safety import SafetyReader
from treatment_guide.library.problems import Problems
from treatment_guide.library.schema.flow import FlowShape
from treatment_guide.library.schema.rules import (
    CareShape,
    EffectShape,
    NoticeShape,
    OptionShape,
    SharedRuleShape,
    TrialsOnlyShape,
    condition,
)
from treatment_guide.library.schema.shape import validated
from treatment_guide.library.text.content_files import Document, read_yaml


@dataclass
class RuleBook:
    """The content of the rule files, before words are joined to it."""

    flow: FlowShape
    questions: dict[str, Question]
    option_shapes: dict[str, OptionShape]
    options: dict[str, Option]
    notices: tuple[Rule, ...]
    asks: tuple[Rule, ...]
    layout: Layout
    documents: dict[str, Document]
    used_reasons: dict[str, tuple[str, int]] = field(default_factory=dict)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)  # of notices and asks
    look_again: dict[str, str] = field(default_factory=dict)  # the fact, by notice
    todos: dict[str, ToDo] = field(default_factory=dict)  # what each notice asks for
    care: tuple[Care, ...] = ()
    safety: tuple[SafetyAnswer, ...] = ()
    safety_words: dict[str, tuple[str, int]] = field(default_factory=dict)  # file and line, by id
    incomplete: frozenset[str] = frozenset()  # options that name a shared rule that is not there

    @property
    def asked(self) -> list[str]:
        """The ids of questions in flow.yaml, in order, including faulty questions."""
        return [*self.flow.core, *self.flow.sharpen, *self.flow.weigh]

    @property
    def offered(self) -> list[str]:
        """The ids of options in flow.yaml, in order, including faulty options."""
        return offered(self.flow)

    @property
    def guide(self) -> Guide:
        """The engine's guide."""
        return Guide(
            self.questions,
            self.options,
            self.flow.floor,
            self.notices,
            self.asks,
            self.safety,
            self.todos,
            self.care,
        )


def read_rules(root: Path, sources: set[str], problems: Problems) -> RuleBook | None:
    """The rule book of a content folder, or None when flow.yaml cannot be read."""
    document = read_yaml(root / "guide/flow.yaml", "guide/flow.yaml", problems)
    flow = document and validated(FlowShape, document, document.data, problems)
    if not document or not flow:
        return None
    questions = read_questions(root, flow, problems)
    reader = _Reader(root, sources, questions, problems)
    shapes, options = reader.options(flow, document)
    traits = {trait for option in options.values() for trait in option.traits}
    for name, trait in flow.core_for.items():
        line = document.line(("core-for", name))
        if name not in flow.core:
            message = f"`{name}` is no question of `core`."
            problems.add(document.file, line, "core-for", message)
        if trait not in traits and len(options) == len(set(offered(flow))):
            message = f"No option has the trait `{trait}`.{meant(trait, traits)}"
            problems.add(document.file, line, "core-for", message)
    if flow.floor not in options:
        line, message = document.line(("floor",)), f"There is no option `{flow.floor}`."
        problems.lacks("option", flow.floor, document.file, line, "floor", message)
    whole = len(options) == len(set(offered(flow))) and not reader.incomplete
    safety = SafetyReader(root, questions, options, sources, problems, whole=whole)
    answers = safety.answers()
    safety.check_decided(answers, reader.documents)
    return RuleBook(
        flow,
        questions,
        shapes,
        options,
        reader.effects("notices", NoticeShape),
        reader.effects("asks", EffectShape),
        read_layout(root, questions, problems),
        reader.documents,
        reader.used_reasons,
        reader.lines,
        reader.look_again,
        reader.todos,
        reader.care(options),
        answers,
        safety.used,
        frozenset(reader.incomplete),
    )


def offered(flow: FlowShape) -> list[str]:
    """The ids of the options in flow.yaml, in order, faulty ones included."""
    return [option for row in flow.steps.values() for option in row]


class _Reader:
    def __init__(
        self, root: Path, sources: set[str], questions: dict[str, Question], problems: Problems
    ) -> None:
        self.root = root
        self.sources = sources
        self.problems = problems
        self.known = questions
        self.used_reasons: dict[str, tuple[str, int]] = {}
        self.documents: dict[str, Document] = {}
        self.incomplete: set[str] = set()
        self.lines: dict[tuple[str, str], int] = {}
        self.look_again: dict[str, str] = {}
        self.todos: dict[str, ToDo] = {}

    def condition(self, document: Document, where: tuple[Any, ...], data: Any) -> Condition:
        """The condition in `data`; questions and choices that do not exist are noted."""
        faults: list[str] = []
        result = condition(data, faults)
        here = document.file, document.line(where), ".".join(str(part) for part in where)
        for atom in atoms(result):
            name = atom.question
            question = self.known.get(name)
            if question is None:
                self.problems.lacks("question", name, *here, f"There is no question `{name}`.")
                continue
            for choice in sorted(atom.choices - set(question.choices)):
                message = f"`{choice}` is not a choice of {name}."
                self.problems.lacks("choice", f"{name}.{choice}", *here, message)
        for fault in faults:
            self.problems.add(*here, fault)
        return result

    def rule(self, document: Document, where: tuple[Any, ...], shape: Any, kind: str) -> Rule:
        """One rule of a kind; a wrong key (`if` for `need`, or the other way round) is noted."""
        key, other = ("need", "when") if kind == "first" else ("when", "need")
        told = {"need": "need", "when": "if"}
        if getattr(shape, key) is None or getattr(shape, other) is not None:
            message = f"A rule under `{kind}` has `{told[key]}`, not `{told[other]}`."
            self.problems.add(document.file, document.line(where), f"{kind}", message)
        data = getattr(shape, key) if getattr(shape, key) is not None else getattr(shape, other)
        place = (*where, told[key])
        found = self.condition(document, place, data if data is not None else "always")
        self.cite(document, where, shape.source)
        because = document.file, document.line((*where, "because"))
        self.used_reasons.setdefault(shape.because, because)
        return Rule(found, shape.because, tuple(shape.source))

    def trials_only(self, document: Document, shape: TrialsOnlyShape) -> Rule:
        """The rule of an option for trials only: it always speaks against the option."""
        where = ("trials-only",)
        self.cite(document, where, shape.source)
        because = document.file, document.line((*where, "because"))
        self.used_reasons.setdefault(shape.because, because)
        return Rule(ALWAYS, shape.because, tuple(shape.source))

    def cite(self, document: Document, where: tuple[Any, ...], ids: list[str]) -> None:
        """Note sources that are not in the bibliography."""
        for missing in sorted(set(ids) - self.sources):
            line = document.line((*where, "source"))
            message = f"There is no source `{missing}`."
            self.problems.lacks("source", missing, document.file, line, "source", message)

    def shared(self) -> dict[str, tuple[str, Rule]]:
        """The rules of guide/shared-rules.yaml by name, each with its kind."""
        document = read_yaml(
            self.root / "guide/shared-rules.yaml", "guide/shared-rules.yaml", self.problems
        )
        found: dict[str, tuple[str, Rule]] = {}
        if document is None:
            return found
        for name, data in document.data.items():
            shape = validated(SharedRuleShape, document, data, self.problems, (name,))
            if shape:
                found[name] = (shape.kind, self.rule(document, (name,), shape, shape.kind))
        self.documents["shared-rules"] = document
        self.problems.stands("shared rule", document.places())
        return found

    def options(
        self, flow: FlowShape, flow_document: Document
    ) -> tuple[dict[str, OptionShape], dict[str, Option]]:
        """The options in their fixed order."""
        shared = self.shared()
        order = offered(flow)
        for twice in sorted({o for o in order if order.count(o) > 1}):
            line = flow_document.line(("steps",))
            self.problems.add(flow_document.file, line, "steps", f"`{twice}` stands twice.")
        shapes: dict[str, OptionShape] = {}
        options: dict[str, Option] = {}
        unused = set(shared)
        for name, doc in listed_files(
            self.root, "options", list(dict.fromkeys(order)), self.problems
        ):
            shape = validated(OptionShape, doc, doc.data, self.problems)
            self.documents[name] = doc
            if not shape:
                continue
            if name not in flow.steps.get(shape.step, []):
                message = f"flow.yaml does not list `{name}` under the step `{shape.step}`."
                self.problems.add(doc.file, doc.line(("step",)), "step", message)
            rules: dict[str, list[Rule]] = {
                kind: [
                    self.rule(doc, (kind, i), each, kind)
                    for i, each in enumerate(getattr(shape, kind))
                ]
                for kind in ("fits", "first", "wait", "against", "caution", "done")
            }
            if shape.trials_only:
                rules["against"].append(self.trials_only(doc, shape.trials_only))
            for i, used in enumerate(shape.use):
                if used not in shared:
                    line, message = doc.line(("use", i)), f"There is no shared rule `{used}`."
                    self.problems.lacks("shared rule", used, doc.file, line, "use", message)
                    self.incomplete.add(name)
                    continue
                kind, rule = shared[used]
                rules[kind].append(rule)
                unused.discard(used)
            shapes[name] = shape
            if shape.nowhere:
                where = (doc.file, doc.line(("nowhere",)))
                self.used_reasons.setdefault(shape.nowhere, where)
            options[name] = Option(
                name,
                shape.step,
                traits=tuple(shape.traits),
                trials_only=shape.trials_only is not None,
                nowhere=shape.nowhere,
                **{kind: tuple(found) for kind, found in rules.items()},
            )
        for name in sorted(unused):
            document = self.documents["shared-rules"]
            line, message = document.line((name,)), "No option uses this rule."
            self.problems.unused("shared rule", name, document.file, line, name, message)
        return shapes, options

    def effects(self, name: str, kind: type[EffectShape | NoticeShape]) -> tuple[Rule, ...]:
        """Notices or questions to ask: rules whose id is also that of their words."""
        document = read_yaml(self.root / f"guide/{name}.yaml", f"guide/{name}.yaml", self.problems)
        found: list[Rule] = []
        if document is None:
            return ()
        for key, data in document.data.items():
            shape = validated(kind, document, data, self.problems, (key,))
            self.lines[(name, key)] = document.line((key,))
            if shape:
                self.cite(document, (key,), shape.source)
                held = self.condition(document, (key, "if"), shape.condition)
                found.append(Rule(held, key, tuple(shape.source)))
                if isinstance(shape, NoticeShape):
                    self.todo(document, key, shape)
        return tuple(found)

    def todo(self, document: Document, key: str, shape: NoticeShape) -> None:
        """Note what a notice asks for, and displaced notices that do not exist."""
        self.todos[key] = ToDo(shape.when, tuple(shape.at_once), tuple(shape.displaces))
        if shape.look_again:
            self.look_again[key] = shape.look_again
        for other in shape.displaces:
            if other not in document.data or other == key:
                line = document.line((key, "displaces"))
                message = f"There is no other notice `{other}`.{meant(other, document.data)}"
                self.problems.lacks("notice", other, document.file, line, "displaces", message)

    def care(self, options: dict[str, Option]) -> tuple[Care, ...]:
        """What to take care of, said once: guide/care.yaml. Names of no caution are noted."""
        file = "guide/care.yaml"
        if not (self.root / file).exists():
            return ()  # a small guide without it
        document = read_yaml(self.root / file, file, self.problems)
        if document is None:
            return ()
        cautions = {rule.because for option in options.values() for rule in option.caution}
        found = []
        for key, data in document.data.items():
            shape = validated(CareShape, document, data, self.problems, (key,))
            self.lines[("care", key)] = document.line((key,))
            if shape:
                rule = Rule(self.condition(document, (key, "if"), shape.condition), key)
                found.append(Care(rule, frozenset(shape.said), frozenset(shape.more)))
                for name in sorted({*shape.said, *shape.more} - cautions):
                    line = document.line((key,))
                    message = f"No option has the caution `{name}`.{meant(name, cautions)}"
                    self.problems.lacks("caution", name, file, line, key, message)
        return tuple(found)
