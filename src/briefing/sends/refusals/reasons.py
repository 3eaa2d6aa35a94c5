"""What somebody said when refusing a letter → the reason, in standard words.

Two things are read: the words, by the table `reasons.toml`, and the enhanced status code (RFC 3463).
Relays copy codes from each other and many write one code for everything, so words that say plainly
whom they mean are believed first; a code decides where the words say nothing.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from briefing.model.reason import Reason

#: RFC 3463 and the IANA registry of enhanced status codes, without the class. What is not here says
#: nothing, or only what its subject (the number in the middle) says.
_BY_CODE = {
    "1.1": Reason.MAILBOX_UNKNOWN,
    "1.2": Reason.HOST_UNKNOWN,
    "1.3": Reason.MAILBOX_UNKNOWN,
    "1.4": Reason.MAILBOX_UNKNOWN,
    "1.6": Reason.MAILBOX_UNKNOWN,
    "1.7": Reason.SENDER,
    "1.8": Reason.SENDER,
    "1.9": Reason.POLICY,
    "1.10": Reason.HOST_UNKNOWN,
    "2.1": Reason.MAILBOX_DISABLED,
    "2.2": Reason.MAILBOX_FULL,
    "2.3": Reason.MAILBOX_FULL,
    "2.121": Reason.MAILBOX_BUSY,
    "2.122": Reason.MAILBOX_BUSY,
    "3.4": Reason.CONTENT,
    "4.4": Reason.HOST_UNKNOWN,
    "4.5": Reason.RATE,
    "4.310": Reason.HOST_UNKNOWN,
    "5.3": Reason.RATE,
    "7.13": Reason.MAILBOX_DISABLED,
    "7.17": Reason.MAILBOX_UNKNOWN,
    "7.28": Reason.RATE,
}
_BY_SUBJECT = {
    "3": Reason.HOST,
    "4": Reason.HOST,
    "6": Reason.CONTENT,
    "7": Reason.POLICY,
}
#: What may cost a reader every list at once, and the codes that do not contradict it.
_SURE = (Reason.MAILBOX_UNKNOWN, Reason.HOST_UNKNOWN)
#: 5.4.1 is not one: it is about the way to a host, and Exchange Online says it for a whole domain as well.
_AGREES = re.compile(r"|5\.(?:0\.\d+|1\.\d+|2\.1|3\.0|4\.4|4\.310|5\.\d+)")
#: Said of a name that nobody could look up just now.
_PASSING = re.compile(r"try again|temporar|malformed (?:or unexpected )?name server", re.IGNORECASE)
_CODE = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
#: Of a word: no blank and no sign that stands between words. An address is looked for where a word begins, and not
#: again from each letter of a long one.
_UNBROKEN = r"[^\s<>,;:'\"()\[\]]"
_ADDRESS = re.compile(rf"<[^<>\s]*@[^<>\s]*>|(?<!{_UNBROKEN}){_UNBROKEN}+@{_UNBROKEN}+|<>")
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
#: Names of hosts and their numbers: what they are called says nothing.
_HOST = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b\.?|\b\d{1,3}(?:\.\d{1,3}){3}\b")
#: Whoever sends one to such a page has said why.
_LISTS = re.compile(
    r"spamhaus|dnsbl|[./-]rbl|spamcop|sorbs|blocklist|blacklist|abuseat|barracudacentral"
)
#: A reply of SMTP (RFC 5321 section 4.2).
_REPLY = re.compile(r"\s*5\d\d\b")
#: Continuation lines of a reply repeat their code (RFC 5321 section 4.2.1).
_REPEATED = re.compile(r"\b([45]\d\d)[ -](?:([45]\.\d{1,3}\.\d{1,3})[ -])?")
_BETWEEN = re.compile(r"(?:[^\w'%+]|'(?!\w)|(?<!\w)')+")
#: Characters of words that are looked at: what refuses says so at once.
_MOST = 1_500


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Why, and how sure that is."""

    reason: Reason
    #: The RFC 3463 status that says most; empty where there is none.
    status: str
    #: False when words and code speak of different things.
    is_plain: bool = True


def judged(said: str, status: str = "") -> Judged:
    """The reason of a refusal.

    Args:
        said: the words of whoever refused.
        status: the RFC 3463 status that was given next to them.
    """
    spoken = spoken_status(said)
    found = _by_words_and_code(said, spoken or status, status)
    beside = by_the_code(status)
    if beside is None or spoken in ("", status) or _AGREES.fullmatch(status):
        return found
    # Two codes that contradict each other: the milder one, or somebody is dropped by mistake.
    return min(found, Judged(reason=beside, status=status), key=lambda one: _harm(one.reason))


def _by_words_and_code(said: str, best: str, status: str) -> Judged:
    by_words, by_code = by_the_words(said), by_the_code(best) or by_the_code(status)
    if by_words is None or (by_words is Reason.CONTENT and by_code is Reason.MAILBOX_FULL):
        # A status next to a reply that had none was made up by whoever reports: sendmail's is 5.1.1 for every 550.
        is_plain = not (_REPLY.match(said) and not spoken_status(said))
        return Judged(reason=by_code or Reason.UNKNOWN, status=best, is_plain=is_plain)
    if by_words not in _SURE:
        return Judged(reason=by_words, status=best)
    if by_code is Reason.SENDER:
        return Judged(reason=by_code, status=best)
    plain = bool(_AGREES.fullmatch(best)) and not _PASSING.search(said)
    return Judged(reason=by_words, status=best, is_plain=plain)


def _harm(reason: Reason) -> int:
    """How much a reason costs a reader."""
    return 0 if reason.is_about_us else 1 + (reason in _SURE)


def spoken_status(said: str) -> str:
    """The status that stands in the words; the last that is not a general one."""
    found = [match[0] for match in _CODE.finditer(_WEB.sub(" ", said[:_MOST]))]
    told = [code for code in found if not code.endswith((".0.0", ".1.0"))]
    return (told or found or [""])[-1]


def by_the_code(status: str) -> Reason | None:
    """What a status alone says; None for a general one."""
    _, _, rest = status.partition(".")
    subject, _, _ = rest.partition(".")
    return _BY_CODE.get(rest) or _BY_SUBJECT.get(subject)


def by_the_words(said: str) -> Reason | None:
    """What the words say; None when no row of the table finds itself."""
    words = normal(said)
    for reason, pattern in _table():
        if pattern.search(words):
            return reason
    refuses, mailbox = _refusing()
    # A refusal that names nobody's mailbox refuses the letter, or us.
    return Reason.POLICY if refuses.search(words) and not mailbox.search(words) else None


def normal(said: str) -> str:
    """Words as the table has them: lower case, one blank between, no addresses."""
    text = _WEB.sub(_named, _ADDRESS.sub(" ", said[:_MOST].replace("\u2019", "'")))
    text = _HOST.sub(_named, text).lower().replace("_", " ")
    return f" {_BETWEEN.sub(' ', _REPEATED.sub(_once(), text))} "


def _named(found: re.Match[str]) -> str:
    return " dnsbl " if _LISTS.search(found[0].lower()) else " "


def _once() -> "_Once":
    return _Once()


class _Once:
    """Lets the first code of a reply stand and takes the repetitions away."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def __call__(self, found: re.Match[str]) -> str:
        if found[0] in self._seen:
            return " "
        self._seen.add(found[0])
        return found[0]


@cache
def _table() -> tuple[tuple[Reason, re.Pattern[str]], ...]:
    raw = tomllib.loads((files(__package__) / "reasons.toml").read_text("utf-8"))
    return tuple(
        (Reason(one["name"]), compiled([row["says"] for row in one["rows"]], raw["sets"]))
        for one in raw["reason"]
    )


@cache
def _refusing() -> tuple[re.Pattern[str], re.Pattern[str]]:
    sets = tomllib.loads((files(__package__) / "reasons.toml").read_text("utf-8"))["sets"]
    return compiled(["<refused>"], sets), compiled(["<mailbox>"], sets)


def compiled(rows: list[str], sets: Mapping[str, list[str]]) -> re.Pattern[str]:
    """The rows of one reason as one pattern over `normal` words."""
    return re.compile(" (?:" + "|".join(_row(row, sets) for row in rows) + ")(?= )")


def _row(says: str, sets: Mapping[str, list[str]]) -> str:
    text = says.strip().lower().replace(" … ", "…").replace(" · ", "·")
    text = re.sub(r"<(\w+)>", lambda found: f"({'|'.join(sets[found[1]])})", text)
    text = _BETWEEN_WORDS.sub(" ", text.replace("(", "(?:"))
    return (
        text.replace("*", r"\w*")
        .replace("…", " (?:.{0,40}? )??")
        .replace("·", " (?:.{0,12}? )??")
        .strip()
    )


_BETWEEN_WORDS = re.compile(r"(?<=\w)[-./](?=\w)")
