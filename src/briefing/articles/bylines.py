"""By-lines and biographies: who wrote a piece, and as what."""

import re

from briefing.model.article import Author

_WORD = r"(?:[A-ZÀ-ÖØ-ÞŁŚŽČ][\w’'.-]*|de|De|da|di|du|la|le|van|von|der|den|al|el|bin|ap|Mc\w+)"
_NAME = rf"[A-ZÀ-ÖØ-ÞŁŚŽČ][\w’'.-]*(?: {_WORD}){{1,3}}"
_NAMES = rf"{_NAME}(?:, {_NAME})*(?:,? (?:and|&) {_NAME})?"
_ROLE_WORD = re.compile(
    r"\b(?:editor|correspondent|writer|columnist|reporter|journalist|professor|lecturer|fellow|"
    r"minister|secretary|MPs?|MSPs?|MEPs?|peer|chief executive|director|author|researcher|analyst|"
    r"advis[eo]r|commentator|broadcaster|blogger|historian|economist|lawyer|barrister|solicitor|"
    r"student|president|chair(?:man|woman)?|leader|councillor|mayor|founder|partner|head|"
    r"spokes(?:man|woman|person)|critic|novelist|poet|campaigner|activist|consultant|chancellor|"
    r"associate|contributor|sketchwriter|strategist|pollster|officer|organiser|chaplain|teacher|"
    r"nurse|doctor|scientist|engineer|photographer|cartoonist|sub-editor)s?\b"
)
_BIO = re.compile(rf"^(?P<names>{_NAMES}) (?:is|are|was|were) (?P<rest>.+)$")
_BY = re.compile(
    rf"^(?:By|Words by|Written by)[: ]+(?P<names>{_NAMES}|[A-Z]{{2,}}(?: [A-Z][A-Z’'-]+){{1,3}})"
    r"(?P<rest>.*)$"
)
_OPENERS = frozenset(
    "When While If As The This That There These Those But And Or Yet So Then Now Here What Who Why "
    "How Where It He She They We You In On At For From With After Before Since Because Although "
    "Though Even Not No Yes All Both Some Many Most Once Until Unless Whether Last Next Today".split()
)
_PUBLICATION = re.compile(r" (?:of|for|at|with) (?=(?:the |The )?[A-Z])")
#: An office whose own name holds "of" or "for" and a capital.
_OFFICE = re.compile(
    r"(?:MP|MSP|MEP|MS|MLA|minister|Minister|Secretary of State|mayor) ?$|Secretary$"
)
_LONGEST = 60
_ROLE_ALONE = 14


def biography(line: str) -> tuple[Author, ...]:
    """The authors a closing biography names; none when the line is an ordinary sentence.

    It takes a capitalised name of two to four words that opens no ordinary sentence, then "is" or
    "are", then a job: a role word with the house it is held at, or a role alone in a short line.
    """
    match = _BIO.match(line)
    if not match or len(line.split()) > _LONGEST or match["names"].split()[0] in _OPENERS:
        return ()
    rest = re.split(r"(?<=[a-z)’\w])\.\s", match["rest"], maxsplit=1)[0].rstrip(". ")
    if not _ROLE_WORD.search(rest):
        return ()
    role, publication = _job(rest)
    if publication is None and len(rest.split()) > _ROLE_ALONE:
        return ()
    return tuple(
        Author(name=name, role=role, publication=publication, raw=line)
        for name in _split_names(match["names"])
    )


def byline(line: str) -> tuple[Author, ...]:
    """The authors of a line that says `By NAME`, with or without a role after a comma."""
    match = _BY.match(line)
    if not match or len(line.split()) > _ROLE_ALONE:
        return ()
    rest = match["rest"].strip()
    role = None
    if rest.startswith(",") and _ROLE_WORD.search(rest):
        role = rest.lstrip(", ").rstrip(".")
    return tuple(
        Author(name=name.title() if name.isupper() else name, role=role, raw=line)
        for name in _split_names(match["names"])
    )


def _split_names(names: str) -> list[str]:
    return [name.strip() for name in re.split(r", | and | & ", names) if name.strip()]


def _job(rest: str) -> tuple[str | None, str | None]:
    """Role and house of the first job that is still held; a former one is nobody's role."""
    for held in re.split(r",? and (?:also )?(?:now )?|, ", rest):
        job = re.sub(r"^(?:now )?(?:a|an|the) ", "", held.strip())
        if job.startswith(("former", "ex-", "Former")) or not _ROLE_WORD.search(job):
            continue
        return _role_and_house(
            re.sub(r"^(?:now )?(?:a|an|the) ", "", rest[rest.index(held) :].strip())
        )
    return None, None


def _role_and_house(job: str) -> tuple[str, str | None]:
    for match in _PUBLICATION.finditer(job):
        if _OFFICE.search(job[: match.start()]):
            continue
        house = re.split(r",| and (?=[a-z])|;| \(", job[match.end() :])[0]
        return job[: match.start()], re.sub(r"^[Tt]he ", "", house).strip(" .") or None
    return re.split(r", | and (?=[a-z])|;", job)[0].strip(" ."), None
