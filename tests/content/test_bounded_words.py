"""Words from outside: what is read of them is bounded, and what they lead to is what it was.

The simple ways to do the same (every phrase against every position, every word against the whole
vocabulary) stand here, and are held against the quick ones on thousands of made-up inputs.
"""

import string
import sys
import unicodedata
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from treatment_guide.clinics import topic_matching as matching
from treatment_guide.clinics.record_query import Criterion, Query
from treatment_guide.library.content_check import current_library
from treatment_guide.library.search import index as search
from treatment_guide.library.search.danger import WITHIN, dangers
from treatment_guide.library.search.plain_words import LONGEST_TEXT, Phrases, plain, plain_sent
from treatment_guide.library.search.spelling import LIKENESS, SHORTEST, Spelling, everyday_words
from treatment_guide.library.search.stems import Stems

LIBRARY = current_library()
INDEX = search.index(LIBRARY)
DANGER = dangers(LIBRARY)
DANGER_PHRASES = [words.strip('"') for words, _ in LIBRARY.danger_phrases.phrases]
VOCABULARY = sorted(
    {word for page in LIBRARY.reading_pages for word in plain(search.page_text(page))}
)
SEARCH = LIBRARY.language.search
STEMS = Stems(VOCABULARY, SEARCH)
FILLER_STEMS = frozenset(STEMS(sorted(SEARCH.fillers)))
#: Stems that mean the same, and the stems that stand for them.
SAME = [
    (STEMS([word for word in plain(typed) if word not in SEARCH.articles]), STEMS(plain(meant)))
    for typed, meant in LIBRARY.danger_phrases.same
]
#: Every character that becomes more than one in a plain form.
GROWING = [
    char
    for char in map(chr, range(sys.maxunicode + 1))
    if len(unicodedata.normalize("NFKD", char)) > 1
]


def stands_in(words, phrase):
    """True when the words of a phrase stand in `words` one after another: looked for everywhere."""
    size = len(phrase)
    return size > 0 and any(
        tuple(words[i : i + size]) == tuple(phrase) for i in range(len(words) - size + 1)
    )


def slip(chance, word):
    """The word as somebody mistypes it."""
    letters = list(word)
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(letters) + 1)
        letter = chance.choice(string.ascii_lowercase)
        match chance.randrange(4):
            case 0:
                letters.insert(at, letter)
            case 1 if len(letters) > 2:
                del letters[at : at + 1]
            case 2:
                letters[at : at + 1] = letter
            case _:
                letters[at : at + 2] = reversed(letters[at : at + 2])
    return "".join(letters)


def sayings(chance, most):
    """A text of so many words: phrases of the guide, words of it, slips, junk."""
    names = [name for row in LIBRARY.search_names.values() for name in row]
    phrases = [*LIBRARY.synonyms, *DANGER_PHRASES, *names, *LIBRARY.synonyms.values()]
    said: list[str] = []
    while len(said) < most:
        kind = chance.randrange(6)
        if kind < 3:
            said += chance.choice(phrases).split()
        elif kind < 5:
            said.append(chance.choice(VOCABULARY))
        else:
            said.append(chance.choice(("the", "My", "can't", "Müller", "-", "3", "(left)", "ㅁ")))
    return " ".join(said[:most])


@given(
    st.lists(st.lists(st.sampled_from("abc"), max_size=4), max_size=12),
    st.lists(st.sampled_from("abcd"), max_size=30),
)
def test_phrases_are_found_as_if_each_was_looked_for_everywhere(phrases, words):
    """Those that stand in the words, each once, in their order."""
    index = Phrases((phrase, number) for number, phrase in enumerate(phrases))

    expected = [number for number, phrase in enumerate(phrases) if stands_in(words, phrase)]
    assert index.found_in(words) == expected
    assert index.any_in(words) is bool(expected)


@pytest.mark.parametrize("unit", [["how"], ["how", "long", "until", "it"], ["numb", "between"]])
def test_the_steps_to_find_phrases_grow_with_the_words_alone(unit):
    """Twice the words take twice the steps, whatever the words; more phrases take no more."""

    def steps(index, words):
        count = 0

        def trace(frame, event, _):
            nonlocal count
            count += event == "line"
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            index.found_in(words)
        finally:
            sys.settrace(before)
        return count

    said = [plain(each) for each in (*LIBRARY.synonyms, *DANGER_PHRASES)]
    index = Phrases((phrase, None) for phrase in said)
    larger = Phrases((phrase, None) for phrase in [*said, *([each, "x"] for each in VOCABULARY)])
    words = unit * 200

    assert steps(index, words * 4) < 4.1 * steps(index, words)
    assert steps(larger, words) < 2 * steps(index, words)


def test_a_word_is_corrected_as_if_it_was_held_against_every_word():
    """The best likeness, the first in the alphabet among equals, or the word as it was typed."""
    chance = Random(11)
    quick = Spelling(VOCABULARY)
    words = [word for word in VOCABULARY if len(word) >= SHORTEST]
    slips = [slip(chance, chance.choice(words)) for _ in range(2_500)]
    junk = ["".join(chance.choices("eaiortnsl", k=chance.randint(1, 25))) for _ in range(500)]
    for typed_word in [*slips, *junk, "", "7", "12345", "x" * 800]:
        meant = typed_word
        if len(typed_word) >= SHORTEST and typed_word not in VOCABULARY:
            best = extractOne(
                typed_word,
                words,
                scorer=DamerauLevenshtein.normalized_similarity,
                score_cutoff=LIKENESS,
            )
            meant = best[0] if best and not typed_word.isdigit() else typed_word

        assert (typed_word, quick.corrected(typed_word)) == (typed_word, meant)


def right(word, known_stems):
    """True for a word that is typed right."""
    known = word.isdigit() or len(word) < SHORTEST or word in INDEX._spelling._known
    return known or STEMS([word])[0] in known_stems


def united(words):
    """The stems of a text without articles and repetitions, words that mean the same as one; the
    longest group first, from the left.
    """
    stems = STEMS([word for word in words if word not in SEARCH.articles])
    found = []
    while stems:
        here = [pair for pair in SAME if stems[: len(pair[0])] == pair[0]]
        typed, meant = max(here, key=lambda pair: len(pair[0]), default=(stems[:1], stems[:1]))
        found += meant
        stems = stems[len(typed) :]
    return [each for each, before in zip(found, ["", *found], strict=False) if each != before]


def simple_danger(words, phrases):
    """The ids of the danger in words, by looking for each phrase everywhere. It knows neither calm
    phrases nor what is denied: the words hold none.
    """
    heard = united(words)
    told = [stem for stem in heard if stem not in FILLER_STEMS]
    near = [frozenset(told[place : place + WITHIN]) for place in range(len(told))]
    found = set()
    for (said, name), stems, telling in phrases:
        if said.startswith('"') or len(telling) < 2:
            there = stands_in(heard, stems)
        else:
            there = any(telling <= stretch for stretch in near)
        if there:
            found.add(name)
    return found & LIBRARY.danger_phrases.levels.keys()


def test_danger_is_found_as_if_each_phrase_was_looked_for_everywhere():
    """In made-up texts of phrases in any order with other words between."""
    chance = Random(15)
    said = [(row, united(plain(row[0]))) for row in LIBRARY.danger_phrases.phrases]
    phrases = [(row, stems, frozenset(stems) - FILLER_STEMS) for row, stems in said]
    apart = {stem for text in LIBRARY.danger_phrases.calm for stem in united(plain(text))}
    apart |= {stem for text in LIBRARY.danger_phrases.not_now for stem in united(plain(text))}
    of_sign: dict[str, list[list[str]]] = {}
    for words, name in LIBRARY.danger_phrases.phrases:
        of_sign.setdefault(name, []).append(plain(words))
    some = set()
    for _ in range(400):
        signs = chance.choices(sorted(of_sign), k=chance.randint(1, 4))
        text = [word for name in signs for word in chance.choice(of_sign[name])] + ["so", "my"]
        text = [word for word in text if not apart.intersection(united([word]))]
        chance.shuffle(text)
        expected = simple_danger(text, phrases)
        found = {danger.id for danger in DANGER.found(text)}
        longer = {phrase.meant for phrase in DANGER.phrases(text)}
        # A phrase inside of a longer one, with the same urgency, does not count.
        assert found <= expected
        assert found == longer & LIBRARY.danger_phrases.levels.keys()
        assert bool(found) is bool(expected), text
        some |= found
    assert len(some) > 15


def simple_read(query, known):
    """The words of a query as they are read, and the words that are looked up, step by step."""
    read = [w if right(w, known) else INDEX._spelling.corrected(w) for w in plain(query)]
    words = list(read)
    for said, meant in LIBRARY.synonyms.items():
        said_words = tuple(plain(said))
        if stands_in(read, said_words):
            words += plain(meant)
            words = [w for w in words if (w,) != said_words or w in INDEX._titles]
    return read, words


def test_a_query_of_a_person_is_answered_as_before(monkeypatch):
    """Its words and its corrections: none of the limits is reached."""
    looked_up = []
    monkeypatch.setattr(INDEX, "_lookup", lambda words, named: looked_up.append(words) or ())
    chance = Random(12)
    known = set(STEMS(sorted(INDEX._spelling._known | set(plain(everyday_words("en"))))))
    for _ in range(300):
        query = sayings(chance, chance.randint(1, 8))
        if chance.random() < 0.5:
            query = " ".join(slip(chance, w) if chance.random() < 0.3 else w for w in query.split())
        answer = INDEX.search(query)
        read, words = simple_read(query, known)

        assert (query, looked_up[-1]) == (query, words)
        assert answer.corrected == ("" if read == plain(query) else " ".join(read))
        assert answer.danger == DANGER.found(read)


def test_the_words_looked_up_are_bounded_after_synonyms(monkeypatch):
    """A query made of synonyms alone brings many words; a search takes only so many."""
    asked = []

    class Database:
        def execute(self, _, values):
            asked.append(values[0])
            return SimpleNamespace(fetchall=list)

    monkeypatch.setattr(INDEX, "_database", Database())
    chance = Random(13)
    for _ in range(300):
        INDEX.search(" ".join(chance.sample(list(LIBRARY.synonyms), 12)))

    assert max(match.count('"') // 2 for match in asked) == search.MOST_LOOKED_UP


def simple_entries(query):
    """Names, codes and the mark for words of what a query leads to, by looking at everything."""
    found, system_of = [], LIBRARY.diagnoses
    for each in query.criteria:
        table = system_of.get(each.known_system or "", {})
        sizes = range(len(each.bare), 2, -1)
        prefix = next((each.bare[:n] for n in sizes if each.bare[:n] in table), None)
        if prefix:
            found.append((table[prefix], (each.known_system, prefix)))
    said = [plain(f"{each.name} {each.original}") for each in query.criteria]
    together = DANGER.found([word for words in said for word in words])
    if any(diagnosis.danger for diagnosis, _ in found) or any(
        danger.level != "days" for danger in together
    ):
        return [("get-help-now", (), False)]
    rows = [(matching.entry(LIBRARY, d.answers).name, code) for d, code in found]
    if not rows:
        for words in said:
            more = [w for p, m in LIBRARY.synonyms.items() if stands_in(words, plain(p)) for w in plain(m)]  # fmt: skip
            for situation in LIBRARY.situations.values():
                names = LIBRARY.search_names.get(situation.page.address, ())
                if any({*plain(name)} <= {*words, *more} for name in names):
                    rows.append((matching.entry(LIBRARY, situation.answers[0]).name, None))
    merged = {name: tuple(dict.fromkeys(c for n, c in rows if n == name and c)) for name, _ in rows}
    made = [(name, codes, not codes) for name, codes in merged.items()]
    return [*made, ("clinician-rules", (), False)] if made and query.recipient == "PROV" else made


def test_a_diagnosis_leads_where_it_led():
    """Codes and words of two thousand made-up requests, against the table read line by line."""
    chance = Random(14)
    tables = {"icd10cm": "icd-10-cm", "icd-10": "icd-10", "1.2.3": ""}
    lengths = set()
    for _ in range(2_000):
        criteria = []
        for number in range(chance.randint(1, 4)):
            system = chance.choice(list(tables))
            prefixes = [*LIBRARY.diagnoses.get(tables[system], {}), "Z99", "M1", "x" * 199]
            code = chance.choice(prefixes) + chance.choice(("", "", "1", ".9"))
            name, original = (sayings(chance, chance.randint(0, 6)) for _ in range(2))
            coded = chance.random() < 0.5
            criteria.append(Criterion(str(number), code if coded else "", system, name, original))
        query = Query(tuple(criteria), chance.choice(("", "PAT", "PROV")), "", "json", "")
        made = [(e.name, e.codes, e.by_words) for e in matching.entries(LIBRARY, query)]
        lengths.add(len(made))

        assert (query, made) == (query, simple_entries(query))
    assert {0, 1, 2, 3} <= lengths


def test_no_character_brings_more_words_than_are_read():
    """One sign may become several words: the limit counts what came of it."""
    for char in GROWING:
        read = plain_sent(char * 4_000)

        assert sum(map(len, read)) <= LONGEST_TEXT
    assert max(len(plain(char * 8)) for char in GROWING) > 8  # there are such
