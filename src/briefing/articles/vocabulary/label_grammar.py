"""Labels put together from words that say "paid" and words that say "text", in any order.

Every house invents its own: "Courier BrandVoice", "Guest post (paid placement)", "Partnercontent".
So a label is no phrase of a list but a line in which nothing else stands: a word of paying or
trade, a word for a text, the small words between them, the house's own name before them and the
payer's behind "by".
"""

import re

from briefing.articles.vocabulary.payer_names import is_name

#: These say by themselves that money changed hands. Stems: German and Dutch glue words together.
_PAID = (
    "sponsor gesponsor gesponser sponsrad sponset patrocin paid advert advertorial promo pubblicit publicit "
    "publirep publired publiedit werbe werbung anzeige reklam bezahlt betaald betalt annons hysbys ad"
).split()
#: These say it only beside a word for a text.
_TRADE = (
    "partner brand commerc client hosted custom affiliat verlag partenaire marque marca marketing "
    "member supplier vendor corporate"
).split()
_TEXT = (
    "content contenu contenut contenid inhalt inhoud innehåll innhold indhold conteúd feature article articol "
    "artícul artikel beitrag bijdrage post story stories espacio espace espaço spazio spezial special beilage "
    "programme program voice view viewpoint perspective page publication announcement message placement "
    "column blog zone hub section supplement series insight material materiał communiqué comunicado "
    "information redazional reportage thema collection bulletin notice guide profile dossier"
).split()
#: Words that a text's maker may stand behind, whoever that is.
_CONTENT = (
    "conten",
    "contén",
    "inhalt",
    "inhoud",
    "inneh",
    "innh",
    "indh",
    "espac",
    "espaç",
    "spazio",
)
_MADE = (
    "propos présent offert realis réalis produ presented created provided prepared supplied brought "
    "präsent erstellt aangebod ofrecid presentad offerto prepar"
).split()
_SMALL = frozenset(
    "a an the our your this is of for from in and with to & x guest special all le la les de du des "
    "un une der die das ein eine el los una il lo per van het een o os um uma et und en y e".split()
)
_BY = re.compile(
    r"\s+(?:by|from|par|von|por|da|door|av|af|a cura di|on behalf of|for|with|avec|mit|con|met)\s+"
    r"|(?<=sponsor),\s+|(?<=partner),\s+|(?<=advertiser),\s+",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?|&")
_HUMP = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_MOST_WORDS, _MOST_NAMES = 12, 2
#: A member, a guest or a host has much that is no advert; only its "content" is one.
_ONLY_CONTENT = ("member", "hosted", "custom", "corporate", "supplier", "vendor")


def composed_label(line: str) -> tuple[str, str | None] | None:
    """For a line that is a label and nothing else: the line, and the payer when it names one."""
    written = line.strip(" :*[]()|–—-·•")
    if not written or written.endswith((".", "?", "!")):
        return None
    for joint in (None, *_BY.finditer(written)):
        head = written[: joint.start()] if joint else written
        payer = written[joint.end() :].strip() if joint else None
        if payer is not None and not is_name(payer):
            continue
        if _says_paid(head, named=payer is not None):
            return line, payer
    return None


def _says_paid(head: str, *, named: bool) -> bool:
    words = [word.casefold() for word in _WORDS.findall(_HUMP.sub(" ", head))]
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    classes = [_classes(word) for word in words]
    names = next((at for at, found in enumerate(classes) if found), len(classes))
    if not all(classes[names:]) or not _is_house(head, words[:names]):
        return False
    found = set().union(*classes)
    if "text" in found and "paid" in found:
        return len(words) > 1 or _COMPOUND.fullmatch(words[0]) is not None
    is_content = any(word.startswith(_CONTENT) for word in words)
    narrow = any(word.startswith(_ONLY_CONTENT) for word in words)
    if "text" in found and "trade" in found:
        return is_content or not narrow
    return named and ("paid" in found or ("made" in found and is_content))


def _is_house(head: str, words: list[str]) -> bool:
    """What stands before the label is short and capitalised: the name of the house or the section."""
    return len(words) <= _MOST_NAMES and all(
        word.title() in head or word.upper() in head for word in words
    )


def _classes(word: str) -> set[str]:
    """What a word may be; a compound is all that its parts are."""
    plain = re.sub(r"[’']s?$", "", word)
    if plain in _SMALL:
        return {"small"}
    whole = {name for name, stems in _CLASSES.items() if _starts(plain, stems)}
    if whole & {"paid", "trade"} and _COMPOUND.fullmatch(plain):
        whole.add("text")
    return whole


def _starts(word: str, stems: tuple[frozenset[str], tuple[str, ...]]) -> bool:
    whole, beginnings = stems
    return word in whole or word.startswith(beginnings)


def _stems(words: list[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words as they stand, and those long enough to be a beginning: "ad" opens many others."""
    return frozenset(words), tuple(word for word in words if len(word) > 3)  # noqa: PLR2004


_COMPOUND = re.compile(rf"(?:{'|'.join((*_PAID, *_TRADE))})(?:\w{{0,3}}?)(?:{'|'.join(_TEXT)})\w*")
_CLASSES = {
    name: _stems(words)
    for name, words in (("paid", _PAID), ("trade", _TRADE), ("text", _TEXT), ("made", _MADE))
}
