"""Labels put together from words that say "paid" and words that say "text", in any order.

Every house invents its own: "Courier BrandVoice", "Guest post (paid placement)", "Partnercontent".
So a label is not a phrase of a list but a line in which nothing else stands: a word of paying or
trade, a word for a text, the small words between them, the house's own name before them and the
payer's behind "by".
"""

import re
from collections.abc import Iterator
from itertools import takewhile

from briefing.articles.vocabulary.label_words import (
    SMALL,
    LabelWords,
    classes_of,
    known_words,
    label_words,
)
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import (
    firm_in,
    is_firm,
    is_organised,
    is_payer,
    names_body,
)

#: What joins a label and its payer.
_BY = Grammar(
    "labels",
    r"\s+(?:{before a payer})\s+|(?<=sponsor),\s+|(?<=partner),\s+|(?<=advertiser),\s+",
    re.IGNORECASE,
)
#: What joins them where the text alone says nothing: "Contenu par Norvane", and not "Inhalt von Briefen".
_MAKES = Grammar("labels", r"\s+(?:{before a maker})\s+", re.IGNORECASE)
_TOGETHER = Grammar("labels", r"\s+(?:{together with})\s+", re.IGNORECASE)
#: The payer's article: "Gesponsert von der Norvane AG", "Sponsorisé par la société Norvane".
_ARTICLE = Grammar("labels", r"(?:{article of a payer})\s+(?=\S)|l['’](?=\S)", re.IGNORECASE)
#: A payer in the genitive: "Bezahlter Beitrag der Norvane AG"; and whom an advert is for.
_OF = Grammar("labels", r"\s+(?:(?:{whose advert})\s+|d['’]|de l['’])", re.IGNORECASE)
_FOR = Grammar("labels", r"\s+(?:{for whom})\s+", re.IGNORECASE)
#: A label that is one as it stands: whoever is named behind it paid.
_WHOLE = Grammar("labels", r"^(?:{whole label}|{single label})$", re.IGNORECASE)
#: A label of several words that no headline opens with: a bare name behind it paid.
_OUTRIGHT = Grammar("labels", r"^\W{0,2}{whole label}$", re.IGNORECASE)
#: "Advertising for Health Services" is a headline on the trade.
_TRADE = Grammar("labels", r"^\W{0,2}{trade of adverts}$", re.IGNORECASE)
#: A firm that is named as one needs nothing between: "Materiał promocyjny firmy Norvane".
_BEFORE_FIRM = Grammar("payers", r"\s+(?={the firm}\s)", re.IGNORECASE)
_STUDIO = re.compile(
    r"\b(?:studios?|estudio|labs?|brand|marca|marque|content|media)\b", re.IGNORECASE
)
_BARE = Grammar("labels", r"[.:,|–—-]?\s+[«\"„“]?(?=\S)")
#: "Anzeige", which is a charge as well: who it is "of" has to be a firm.
_SLOT = Grammar("labels", r"^\W{0,2}{slot}$", re.IGNORECASE)
#: A label that is one as it stands, with more behind it.
_OPENS = Grammar(
    "labels", r"^\W{0,2}(?:{slot}|{whole label}|{single label})(?=[\s.:,|–—-])", re.IGNORECASE
)
_PART = re.compile(r"\S+")
#: "Artikel anzeigen", a button: in small letters behind a noun it is the verb and not the advert.
_SHOWS = re.compile(r"[a-zäöüß] anzeigen$")
#: What opens a sentence on the text itself.
_THIS = Grammar("labels", r"{this text}$", re.IGNORECASE)
_SENTENCE_WORDS = 4
#: In characters; a word for advertising with its article has no more.
_SLOT_LENGTH = 40
_MOST_WORDS, _MOST_NAMES = 12, 2


def composed_label(line: str) -> tuple[str, str | None] | None:
    """For a line that is a label and nothing else: the line, and the payer when it names one."""
    written = line.strip(" :*[]()|–—-·•")
    if not written or written.endswith(("?", "!")) or not _has_label_word(written):
        return None
    if not written.endswith(".") and _says_paid(written, named=False):
        return line, None
    payer = _payer_in(written.rstrip("."))
    return (line, payer) if payer else None


def _has_label_word(written: str) -> bool:
    """A word of it says that somebody paid, or for what: without one no line is a label, and most have none."""
    known = known_words()
    return any(classes_of(word, known) - SMALL for word in label_words(written)) or bool(
        _OPENS.match(written)
    )


def _payer_in(written: str) -> str | None:
    """The payer that a label names, by what joins the two."""
    end = _end_of_label(written)
    return next(filter(None, (read(written, end) for read in _READINGS)), None) if end else None


def _end_of_label(written: str) -> int:
    """Behind which place no label ends that opens a line; 0 where none does.

    A label has at most the house's name before its words, and no word between them that is none of a label's. Most
    lines have such a word among their first, and need no reading for a payer.
    """
    if _OPENS.match(written):
        return len(written)
    known, names, end = known_words(), 0, len(written)
    found: set[str] = set()
    for part in _PART.finditer(written):
        words = label_words(part[0])
        classes = set().union(*(classes_of(word, known) for word in words))
        if words and not classes and (found or names == _MOST_NAMES):
            end = part.start()
            break
        found |= classes
        names += bool(words and not classes)
    # A verb may stand behind the payer, in small letters.
    behind = label_words(" ".join(filter(str.islower, written[end:].split())))
    says = found - SMALL or any(classes_of(word, known) - SMALL for word in behind)
    return end if says else 0


def _joints(joints: Grammar, written: str, end: int) -> Iterator[re.Match[str]]:
    return takewhile(lambda joint: joint.start() <= end, joints.pattern.finditer(written))


def _by(written: str, end: int) -> str | None:
    for joint in _joints(_BY, written, end):
        payer, tail = _without_verb(_client(_named(written[joint.end() :])))
        head = f"{written[: joint.start()]} {tail}"
        if _FOR.match(joint[0]) and _SLOT.match(head.strip()):
            continue  # whom an advert is for may be what a report is about: see `_is_paid_by`
        if is_payer(payer) and (
            _says_paid(head, named=True) or (is_firm(payer) and _is_made(head))
        ):
            return payer
    return None


def _made(written: str, end: int) -> str | None:
    """The text is somebody's, or made for or with somebody: "Contenuto a cura di Norvane"."""
    for joints in (_MAKES, _FOR, _TOGETHER):
        for joint in _joints(joints, written, end):
            payer, tail = _without_verb(_client(_named(written[joint.end() :])))
            head = _known_in(f"{written[: joint.start()]} {tail}")
            if not is_payer(payer) or head is None:
                continue
            words, found, known = head
            if not found & {"text", "paid"} or (
                joints is _TOGETHER and _is_co_writer(payer, words, known)
            ):
                continue
            is_content = any(word.startswith(known.content) for word in words)
            is_made = is_content if joints is _MAKES else "made" in found
            if is_made or (joints is _TOGETHER and is_content):
                return payer
    return None


def _is_co_writer(name: str, words: list[str], known: LabelWords) -> bool:
    """A text that is written with a person has two writers; a house has one word or says that it is one."""
    is_written = any(word.startswith(known.written) for word in words)
    return is_written and " " in name and not (is_organised(name) or is_firm(name))


def _is_made(head: str) -> bool:
    """Says that a text was made, and nothing else."""
    found = _known_in(head)
    return found is not None and {"text", "made"} <= found[1]


def _of(written: str, end: int) -> str | None:
    """Who an advert is "of" may be whom a report is about: the label has to be whole without it."""
    for joints in (_OF, _FOR, _BEFORE_FIRM, _BARE):
        for joint in _joints(joints, written, end):
            head, payer = written[: joint.start()], written[joint.end() :].strip()
            if joints is _BARE and (len(head) > _SLOT_LENGTH or payer[:1].islower()):
                continue
            firm = firm_in(bare_name(payer))
            if firm and (_SLOT.match(head) or _says_paid(head, named=True)):
                return firm
            named = _named(payer)
            if is_payer(named) and _is_paid_by(head, joints, named):
                return named
    return None


def _is_paid_by(head: str, joints: Grammar, name: str) -> bool:
    """Whether a label stands before a name in which nothing but the label tells of a firm.

    "Werbung für die Halvern Bank" is one; what "Werbung für Glücksspiel" is for, a report is about. Behind
    nothing but a blank the label has to be one that no headline opens with, and the name to have a capital.
    """
    if joints is _BARE:
        return bool(_OUTRIGHT.match(head)) and any(sign.isupper() for sign in name)
    if joints is _FOR and _SLOT.match(head) and not _TRADE.match(head):
        return names_body(name)
    return joints in (_OF, _FOR) and _says_paid(head, named=False)


_READINGS = (_by, _made, _of)


def _named(payer: str) -> str:
    """The name without its article and the word for a firm before it."""
    name = bare_name(payer)
    return firm_in(name) or name


def bare_name(payer: str) -> str:
    """A payer without the article before it."""
    article = _ARTICLE.match(payer)
    return payer[article.end() if article else 0 :].strip()


def _client(payer: str) -> str:
    """Of "Halvern for Echo Studio" and "Echo Studio for Halvern" the one that is not the house's own studio."""
    joint = _FOR.search(payer) or _MAKES.search(payer)
    pair = (payer[: joint.start()], bare_name(payer[joint.end() :])) if joint else ()
    if not pair or not all(map(is_payer, pair)):
        return payer
    return next((name for name in reversed(pair) if not _STUDIO.search(name)), pair[1])


def _without_verb(payer: str) -> tuple[str, str]:
    """A payer and the verb behind it: "Dieser Beitrag wurde von Norvane bezahlt"."""
    words = payer.split()
    known = known_words()
    end = len(words)
    while end > 1 and words[end - 1].islower() and classes_of(words[end - 1], known):
        end -= 1
    return " ".join(words[:end]), " ".join(words[end:])


def label_sentence(sentence: str) -> tuple[bool, str | None]:
    """Whether a whole sentence on the text itself is a label, and its payer: "Dieser Text ist eine Anzeige."."""
    words = sentence.split()
    if len(words) < _SENTENCE_WORDS or not _THIS.match(words[0]):
        return False, None
    written = sentence.strip(" .!()[]*")
    payer = _payer_in(written)
    return payer is not None or _says_paid(written, named=False), payer


def _known_in(head: str) -> tuple[list[str], set[str], LabelWords] | None:
    """The words of what may be a label and what they are; None where one is nothing of a label's."""
    known = known_words()
    words = label_words(head)
    if not 0 < len(words) <= _MOST_WORDS or _SHOWS.search(head):
        return None
    classes = [classes_of(word, known) for word in words]
    names = next((at for at, found in enumerate(classes) if found), len(classes))
    if not all(classes[names:]) or not _is_house(head, words[:names]):
        return None
    return words, set().union(*classes), known


def _says_paid(head: str, *, named: bool) -> bool:
    if named and _WHOLE.match(head.strip()):
        return True
    found = _known_in(head)
    return found is not None and _is_label(*found, named=named)


def _is_label(words: list[str], found: set[str], known: LabelWords, *, named: bool) -> bool:
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
