"""Runs: the text between two block elements while it is collected, with its breaks and its links."""

import re
from dataclasses import dataclass, field

_SENTENCE = re.compile(r"[.!?…:。！？।؟։።][\"'”’»）」』)\]]*$")
#: Between two of these, with nothing but spaces, a run of text ends; no page holds one.
BREAK = "\x1f"
_PARAGRAPH = re.compile(rf"{BREAK}\s*{BREAK}")
#: Around the text of a link in a run; no page holds them either.
_LINK, _LINK_END = "\x1d", "\x1e"
_LINKED = re.compile(rf"{_LINK}([^{_LINK}{_LINK_END}]*){_LINK_END}")
_MARKS = str.maketrans("", "", _LINK + _LINK_END)
#: Boxes whose short lines with single breaks are lines of their own; in a paragraph they are one.
_LINED = frozenset({"td", "th", "div", "center", "body"})
_LINE_WORDS = 14
#: A link of more words is text.
_LINK_WORDS = 6


def is_sentence(text: str) -> bool:
    """True for a text that a full stop of any script closes."""
    return bool(_SENTENCE.search(text))


@dataclass(slots=True)
class Run:
    """Text that is being collected."""

    text: list[str] = field(default_factory=list)
    paid: bool = False
    pictured: bool = False

    @property
    def said(self) -> str:
        """What stands in it so far."""
        return _unmarked("".join(self.text)).strip()

    def add(self, text: str, *, is_link: bool, touches: bool) -> None:
        """Add a text; a capital right behind another element's small letter begins a word.

        Args:
            text: as written.
            is_link: it stands in one.
            touches: it begins an element with nothing between it and the one before.
        """
        if touches and self.text and text[:1].isupper() and _unmarked(self.text[-1])[-1:].islower():
            self.text.append(" ")
        self.text.append(f"{_LINK}{text}{_LINK_END}" if is_link else text)

    def parts(self, tag: str) -> list[tuple[str, int]]:
        """Its text cut at empty lines, each part with the number of its characters in links.

        Args:
            tag: of the box around it; some have short lines that are cut at every break: a head, a menu.
        """
        written = "".join(self.text)
        found: list[str] = []
        for part in _PARAGRAPH.split(written) if BREAK in written else (written,):
            lines = [line for line in part.split(BREAK) if line.strip()]
            found += lines if tag in _LINED and _are_lines(lines) else _with_last_link(lines, part)
        return [(_unmarked(part), _linked(part)) for part in found]


def _are_lines(lines: list[str]) -> bool:
    """Several short ones without a stop; a paragraph that is broken at a width goes on in small letters."""
    short = all(len(line.split()) <= _LINE_WORDS and not is_sentence(line) for line in lines)
    runs_on = 2 * sum(line.lstrip()[:1].islower() for line in lines) > len(lines)
    return len(lines) > 1 and short and not runs_on


def _with_last_link(lines: list[str], part: str) -> list[str]:
    """A part whose last line behind a break is a link and nothing else is cut before it: "Continue reading"."""
    last = lines[-1] if len(lines) > 1 else ""
    said = _unmarked(last).strip()
    if not said or len(said.split()) > _LINK_WORDS or _linked(last) < len(said):
        return [part]
    return [BREAK.join(lines[:-1]), last]


def _unmarked(text: str) -> str:
    return text.translate(_MARKS) if _LINK in text or _LINK_END in text else text


def _linked(part: str) -> int:
    return sum(len(link.strip()) for link in _LINKED.findall(part)) if _LINK in part else 0
