"""What looks like a mistake of an editor and does no harm. See `planting.py`."""

from tests.library.mistakes.planting import PRP, WORDS, opening, recode, write

#: What no check may refuse, with the reason why it does no harm.
LEGAL = {
    "spaces at the ends of lines": recode(WORDS, lambda text: text.replace(b"\n", b"  \n")),
    "line ends of Windows in Markdown": recode(WORDS, lambda text: text.replace(b"\n", b"\r\n")),
    "line ends of Windows in YAML": recode(PRP, lambda text: text.replace(b"\n", b"\r\n")),
    "a byte order mark in Markdown": recode(WORDS, lambda text: b"\xef\xbb\xbf" + text),
    "a byte order mark in YAML": recode(PRP, lambda text: b"\xef\xbb\xbf" + text),
    "a hidden file left by a system": write("en/options/.DS_Store", "x"),
    "a hidden file left by an editor": write("en/options/.prp.md.swp", "x"),
    "an empty folder": lambda root: (root / "en/drafts").mkdir(),
    "curly quotes in words": opening("PRP is a “blood shot” made from your own blood."),
}
