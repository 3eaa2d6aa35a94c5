"""Search words: a text in the one spelling that both databases compare, and what somebody looks for.

Case, accents and marks fall away (Unicode 16, section 3.13 and annex 15, form NFKD). Chinese and
Japanese write no space between words, so their signs are searched in twos.
"""

import re
import unicodedata

#: The longest word that is kept, in characters; PostgreSQL takes lexemes of under 2 kB.
_LONGEST = 60
_WORD = re.compile(r"[^\W_]+")
#: Kana, and the ideographs of the first three blocks.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")


def search_words(text: str) -> str:
    """The words of a text, parted by one space."""
    bare = _bare(text.casefold())
    if not _UNSPACED.search(bare):
        return " ".join([word[:_LONGEST] for word in _WORD.findall(bare)])
    return " ".join([token for word in _parts(bare) for token in _kept(word)])


def asked_words(written: str) -> tuple[str, ...]:
    """What each word has to begin with where somebody typed this; empty where no word was typed."""
    bare = _bare(written.casefold())
    return tuple(dict.fromkeys(token for word in _parts(bare) for token in _asked(word)))


def _parts(bare: str) -> list[str]:
    """Words, and runs of signs that nothing parts."""
    runs = (re.split(f"({_UNSPACED.pattern})", word) for word in _WORD.findall(bare))
    return [part for run in runs for part in run if part]


def _bare(text: str) -> str:
    """A text in lower case without its marks."""
    if text.isascii():
        return text
    spelled = unicodedata.normalize("NFKD", text)
    marks = [ord(sign) for sign in set(spelled) if unicodedata.category(sign) == "Mn"]
    return spelled.translate(dict.fromkeys(marks))


def _kept(part: str) -> list[str]:
    # The last sign begins no two.
    return [*_asked(part), part[-1]] if _UNSPACED.fullmatch(part) else _asked(part)


def _asked(part: str) -> list[str]:
    if _UNSPACED.fullmatch(part) and len(part) > 1:
        return [part[at : at + 2] for at in range(len(part) - 1)]
    return [part[:_LONGEST]]
