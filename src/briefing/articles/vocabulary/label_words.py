"""The words that labels are put together of: what each of them may be, by the stems of labels.toml."""

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.articles.vocabulary.tables import VocabularyTable, in_use

_WORDS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|&")
#: "Publi-rédactionnel" is one word, and "publi" the beginning of too many.
_PUBLI = re.compile(r"\bpubli-", re.IGNORECASE)
#: Of a word that says nothing by itself.
SMALL = frozenset({"small"})
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelWords:
    """The stems of labels.toml, ready to be looked up."""

    small: frozenset[str]
    #: By class: words as they stand, and those long enough to be a beginning ("ad" opens many others).
    stems: dict[str, tuple[frozenset[str], tuple[str, ...]]]
    content: tuple[str, ...]
    #: A member, a guest or a host has much that is not an advert; only its "content" is one.
    narrow: tuple[str, ...]
    #: What writers do, and hardly ever who pays.
    written: tuple[str, ...]
    compound: re.Pattern[str]


@lru_cache(maxsize=2)
def _words(table: VocabularyTable) -> LabelWords:
    paid, trade, text, made = (
        table.phrases(f"{name} stem") for name in ("paid", "trade", "text", "made")
    )
    stems = {"paid": paid, "trade": trade, "text": text, "made": made}
    return LabelWords(
        small=frozenset(table.phrases("small word")),
        stems={name: (frozenset(words), _beginnings(words)) for name, words in stems.items()},
        content=table.phrases("content stem"),
        narrow=table.phrases("narrow stem"),
        written=table.phrases("written stem"),
        compound=re.compile(
            rf"(?:{'|'.join((*paid, *trade))})(?:\w{{0,3}}?)(?:{'|'.join(text)})\w*"
        ),
    )


def _beginnings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) > 3)  # noqa: PLR2004


def known_words() -> LabelWords:
    """Those of the vocabulary in use."""
    return _words(in_use().table("labels"))


def label_words(written: str) -> list[str]:
    """Words as labels have them: those written in one are parted at their capitals."""
    return [
        word.casefold() for word in _WORDS.findall(_HUMP.sub(" ", _PUBLI.sub("publi", written)))
    ]


def is_label_word(word: str) -> bool:
    """True for a word that labels are put together of."""
    known = known_words()
    return any(classes_of(part.casefold(), known) for part in _WORDS.findall(_HUMP.sub(" ", word)))


# Every short line of a page is asked for its words, and most of them come again.
@lru_cache(maxsize=8_192)
def classes_of(word: str, known: LabelWords) -> frozenset[str]:
    """What a word may be; a compound is all that its parts are."""
    plain = re.sub(r"[’']s?$", "", word)
    if plain in known.small:
        return SMALL
    found = {
        name
        for name, (whole, beginnings) in known.stems.items()
        if plain in whole or plain.startswith(beginnings)
    }
    if found & {"paid", "trade"} and known.compound.fullmatch(plain):
        found.add("text")
    return frozenset(found)
