"""By-lines and biographies: who wrote a piece, and as what."""

import re

from briefing.articles.text.dates import MONTHS
from briefing.articles.vocabulary.lookup import Grammar
from briefing.model.article import Author

_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŽČŠĐ]"
#: "By Ann Lee March 18": a month before a figure is not a surname.
_DAY = rf"(?i:{'|'.join(MONTHS)})[a-zéûç]{{0,8}}\.? \d"
_WORD = (
    rf"(?:(?!(?:Published|Posted|Updated)\b|{_DAY}){_CAPITAL}(?:[^\W\d_]|[’'.-]){{0,25}}|"
    rf"(?:de|da|di|du|del|la|le|van|von|der|den|ten|al|el|bin|ap|ab|y|e)\b)"
)
_NAME = rf"{_CAPITAL}(?:[^\W\d_]|[’'.-]){{0,25}}(?: {_WORD}){{1,4}}"
_AND = r"(?:and|&|et|und|y|e|en)"
_NAMES = rf"{_NAME}(?:, {_NAME}){{0,5}}(?:,? {_AND} {_NAME})?"
_IS = r"(?:is|are|was|were|est|sont|ist|sind|es|son|è|sono)"
_ROLE_WORD = Grammar("bylines", r"\b(?:{press}|{office}|{officer})\b", re.IGNORECASE)
_PRESS = Grammar("bylines", r"\b{press}\b", re.IGNORECASE)
_OFFICE = Grammar("bylines", r"\b{office}\b", re.IGNORECASE)
_BIO = re.compile(
    rf"^(?P<names>{_NAMES})(?P<post>,? (?:MP|MSP|MEP|QC|KC|CBE|OBE|MBE))?"
    rf"(?:, [^.]{{3,60}},| \([^)]{{2,40}}\))? (?:{_IS}) (?P<rest>.+)$"
)
#: People who "write for" or "teach at" instead of being something.
_DOES = Grammar(
    "bylines",
    rf"^(?P<names>{_NAMES}) (?:also |regularly )?{{does}}\b"
    r"(?P<rest> (?:(?:\w+ ){0,6}(?:for|at|on|about) .{2,160}|[A-Z].{2,160}|@\w+.{0,60}))$",
)
_NAMELESS = re.compile(
    rf"^(?:the )?(?:author|writer|reviewer|columnist)s? (?:{_IS}) (?P<rest>.+)$", re.IGNORECASE
)
_BY = Grammar(
    "bylines",
    rf"^(?i:{{signs with}})[: ] ?(?P<names>{_NAMES}|[A-Z]{{2,}}(?: [A-Z][A-Z’'.-]+){{1,3}}"
    rf"(?: AND [A-Z]{{2,}}(?: [A-Z][A-Z’'.-]+){{1,3}})?)(?P<rest>.*)$",
)
#: Two names, each with a role of its own.
_EACH = Grammar(
    "bylines",
    rf"^(?i:{{signs with}})[: ] ?(?P<first>{_NAME}, (?P<one>[^,]{{3,50}})),? {_AND} "
    rf"(?P<second>{_NAME}, (?P<other>[^,]{{3,50}}))$",
)
#: What may follow the names in a by-line: nothing, a role, a house, a place or a date.
_AFTER_NAMES = re.compile(
    r"^(?:$|[,|•·–—(\[-].*| (?:on|in|at|for|[Pp]ublished|[Pp]osted|[Uu]pdated|[|•·–—-]|\() ?.*|"
    rf"(?: \d{{1,2}} \w+.*)| {_DAY}.*)$"
)
_OPENER = Grammar("bylines", r"{sentence opener}(?!\S)")
_PUBLICATION = re.compile(
    r" (?:of|for|at|with|on|from|du|de|der|des|von|beim|bei|del|di) (?=(?:the |The |la |le |der |"
    r"die )?[A-ZÀ-Þ])"
)
#: An office whose own name goes on after "of" or "for".
_KEEPS = Grammar("bylines", r"\b{kept with its place}$", re.IGNORECASE)
_POSSESSIVE = re.compile(
    r"^(?:(?:the|this) )?(?P<house>[A-ZÀ-Þ][\w&.-]*(?: (?:of |and |"
    r"the )?[A-ZÀ-Þ][\w&.-]*){0,5})(?:[’']s|s[’']) (?P<job>[a-z].+)$"
)
_TAIL = re.compile(
    r",? (?:based (?:in|at)|who|where|whose|specialising|writing|covering|and (?:tweets|blogs|"
    r"writes|can be|is|a |an |the |"
    r"author|co-author|former|also)|currently|since)\b.*$|[;(].*$|, (?!and\b).*$| and (?=[a-z]).*$"
)
_POST_NOMINALS = Grammar("bylines", r",? {post-nominal}\b\.?")
_FORMER = re.compile(
    r"^(?:a |an |the )?(?:former|ex-|previously|onetime|one-time|ehemaliger?|ancienn?e?)\b",
    re.IGNORECASE,
)
_LONGEST = 70
_BY_LONGEST = 18
_ROLE_ALONE = 14


def biography(line: str) -> tuple[Author, ...]:
    """The authors a closing biography names; none when the line is an ordinary sentence.

    It takes a capitalised name of two to five words that opens no ordinary sentence, then "is" or
    "are", then a job: a role word with the house it is held at, or a role alone in a short line.
    "The writer is …" gives one author without a name.
    """
    if line.count(" ") >= _LONGEST:
        return ()
    nameless = _NAMELESS.match(line)
    match = nameless or _BIO.match(line)
    if not match:
        return _does(line)
    names = "" if nameless else match["names"]
    if names and _OPENER.match(names):
        return ()
    rest = _first_sentence(match["rest"])
    role, publication = _job(rest)
    if role is None or (publication is None and rest.count(" ") >= _ROLE_ALONE):
        return ()
    return tuple(
        Author(name=name, role=role, publication=publication, raw=line)
        for name in (_split_names(names) if names else [""])
    )


def _does(line: str) -> tuple[Author, ...]:
    match = _DOES.match(line)
    if not match or _OPENER.match(match["names"]) or line.count(" ") >= 30:  # noqa: PLR2004
        return ()
    house = re.search(
        r" (?:for|at) (?:the |The )?([A-Z][\w&’'. ]{2,50}?)(?=[.,;]|$| and )", match["rest"]
    )
    return tuple(
        Author(name=name, publication=house[1].strip() if house else None, raw=line)
        for name in _split_names(match["names"])
    )


def byline(line: str) -> tuple[Author, ...]:
    """The authors of a line that says `By NAME`, with or without role, place and date."""
    each = _EACH.match(line)
    if each and all(_ROLE_WORD.search(each[role]) for role in ("one", "other")):
        return (*byline(f"By {each['first']}"), *byline(f"By {each['second']}"))
    match = _BY.match(line) if line.count(" ") < _BY_LONGEST else None
    if not match or line.endswith(("?", "!")):
        return ()
    rest = match["rest"]
    if not _AFTER_NAMES.match(rest) or (line.endswith(".") and not _ROLE_WORD.search(rest)):
        return ()
    role, house = None, None
    written = re.split(r"\s[–—|-]\s|\s\d", rest.lstrip(" ,|–—-("))[0].rstrip(" .)")
    if _ROLE_WORD.search(written):
        role, house = _job(written)
    return tuple(
        Author(name=_natural(name), role=role, publication=house, raw=line)
        for name in _split_names(match["names"])
    )


def is_press(role: str | None) -> bool:
    """True for a job of the press or the university."""
    return bool(role and _PRESS.search(role))


def is_office(role: str | None) -> bool:
    """True for an elected or public office."""
    return bool(role and _OFFICE.search(role))


def lone_name(line: str) -> str | None:
    """The name when the line is two to four capitalised words and nothing else."""
    whole = re.match(rf"^{_CAPITAL}[a-zà-ÿ’'.-]{{1,20}}(?: {_WORD}){{1,3}}$", line)
    return line if whole and not _OPENER.match(line) else None


def lone_role(line: str) -> str | None:
    """The role when the line is a job and nothing else: "Political editor, The Weekly"."""
    if line.count(" ") > 7 or line.endswith((".", "?", "!", ":")) or not _PRESS.search(line):  # noqa: PLR2004
        return None
    return _job(line)[0]


def _natural(name: str) -> str:
    return name.title() if name.isupper() else name


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z)’\w]{2})\.(?:\s|$)", text, maxsplit=1)[0].rstrip(". ")


def _split_names(names: str) -> list[str]:
    parts = re.split(rf", | (?:{_AND}|AND) ", names)
    return [_POST_NOMINALS.pattern.sub("", part).strip(" ,") for part in parts if part.strip()]


def _job(rest: str) -> tuple[str | None, str | None]:
    """Role and house of the first job that is still held; a former one is nobody's role."""
    held = rest.strip()
    while held:
        job = re.sub(
            r"^(?:now |currently |also )?(?:an? |the (?=[a-z])|une? |le |la |eine? |der |die |"
            r"una? |el )?",
            "",
            held,
        )
        if not _FORMER.match(held):
            role, house = _role_and_house(job)
            if role and _ROLE_WORD.search(role):
                return role, house
        parts = re.split(r",? and (?:also )?(?:now )?|, (?:now )?|; ", held, maxsplit=1)
        held = parts[1] if len(parts) > 1 else ""
    return None, None


def _role_and_house(job: str) -> tuple[str | None, str | None]:
    owned = _POSSESSIVE.match(job)
    if owned:
        return _TAIL.sub("", owned["job"]).strip(" .,") or None, owned["house"]
    for match in _PUBLICATION.finditer(job):
        before = job[: match.start()]
        if _KEEPS.search(before):
            continue
        if any(_ROLE_WORD.search(part) for part in re.split(r", | and ", before)[1:]):
            break
        house = re.split(r",|;| \(| and (?=[a-zà-ÿ])|(?<=\w)\. | who | where ", job[match.end() :])[
            0
        ]
        return before, re.sub(r"^(?:[Tt]he|la|le|der|die) ", "", house).strip(" .") or None
    return _TAIL.sub("", job).strip(" .,") or None, None
