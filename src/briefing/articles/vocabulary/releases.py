"""Press releases: the lines that only a press office writes, and the voice of a body that speaks for itself."""

import re

from briefing.articles.text.dates import date_line
from briefing.articles.vocabulary.lookup import Finder, Grammar
from briefing.articles.vocabulary.payer_names import is_name

_RELEASE = Finder("releases", "release")
_END = Finder("releases", "end of release")
_NOTES = Finder("releases", "notes heading")
_CONTACT = Finder("releases", "contact heading")
_FOLDER = Finder("releases", "release folder")
_MAILBOX = Finder("releases", "press mailbox")
_KIND = Finder("releases", "release kind")
_INVESTORS = Finder("releases", "investors heading")
_IMPRINT = Finder("releases", "imprint")
_STATEMENT = Finder("releases", "statement")
_WIRE = Grammar("releases", r"\b{release wire}\b|{release wire}", re.IGNORECASE)
#: "LEITH--(HARBOUR WIRE)--", "LEITH, Nov. 2, 2026 /HarbourWire/ --": the joints that only distributors set.
_WIRED = re.compile(
    r"--\s?\([A-Z][A-Z &]{3,30}\)\s?--|\s/[A-Z][\w-]{3,20}(?: [A-Z][\w-]{2,20})?/\s?--"
)
_FROM = Grammar("releases", r"^(?i:{from whom}) ?(?P<name>(?:the )?[A-ZÀ-Þ0-9][^.:;!?]{1,80})$")
_IMPRINT_BODY = re.compile(r" on behalf of (?P<name>[^,]{2,80}?)(?:,| (?:both |all )?(?:of|at) )")
_PREFIX = Grammar(
    "releases",
    r"^[\[(]?(?P<kind>{release prefix})[\])]?\s*(?:[:|]|\s[–—-]\s)\s*(?=\S)",
    re.IGNORECASE,
)
_SUFFIX = Grammar(
    "releases", r"(?<=\S)\s*(?:[|–—]|\s-)\s*(?P<kind>{release kind})[\])]?$", re.IGNORECASE
)
_ABOUT = Grammar(
    "releases",
    r"^(?i:{about heading}) (?P<name>(?:[Tt]he )?[A-ZÀ-Þ0-9][^.:;!?]{1,80}?)\s*:?$",
)
_OFFICE = Grammar(
    "releases", r"(?:[,|–—-]|\b(?:of|at|from))?\s*(?:\bthe )?\b{press office}\b\W*", re.IGNORECASE
)
#: Dashes, stars and brackets around a line: "– ENDS –", "[Ends]".
_FRAME = re.compile(r"^[\W_]+|[\W_]+$")
#: In characters; what stands over, under and between is short.
_LONGEST = 120
_MEMBERS = Grammar("releases", r"\b[Oo]ur (?:own |[\d,.]+ (?:million |thousand )?)?{own members}\b")
_FINDINGS = Grammar("releases", r"\b[Oo]ur {own findings}\b")
_PLEA = Grammar("releases", r"{own plea}\b")


def declares_release(line: str) -> bool:
    """True for "Press release" or "For immediate release" alone on a line, with a date or number."""
    if len(line) > _LONGEST or _RELEASE.find(_bare(line)) is None:
        return False
    form, rest = lift_release(line)
    return form is None or date_line(rest) is not None


def names_release(written: str) -> bool:
    """True where metadata name the form: "press-release", "PressRelease", "press_release"."""
    words = " ".join(re.findall(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])|[^\W\d_]+", written))
    is_short = len(written) <= _LONGEST
    return is_short and any(_KIND.find(one) for one in (words, words.removesuffix("s")))


def lift_release(headline: str) -> tuple[str | None, str]:
    """What names the form before or behind a headline, and the headline without it."""
    match = _PREFIX.match(headline) or _SUFFIX.search(headline)
    if not match or match[0] == headline:
        return None, headline
    return match["kind"], headline[: match.start()] + headline[match.end() :]


def ends_release(line: str) -> bool:
    """True for "ENDS", "-30-" and their like alone on a line."""
    bare = _bare(line)
    is_figure = bare.isdigit() and bare == line
    return len(line) <= _LONGEST and not is_figure and _END.find(bare) is not None


def opens_notes(line: str) -> bool:
    """True for "Notes to editors" alone on a line, or with the first of them behind a colon."""
    heading = _bare(line.partition(":")[0])
    return len(heading) <= _LONGEST and _NOTES.find(heading) is not None


def opens_contact(line: str) -> bool:
    """True for a line that says whom newsrooms may call."""
    return len(line) <= 3 * _LONGEST and _CONTACT.find(line) is not None


def opens_about(line: str) -> str | None:
    """The name in "About NAME" alone on a line."""
    match = _ABOUT.match(line.strip("*_ "))
    if not match or not is_name(re.sub(r"^[Tt]he |\s?\([^()]*\)", "", match["name"])):
        return None
    return re.sub(r"^[Tt]he (?=[A-ZÀ-Þ])", "the ", match["name"]).strip()


def opens_investors(line: str) -> bool:
    """True for "Forward-looking statements" and "Investor relations" alone on a line."""
    return len(line) <= _LONGEST and _INVESTORS.find(_bare(line)) is not None


def distributed_by(paragraph: str) -> str | None:
    """The paid distributor of releases in the dateline of a first paragraph."""
    found = _WIRE.search(paragraph[:_LONGEST]) or _WIRED.search(paragraph[:_LONGEST])
    return found[0].strip("/-() ") if found else None


def issued_from(line: str) -> str | None:
    """The name in "Issued by: NAME" or "From: NAME" alone on a line."""
    found = _FROM.match(line)
    return found["name"] if found else None


def imprint(line: str) -> str | None:
    """The body in the imprint that election law asks for: promoter, body and address."""
    found = _IMPRINT_BODY.search(line) if _IMPRINT.find(line) else None
    return found["name"] if found else None


def is_statement(headline: str) -> bool:
    """True for a headline that calls its text a statement."""
    return _STATEMENT.find(headline) is not None


def without_office(name: str) -> str | None:
    """The body whose press office this is; empty where it names none, None for other names."""
    found = _OFFICE.search(name)
    return _FRAME.sub("", name[: found.start()] + " " + name[found.end() :]) if found else None


def is_press_mailbox(address: str) -> bool:
    """True for an address such as press@…."""
    return _MAILBOX.find(address.partition("@")[0]) is not None


def is_release_folder(part: str) -> bool:
    """True for a part of a path in which a site keeps what it issues."""
    return _FOLDER.find(part) is not None


def own_voice(text: str) -> tuple[str | None, str | None, str | None]:
    """The first words of a text in which a body speaks of its members, its findings and its wishes."""
    members, findings, plea = (grammar.search(text) for grammar in (_MEMBERS, _FINDINGS, _PLEA))
    return (
        members[0] if members else None,
        findings[0] if findings else None,
        plea[0] if plea else None,
    )


def _bare(line: str) -> str:
    """A line without the signs around it; a paragraph as it is, since nobody asks for more than short lines."""
    return _FRAME.sub("", line) if len(line) <= 2 * _LONGEST else line
