"""Sumy's stemmers, stop words and plain methods without the half second that importing all around them takes.

`sumy.nlp.stemmers` imports `nltk.stem.snowball`, and Python runs a package's `__init__` before it imports
a module of it: nltk's imports its parsers, taggers, corpora and translators. `sumy.utils` imports requests
and pycountry, for addresses and language names that nobody asks for here. So nltk's packages stand there
empty while that one module is imported: Python finds their modules by their folders and runs no
`__init__`. Then they go again, and whoever imports nltk or Sumy's own methods gets all of either. A test
names the versions this was written for, and compares with what Sumy gives.
"""

import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import Lock
from types import ModuleType

#: Languages that Sumy stems by nltk's module; it has its own way with the others.
_SNOWBALL = ("english", "french", "german", "spanish", "italian", "portuguese", "dutch", "arabic")
_ONE_AT_A_TIME = Lock()


@cache
def stemmer_of(language: str) -> Callable[[str], str]:
    """Sumy's stemmer of a language, by its English name in small letters.

    Raises:
        LookupError: when Sumy has none.
    """
    if language not in _SNOWBALL:
        from sumy.nlp.stemmers import Stemmer  # noqa: PLC0415 - see above

        stemmer: Callable[[str], str] = Stemmer(language)
        return stemmer
    with _ONE_AT_A_TIME, _packages_left_empty():
        stemmers = import_module("nltk.stem.snowball")
    stem: Callable[[str], str] = getattr(stemmers, f"{language.capitalize()}Stemmer")().stem
    return stem


@cache
def sumy_module(name: str) -> ModuleType:
    """A module of Sumy's that needs neither nltk's parsers nor the network, such as its Edmundson."""
    with _ONE_AT_A_TIME, _packages_left_empty(), _left_empty("requests"):
        return import_module(name)


def stop_words_of(language: str) -> frozenset[str]:
    """Sumy's list of words that say nothing of a topic; empty where Sumy has no list."""
    try:
        found = pkgutil.get_data("sumy", f"data/stopwords/{language}.txt")
    except OSError:
        return frozenset()
    return frozenset(word.rstrip() for word in (found or b"").decode().splitlines() if word)


@contextmanager
def _left_empty(name: str) -> Iterator[None]:
    """Let a module stand there empty: Sumy imports it to fetch pages, which nobody here asks it to."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = ModuleType(name)
    try:
        yield
    finally:
        del sys.modules[name]


@contextmanager
def _packages_left_empty() -> Iterator[None]:
    if "nltk" in sys.modules:  # somebody has paid for it already
        yield
        return
    for name in ("nltk", "nltk.stem"):
        spec = find_spec(name)
        if spec is None:
            raise ModuleNotFoundError(f"{name} is not installed, and Sumy needs it.", name=name)
        sys.modules[name] = module_from_spec(spec)
    corpora = ModuleType("nltk.corpus")
    # Read only by stemmers that are told to leave stop words alone; ours are not.
    corpora.stopwords = None  # type: ignore[attr-defined] # it stands in for a reader of files
    sys.modules[corpora.__name__] = corpora
    try:
        yield
    finally:
        for name in [name for name in sys.modules if name.partition(".")[0] == "nltk"]:
            del sys.modules[name]
