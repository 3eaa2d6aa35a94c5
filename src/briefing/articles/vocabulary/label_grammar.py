"""Labels put together from words that say "paid" and words that say "text", in any order.

Every house invents its own: "Courier BrandVoice", "Guest post (paid placement)", "Partnercontent".
So a label is not a phrase of a list but a line in which nothing else stands: a word of paying or
trade, a word for a text, the small words between them, the house's own name before them and the
payer's behind "by".
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import firm_in, is_name
from briefing.articles.vocabulary.tables import VocabularyTable, in_use

_BY = re.compile(
    r"\s+(?:by|from|par|von|por|da|door|av|af|från|fra|a cura di|on behalf of|for|with|avec|mit|con|met)\s+"
    r"|(?<=sponsor),\s+|(?<=partner),\s+|(?<=advertiser),\s+",
    re.IGNORECASE,
)
#: The payer's article: "Gesponsert von der Norvane AG", "Sponsorisé par la société Norvane".
_ARTICLE = re.compile(
    r"(?:d(?:er|ie|en|em|as)|l(?:a|e|es|os|as)|el|il|lo|het)\s+(?=\S)|l['’](?=\S)"
)
#: A payer in the genitive: "Bezahlter Beitrag der Norvane AG"; and whom an advert is for.
_OF = re.compile(
    r"\s+(?:de[rs]|de (?:la|las|los)|del|della|du|des|d[aeo]|di|van|för|dla|"
    r"(?:für|pour|para|per|voor)(?: (?:d(?:ie|en|as|e)|het|l[aoe]s?|el|il))?)\s+(?:l['’])?",
    re.IGNORECASE,
)
#: "Anzeige", which is a charge as well: who it is "of" has to be a firm.
_SLOT = Grammar("labels", r"^\W{0,2}{slot}$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|&")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
#: "Artikel anzeigen", a button: in small letters behind a noun it is the verb and not the advert.
_SHOWS = re.compile(r"[a-zäöüß] anzeigen$")
_MOST_WORDS, _MOST_NAMES = 12, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """The stems of labels.toml, ready to be looked up."""

    small: frozenset[str]
    #: By class: words as they stand, and those long enough to be a beginning ("ad" opens many others).
    stems: dict[str, tuple[frozenset[str], tuple[str, ...]]]
    content: tuple[str, ...]
    #: A member, a guest or a host has much that is not an advert; only its "content" is one.
    narrow: tuple[str, ...]
    compound: re.Pattern[str]


@lru_cache(maxsize=2)
def _words(table: VocabularyTable) -> _Words:
    paid, trade, text, made = (
        table.phrases(f"{name} stem") for name in ("paid", "trade", "text", "made")
    )
    stems = {"paid": paid, "trade": trade, "text": text, "made": made}
    return _Words(
        small=frozenset(table.phrases("small word")),
        stems={name: (frozenset(words), _beginnings(words)) for name, words in stems.items()},
        content=table.phrases("content stem"),
        narrow=table.phrases("narrow stem"),
        compound=re.compile(
            rf"(?:{'|'.join((*paid, *trade))})(?:\w{{0,3}}?)(?:{'|'.join(text)})\w*"
        ),
    )


def _beginnings(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) > 3)  # noqa: PLR2004


def composed_label(line: str) -> tuple[str, str | None] | None:
    """For a line that is a label and nothing else: the line, and the payer when it names one."""
    written = line.strip(" :*[]()|–—-·•")
    if not written or written.endswith((".", "?", "!")):
        return None
    for joint in (None, *_BY.finditer(written)):
        head = written[: joint.start()] if joint else written
        payer = _named(written[joint.end() :]) if joint else None
        if payer is not None and not is_name(payer):
            continue
        if _says_paid(head, named=payer is not None):
            return line, payer
    # Who an advert is "of" may be whom a report is about: the label has to be whole without it.
    for joint in _OF.finditer(written):
        head, payer = written[: joint.start()], written[joint.end() :].strip()
        firm = firm_in(payer)
        if firm and _SLOT.match(head):
            return line, firm
        if is_name(payer) and _says_paid(head, named=False):
            return line, payer
    return None


def _named(payer: str) -> str:
    found = _ARTICLE.match(payer)
    return payer[found.end() if found else 0 :].strip()


def is_label_word(word: str) -> bool:
    """True for a word that labels are put together of."""
    known = _words(in_use().table("labels"))
    return any(_classes(part.casefold(), known) for part in _WORDS.findall(_HUMP.sub(" ", word)))


def _says_paid(head: str, *, named: bool) -> bool:
    known = _words(in_use().table("labels"))
    words = [word.casefold() for word in _WORDS.findall(_HUMP.sub(" ", head))]
    if not 0 < len(words) <= _MOST_WORDS or _SHOWS.search(head):
        return False
    classes = [_classes(word, known) for word in words]
    names = next((at for at, found in enumerate(classes) if found), len(classes))
    if not all(classes[names:]) or not _is_house(head, words[:names]):
        return False
    return _is_label(words, set().union(*classes), known, named=named)


def _is_label(words: list[str], found: set[str], known: _Words, *, named: bool) -> bool:
    """Whether words of these classes say that somebody paid for a text."""
    if "text" in found and "paid" in found:
        return len(words) > 1 or known.compound.fullmatch(words[0]) is not None
    is_content = any(word.startswith(known.content) for word in words)
    narrow = any(word.startswith(known.narrow) for word in words)
    if "text" in found and "trade" in found:
        return is_content or not narrow
    return named and ("paid" in found or ("made" in found and is_content))


def _is_house(head: str, words: list[str]) -> bool:
    """What stands before the label is short and capitalised: the name of the house or the section."""
    return len(words) <= _MOST_NAMES and all(
        word.title() in head or word.upper() in head for word in words
    )


def _classes(word: str, known: _Words) -> set[str]:
    """What a word may be; a compound is all that its parts are."""
    plain = re.sub(r"[’']s?$", "", word)
    if plain in known.small:
        return {"small"}
    found = {
        name
        for name, (whole, beginnings) in known.stems.items()
        if plain in whole or plain.startswith(beginnings)
    }
    if found & {"paid", "trade"} and known.compound.fullmatch(plain):
        found.add("text")
    return found
