"""Stems and stop words are Sumy's, though most of what Sumy imports for them is left out."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
LANGUAGES = (
    "english",
    "french",
    "german",
    "spanish",
    "italian",
    "portuguese",
    "dutch",
    "arabic",
)
#: A whole process, because the full nltk may be here already; one for all languages, English first.
OURS = """
import sys, warnings
from briefing.digests.stemming import stemmer_of, stop_words_of
languages, words = sys.argv[1:], sys.stdin.read().split()
ours = {}
for language in languages:
    ours[language] = [" ".join(map(stemmer_of(language), words)), " ".join(sorted(stop_words_of(language)))]
    print(language, *{"requests", "nltk.parse", "pycountry"} & set(sys.modules), file=sys.stderr)
from sumy.nlp.stemmers import Stemmer
from sumy.utils import get_stop_words
import nltk
assert nltk.word_tokenize
for language in languages:
    print(*ours[language], " ".join(map(Stemmer(language), words)), sep="\\n")
    try:
        print(*sorted(get_stop_words(language)))
    except LookupError:
        print()
"""


def words_of(page):
    return page.read_text("utf-8").lower().split()


@pytest.fixture(scope="module")
def process():
    return subprocess.run(
        [sys.executable, "-c", OURS, *LANGUAGES],
        input=" ".join(sorted({word for page in SEEDS.glob("*.txt") for word in words_of(page)})),
        capture_output=True,
        text=True,
        check=True,
    )


def test_this_is_the_sumy_that_the_way_around_its_imports_was_written_for():
    """Another version: look at what `sumy.nlp.stemmers` and `nltk.stem.snowball` import, then say so here."""
    assert (version("sumy"), version("nltk").rpartition(".")[0]) == ("0.13.0", "3.10")


@pytest.mark.parametrize("language", LANGUAGES)
def test_stems_and_stop_words_are_sumys_and_nltk_is_whole_afterwards(process, language):
    lines = process.stdout.split("\n")[4 * LANGUAGES.index(language) :]
    ours, stops, theirs, their_stops = lines[:4]
    assert ours
    assert ours == theirs
    assert stops == their_stops


def test_english_needs_neither_all_of_nltk_nor_requests(process):
    assert process.stderr.splitlines()[0] == "english"
