"""By-lines in other words than `By NAME`: who did what, names alone, names with a job, names without capitals."""

import re

from briefing.articles.text.dates import date_line, may_hold_day
from briefing.articles.vocabulary.bylines import (
    AND,
    NAME,
    NAMES,
    OPENER,
    byline,
    is_press,
    job_of,
    lone_name,
    natural,
    split_names,
)
from briefing.articles.vocabulary.lookup import Grammar
from briefing.model.article import Author

#: "Reporting by A; editing by B", "By A. Illustration by B", "Text: A | Fotos: B".
_WORK = Grammar(
    "bylines",
    rf"^(?:(?P<helps>(?i:{{helping work}}))|(?i:{{desk work}}|{{signs with}}))(?: (?:by|von|par|di|por|de))?[: ]+"
    rf"(?P<names>{NAMES})(?: in [^;]{{2,40}})?$",
)
_PARTS = re.compile(
    r"(?<=[^\W\d_]{3})\. (?=[A-ZÀ-Þ])|; | [|/·•–—-] |, (?=[^,]{4,40} by )|,? and (?=[a-z ]{4,30} by )"
)
_PIPES = re.compile(r"\s+[|/·•–—-]\s+|\s*[|·•]\s*")
_NAMES_ALONE = re.compile(rf"(?:,? {AND} |, | / )")
#: "Osian Reed, Lobby team": where a name's job stands behind a comma.
_WITH_JOB = re.compile(
    rf"^(?P<names>{NAME}|[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ’'.-]+){{1,3}})"
    r"(?:,| [|/·•–—-]) (?P<job>[^,;:]{3,60})$"
)
#: "Ann Lee, 19 June 2026".
_COMMA_DAY = re.compile(rf"^(?P<names>{NAMES}), (?P<day>[^,]{{3,20}},? ?(?:19|20)\d\d.{{0,20}})$")
#: "Ann Lee in Bergen", "Ann Lee @annlee".
_PLACED = re.compile(
    r" \(?@\w{2,30}\)?$|(?: (?:in|at|à|en|aus|da|em|uit|w)|,) [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)?$"
)
#: Hebrew, Arabic, Devanagari, kana, Chinese characters and Hangul, with the dot between parts of a name.
_UNCASED = r"[\u0590-\u05ff\u0600-\u06ff\u0900-\u097f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af・·]"
_UNCASED_ALONE = re.compile(rf"^{_UNCASED}{{2,16}}(?: {_UNCASED}{{1,16}}){{0,3}}$")
_UNCASED_NAME = rf"(?P<name>{_UNCASED}{{2,16}}?(?: {_UNCASED}{{1,16}}){{0,3}}?)"
_UNCASED_SIGNED = Grammar(
    "bylines",
    rf"^[【\[(（]?(?:{{signs before an uncased name}}[:： ・]+)?{_UNCASED_NAME}"
    r"(?P<job> ?{job behind an uncased name})?[】\])）]?$",
)
#: "Ann Lee Political Editor": the job begins at the third word.
_JOB_NEXT = re.compile(r"^(?P<name>[A-ZÀ-Þ][\w’'-]+ [A-ZÀ-Þ][\w’'-]+) (?=[A-ZÀ-Þ])")
#: The page of a printed paper, and a writer's address behind the name.
_PAGE, _MAIL = re.compile(r"^(?:[Pp]age )?[A-Z]{0,2}\d{1,3}$"), re.compile(r"\s+\S+@\S+\.\w+$")
#: The site's address next to a name and a day.
_HOST = re.compile(r"^(?:[a-z0-9-]{2,40}\.){1,3}[a-z]{2,12}$")
_LONGEST, _FEW_WORDS = 160, 14


def credits_line(line: str) -> tuple[Author, ...]:
    """The authors of a line on who did what: neither those who helped nor those who took the pictures."""
    if len(line) > _LONGEST or not (" by " in line or ": " in line):
        return ()
    parts = [_WORK.match(part.strip(" .")) for part in _PARTS.split(line.strip("()[] "))]
    if None in parts or (len(parts) == 1 and line[:3].lower() == "by "):
        return ()
    return tuple(
        Author(name=name, raw=line)
        for part in parts
        if part and not part["helps"]
        for name in split_names(part["names"])
    )


def signed_and_dated(line: str) -> tuple[Author, ...]:
    """The authors of `NAME | DAY` or `NAME, JOB · DAY`, in whatever order the two stand."""
    if not may_hold_day(line):
        return ()
    parts = [part for part in _PIPES.split(line) if part]
    if len(parts) == 1 and (signed := _next_to_day(line)):
        return signed
    if len(parts) == 1 and (written := _COMMA_DAY.match(line)):
        parts = [written["names"], written["day"]]
    days = [part for part in parts if date_line(part)]
    rest = [part for part in parts if part not in days and not _HOST.match(part)]
    named = [authors for part in rest if (authors := byline(_MAIL.sub("", part)))]
    if days and len(named) == 1:
        return named[0]
    if days and len(rest) > 1:
        rest = _behind_day(parts)
    if len(parts) < 2 or not days or len(rest) != 1:  # noqa: PLR2004 - a name and a day
        return ()
    return signed_with_job(rest[0]) or names_alone(rest[0])


def _behind_day(parts: list[str]) -> list[str]:
    """Of `PAPER · DAY · PAGE · NAME`, as readers of printed papers copy it, what stands behind the day."""
    first = next(at for at, part in enumerate(parts) if date_line(part))
    return [_MAIL.sub("", part) for part in parts[first + 1 :] if not _PAGE.match(part)]


def _next_to_day(line: str) -> tuple[Author, ...]:
    """The authors of a by-line with a word or a job that signs, and nothing but a space to the day."""
    words = line.split()
    for at in range(1, len(words) if len(words) <= _FEW_WORDS else 0):
        one, other = " ".join(words[:at]).rstrip(",;"), " ".join(words[at:])
        for signed, day in ((one, other), (other, one)):
            authors = byline(signed) or uncased_byline(signed) if date_line(day) else ()
            if authors:
                return authors
    return ()


def names_alone(line: str) -> tuple[Author, ...]:
    """The authors when a line is one or more names and nothing else."""
    if _UNCASED_ALONE.match(line):
        return (Author(name=line, raw=line),)
    if signed := byline(line):
        return signed
    parts = _NAMES_ALONE.split(_PLACED.sub("", line))
    if any(lone_name(natural(part)) is None for part in parts) or is_press(line):
        return ()
    return tuple(Author(name=natural(part), raw=line) for part in parts)


def signed_with_job(line: str) -> tuple[Author, ...]:
    """The author of `NAME, JOB` alone on its line, where the job is one of the press."""
    if not (_WITH_JOB.match(line) or _JOB_NEXT.match(line)) or not is_press(line):
        return ()
    match = _WITH_JOB.match(_JOB_NEXT.sub(r"\g<name>, ", line))
    if not match or OPENER.match(match["names"]) or line.endswith((".", "?", "!", ":")):
        return ()
    if not is_press(match["job"]):
        return ()
    role, house = job_of(match["job"])
    return (Author(name=natural(match["names"]), role=role, publication=house, raw=line),)


def uncased_byline(line: str) -> tuple[Author, ...]:
    """The author whom a line in a script without capitals names, by a word that signs before or a job behind."""
    match = _UNCASED_SIGNED.match(_MAIL.sub("", line)) if len(line) <= _LONGEST else None
    if not match or match[0] == match["name"]:
        return ()
    role = (match["job"] or "").strip() or None
    return (Author(name=match["name"].strip(), role=role, raw=line),)
