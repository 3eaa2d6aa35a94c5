"""By-lines and biographies: who wrote a piece, and as what."""

import re

from briefing.articles.text.date_words import MONTHS
from briefing.articles.vocabulary.lookup import Grammar
from briefing.model.article import Author

#: Of Latin with its accents, Greek and Cyrillic.
CAPITAL = f"[{''.join(sign for sign in map(chr, range(0x41, 0x530)) if sign.isupper())}]"
#: "By Ann Lee March 18": a month before a figure is not a surname.
_DAY = rf"(?i:{'|'.join(MONTHS)})[a-zéûç]{{0,8}}\.? \d"
_WORD = (
    rf"(?:(?!(?:Published|Posted|Updated)\b|On (?:\w+ )?\d|{_DAY}){CAPITAL}(?:[^\W\d_]|[’'.-]){{0,25}}|"
    rf"(?:de|da|di|du|del|la|le|van|von|der|den|ten|al|el|bin|ap|ab|y|e)\b)"
)
NAME = rf"{CAPITAL}(?:[^\W\d_]|[’'.-]){{0,25}}(?: {_WORD}){{1,4}}"
AND = r"(?:and|&|et|und|y|e|en|og|och|ja|ve|i|и|та|και)"
NAMES = rf"{NAME}(?:, {NAME}){{0,5}}(?:,? {AND} {NAME})?"
_IS = r"(?:is|are|was|were|est|sont|ist|sind|es|son|è|sono)"
_ROLE_WORD = Grammar("bylines", r"\b(?:{press}|{office}|{officer})\b", re.IGNORECASE)
_PRESS = Grammar("bylines", r"\b{press}\b", re.IGNORECASE)
_OFFICE = Grammar("bylines", r"\b{office}\b", re.IGNORECASE)
_BIO = re.compile(
    rf"^(?P<names>{NAMES})(?P<post>,? (?:MP|MSP|MEP|QC|KC|CBE|OBE|MBE))?"
    rf"(?:, [^.]{{3,60}},| \([^)]{{2,40}}\))? (?:{_IS}) (?P<rest>.+)$"
)
#: People who "write for" or "teach at" instead of being something.
_DOES = Grammar(
    "bylines",
    rf"^(?P<names>{NAMES}) (?:also |regularly )?{{does}}\b"
    r"(?P<rest> (?:(?:\w+ ){0,6}(?:for|at|on|about) .{2,160}|[A-Z].{2,160}|@\w+.{0,60}))$",
)
_NAMELESS = re.compile(
    rf"^(?:the )?(?:author|writer|reviewer|columnist)s? (?:{_IS}) (?P<rest>.+)$", re.IGNORECASE
)
_BY = Grammar(
    "bylines",
    rf"^(?i:{{signs with}})[:, ] ?(?P<names>{NAMES}|[A-Z]{{2,}}(?: [A-Z][A-Z’'.-]+){{1,3}}"
    rf"(?: AND [A-Z]{{2,}}(?: [A-Z][A-Z’'.-]+){{1,3}})?)(?P<rest>.*)$",
)
#: Two names, each with a role of its own.
_EACH = Grammar(
    "bylines",
    rf"^(?i:{{signs with}})[: ] ?(?P<first>{NAME}, (?P<one>[^,]{{3,50}})),? {AND} "
    rf"(?P<second>{NAME}, (?P<other>[^,]{{3,50}}))$",
)
#: "Af Nordpress": the word that signs before one word is a house's by-line, and no first name.
_SIGNED_HOUSE = Grammar("bylines", r"^(?i:{signs with}) \S+$")
#: "NEWS PROVIDED BY": a name does not end so.
_NEVER_LAST = frozenset("by for from of on in at to with and or the a an".split())
#: "NWR-Studio Harle", next to names that are not in capitals.
_HOUSE = re.compile(r"^[A-Z]{2,6}[ -][A-ZÀ-Þ][a-zà-ÿ]+(?: [A-ZÀ-Þ][\w’'-]+)*$")
#: "By state political reporter Ann Lee": the job in small letters before the name.
_JOB_FIRST = Grammar(
    "bylines",
    r"^(?i:{signs with}) (?:the |our )?(?P<job>[^\W\dA-Z_][\w’'-]*(?: [^\W\dA-Z_][\w’'-]*){0,4}) "
    rf"(?P<name>{NAME})$",
)
#: What may follow the names in a by-line: nothing, a role, a house, a place or a date.
_AFTER_NAMES = re.compile(
    r"^(?:$|[,|•·–—(\[-].*| (?:[Oo]n|in|at|for|[Pp]ublished|[Pp]osted|[Uu]pdated|[|•·–—-]|\() ?.*|"
    rf"(?: \d{{1,2}} \w+.*)| {_DAY}.*)$"
)
OPENER = Grammar("bylines", r"{sentence opener}(?!\S)")
_PUBLICATION = re.compile(
    r" (?:of|for|at|with|on|from|du|de|der|des|von|beim|bei|del|di) (?=(?:the |The |la |le |der |"
    r"die )?[A-ZÀ-Þ])"
)
#: An office whose own name goes on after "of" or "for".
_KEEPS = Grammar("bylines", r"\b{kept with its place}$", re.IGNORECASE)
_POSSESSIVE = re.compile(
    r"^(?:(?:the|this) )?(?P<house>[A-ZÀ-Þ][\w&.-]*(?: (?:of |and |"
    r"the )?[A-ZÀ-Þ][\w&.-]*){0,5})(?:[’']s|s[’']) (?P<job>(?:[a-z]|[A-Z][\w-]+ [a-z]).+)$"
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
#: "Ann Lee's “The Long Count” is published by Tallis House."
_BOOK = Grammar(
    "bylines",
    rf"^(?P<names>{NAME})(?:[’']s|[’'](?= )) .{{2,90}} (?:is|was|will be) (?:{{brought out}})\b.{{0,90}}$",
)
#: "Ann Lee in London, Bo Ray in Paris": where each of them writes from.
_PLACED = re.compile(
    r" (?:in|at) [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?(?=, [A-ZÀ-Þ]| and [A-ZÀ-Þ])"
    rf"| \([^()]{{2,25}}\)(?=(?:, | {AND} )[A-ZÀ-Þ])"
)
#: "By Ann Lee Business Reporter": the job begins at the third word.
_TRAILING_JOB = re.compile(rf"^{CAPITAL}\S* {CAPITAL}\S* (?P<job>{CAPITAL}.*)$")
#: "Courier Post Staff" signs for a house.
_HOUSE_STAFF = frozenset({"staff", "staff reports"})
_SMALL = re.compile(r"\b(?:For|In|At|And|Of|The|On|Und|Et|Y|E)\b")
_LONE = re.compile(rf"^{CAPITAL}[^\W\dA-Z_’'.-]{{1,20}}(?: {_WORD}){{1,3}}$")
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
        return _does(line) or _publishes(line)
    names = "" if nameless else match["names"]
    if names and OPENER.match(names):
        return ()
    rest = _first_sentence(match["rest"])
    role, publication = job_of(rest)
    if role is None or (publication is None and rest.count(" ") >= _ROLE_ALONE):
        return ()
    return tuple(
        Author(name=name, role=role, publication=publication, raw=line)
        for name in (split_names(names) if names else [""])
    )


def _does(line: str) -> tuple[Author, ...]:
    match = _DOES.match(line)
    if not match or OPENER.match(match["names"]) or line.count(" ") >= 30:  # noqa: PLR2004
        return ()
    house = re.search(
        r" (?:for|at) (?:the |The )?([A-Z][\w&’'. ]{2,50}?)(?=[.,;]|$| and )", match["rest"]
    )
    return tuple(
        Author(name=name, publication=house[1].strip() if house else None, raw=line)
        for name in split_names(match["names"])
    )


def _publishes(line: str) -> tuple[Author, ...]:
    match = _BOOK.match(line)
    if not match or OPENER.match(match["names"]):
        return ()
    return (Author(name=match["names"], raw=line),)


def byline(line: str) -> tuple[Author, ...]:
    """The authors of a line that says `By NAME`, with or without role, place and date."""
    each = _EACH.match(line)
    if each and all(_ROLE_WORD.search(each[role]) for role in ("one", "other")):
        return (*byline(f"By {each['first']}"), *byline(f"By {each['second']}"))
    first = _JOB_FIRST.match(line) if line.count(" ") < _BY_LONGEST else None
    if first and is_press(first["job"]):
        return (Author(name=first["name"], role=first["job"], raw=line),)
    line = _PLACED.sub("", _lowered(line))
    match = _BY.match(line) if line.count(" ") < _BY_LONGEST else None
    if not match or line.endswith(("?", "!")) or match["names"].startswith("Our "):
        return ()
    rest = match["rest"]
    if not _AFTER_NAMES.match(rest) or (line.endswith(".") and not _ROLE_WORD.search(rest)):
        return ()
    names, _, last = match["names"].rpartition(", ")
    if names and not rest and _PRESS.search(last) and not re.search(rf" {AND} ", last):
        return _signed(names, last, line)
    return _signed(match["names"], rest, line)


def _lowered(line: str) -> str:
    """A by-line whose names are in capitals as it is written elsewhere."""
    sign, _, rest = line.partition(" ")
    if not rest.isupper():
        return line
    return f"{sign} {_SMALL.sub(lambda word: word[0].lower(), rest.title())}"


def _signed(names: str, rest: str, line: str) -> tuple[Author, ...]:
    role, house = None, None
    written = re.split(r"\s[–—|-]\s|\s\d", rest.lstrip(" ,|–—-("))[0].rstrip(" .)")
    if _ROLE_WORD.search(written):
        role, house = job_of(written)
    signers = split_names(names)
    if len(signers) > 1 and house is None and _HOUSE.match(signers[-1]):
        house = signers.pop()
    found = [_TRAILING_JOB.match(name) for name in signers]
    jobs = [one["job"] if one and is_press(one["job"]) else "" for one in found]
    jobs = ["" if job.casefold() in _HOUSE_STAFF else job for job in jobs]
    return tuple(
        Author(
            name=natural(name.removesuffix(job).strip()),
            role=role or job or None,
            publication=house,
            raw=line,
        )
        for name, job in zip(signers, jobs, strict=True)
    )


def is_press(role: str | None) -> bool:
    """True for a job of the press or the university."""
    return bool(role and _PRESS.search(role))


def is_office(role: str | None) -> bool:
    """True for an elected or public office."""
    return bool(role and _OFFICE.search(role))


def lone_name(line: str) -> str | None:
    """The name when the line is two to four capitalised words and nothing else."""
    if (
        not _LONE.match(line)
        or _SIGNED_HOUSE.match(line)
        or line.rpartition(" ")[2].casefold() in _NEVER_LAST
    ):
        return None
    return line if not OPENER.match(line) and not _PRESS.search(line) else None


def signs_house(line: str) -> bool:
    """True for the word that signs before one word: a house's by-line, or the beginning of a sentence."""
    return bool(_SIGNED_HOUSE.match(line))


def lone_role(line: str) -> str | None:
    """The role when the line is a job and nothing else: "Political editor, The Weekly"."""
    if line.count(" ") > 7 or line.endswith((".", "?", "!", ":")) or not _PRESS.search(line):  # noqa: PLR2004
        return None
    return job_of(line)[0]


def natural(name: str) -> str:
    """A name in capitals as one is written."""
    return name.title() if name.isupper() else name


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-z)’\w]{2})\.(?:\s|$)", text, maxsplit=1)[0].rstrip(". ")


def split_names(names: str) -> list[str]:
    """The single names of "A, B and C", without letters behind them."""
    parts = re.split(rf", | (?:{AND}|AND) ", names)
    return [_POST_NOMINALS.pattern.sub("", part).strip(" ,") for part in parts if part.strip()]


def job_of(rest: str) -> tuple[str | None, str | None]:
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
