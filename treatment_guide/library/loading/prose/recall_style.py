"""The style of recalls: their words are read by everybody, so they get the guards of all words. What
is found is a warning: a recall acts at once, and waits for nobody's sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from treatment_guide.library.faults.file_kinds import languages_of
from treatment_guide.library.loading.languages.language import read_language
from treatment_guide.library.loading.prose.word_files import WordFiles
from treatment_guide.library.model import Recall
from treatment_guide.library.problems import Problem, Problems
from treatment_guide.library.recall.reading import WORDS, line_of
from treatment_guide.library.text.markdown import Prose
from treatment_guide.library.text.style.guards import Style
from treatment_guide.library.text.style_rules import Passage, lint_passage


def recall_style(root: Path, recalls: Iterable[Recall], texts: dict[str, str]) -> Iterator[Problem]:
    """What an editor would say of the words of recalls, with file, line and field. `texts` are the
    files by their names; languages without a style of their own are passed over.
    """
    found = Problems()
    styles: dict[str, Style] = {}
    for language in languages_of(root):
        written = read_language(WordFiles(root, language, Problems()))
        if written:
            styles[language] = written.style
    for recall in recalls:
        for said in recall.words:
            style = styles.get(said.language)
            for field in WORDS if style else ():
                text = getattr(said, field)
                line = line_of(texts.get(recall.file, ""), field, said.language)
                prose = Prose(line, "paragraph", text, text, cited=True)
                passage = Passage(recall.file, f"{said.language}.{field}", [prose])
                lint_passage(passage, style, found) if style and text else None
    return iter(dict.fromkeys(found.found))
