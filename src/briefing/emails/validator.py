"""What mrml would drop without a word, or stumble over, is refused here with file and line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from briefing.emails.components import (
    ATTRIBUTES,
    CHILDREN,
    DEFAULTS,
    HOLD_MARKUP,
    HOLD_TEXT,
    ONCE,
    REFUSED,
    misspelled,
)
from briefing.emails.source_map import Places

_NAME = r"[a-zA-Z][\w:.-]*"
#: mrml takes attributes in double quotation marks only, each after a space.
_TOKEN = re.compile(
    rf"""<!--(?P<comment>.*?)-->
    | </(?P<closing>{_NAME})\s*>
    | <(?P<opening>{_NAME})(?P<attributes>(?:\s+{_NAME}="[^"]*")*)\s*(?P<empty>/?)>
    | (?P<text>[^<]+)
    | (?P<stray><)""",
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(rf'({_NAME})="([^"]*)"')
_VOID = frozenset("area base br col hr img input link meta source wbr".split())
#: Deeper nesting than this is a mistake; mrml overruns its stack at about nine thousand.
_DEEPEST = 100


# Most tags of a design come once a story, and in every letter.
@lru_cache(maxsize=2048)
def _carried_by(written: str) -> tuple[Mapping[str, str], bool]:
    """The attributes of a tag, and whether one stands there twice."""
    carried = _ATTRIBUTE.findall(written)
    attributes = dict(carried)
    return MappingProxyType(attributes), len(attributes) != len(carried)


def validate(places: Places) -> None:
    """Refuse MJML of which mrml would drop a part, or on which it would fail without a place.

    Raises:
        TemplateError: with the file and line of the first fault.
    """
    walk = _Walk(places)
    for token in _TOKEN.finditer(places.text):
        walk.take(token)
    walk.finish()


@dataclass
class _Walk:
    """Follows the tags and keeps the open ones, each with the offset where it opened."""

    places: Places
    open: list[tuple[str, int]] = field(default_factory=list)
    #: The MJML components among them.
    holders: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)

    def take(self, token: re.Match[str]) -> None:
        """Check the next piece of markup."""
        kind = token.lastgroup
        if kind == "text":
            fault = self._text(token["text"])
        elif kind == "closing":
            fault = self._closing(token["closing"])
        elif kind == "stray":
            fault = _stray(self.places.text[token.start() :])
        elif kind == "comment":
            fault = self._comment(token["comment"])
        else:
            fault = self._opening(token)
        if fault:
            space = len(token[0]) - len(token[0].lstrip())
            raise self.places.error(token.start() + space, fault)

    def finish(self) -> None:
        """Refuse what is still open at the end, and a document without a body."""
        if self.open:
            name, start = self.open[-1]
            raise self.places.error(start, f"<{name}> is never closed.")
        if "mj-body" not in self.seen:
            raise self.places.error(0, "there is no <mj-body>, so the email would be empty.")

    @property
    def _holder(self) -> str:
        """The innermost open MJML component."""
        return self.holders[-1] if self.holders else ""

    def _comment(self, content: str) -> str:
        if "--" in content or content.endswith("-"):
            return "the compiler takes no -- inside a comment; write it otherwise."
        if self._holder in HOLD_TEXT:
            return f"<{self._holder}> takes no comment; take it out."
        if content.startswith("[if") and self._holder not in HOLD_MARKUP:
            return "a conditional comment would be dropped here; put it into <mj-raw>."
        return ""

    def _text(self, content: str) -> str:
        holder = self._holder
        if holder in HOLD_MARKUP or holder in HOLD_TEXT or not content.strip():
            return ""
        inside = f"inside <{holder}>" if holder else "outside <mjml>"
        shown = " ".join(content.split())[:40]
        return (
            f"the text {shown!r} stands {inside}, where it would be dropped; put it into <mj-text>."
        )

    def _closing(self, name: str) -> str:
        opened, start = self.open.pop() if self.open else ("", 0)
        if opened.startswith("mj"):
            self.holders.pop()
        if opened != name:
            if name not in (tag for tag, _ in self.open):
                return f"</{name}> closes nothing; take it out."
            sentence = f"<{opened}> is never closed; </{name}> stands where it should be."
            raise self.places.error(start, sentence)
        return ""

    def _opening(self, token: re.Match[str]) -> str:
        tag, (attributes, is_twice) = token["opening"], _carried_by(token["attributes"])
        is_ours = tag[:2].lower() == "mj"
        fault = self._component(tag) if is_ours else self._html(tag)
        if is_twice:
            fault = f"<{tag}> carries an attribute twice."
        if is_ours and not fault:
            fault = next(self._carried(tag, attributes), "")
        if not token["empty"] and tag not in _VOID:
            self.open.append((tag, token.start()))
            if tag.startswith("mj"):
                self.holders.append(tag)
            if len(self.open) > _DEEPEST:
                return f"tags are nested deeper than {_DEEPEST} here; close some of them."
        return fault

    def _html(self, tag: str) -> str:
        if self._holder in HOLD_MARKUP:
            return ""
        inside = f"inside <{self._holder}>" if self._holder else "outside <mjml>"
        return f"<{tag}> stands {inside}, where it would be dropped; put it into <mj-text>."

    def _component(self, tag: str) -> str:
        holder = self._holder
        if tag in REFUSED:
            return f"<{tag}> is not for this desk: {REFUSED[tag]}."
        if tag not in DEFAULTS:
            known = ", ".join(sorted(ATTRIBUTES))
            return f"<{tag}> is unknown here and would vanish with all it holds; known: {known}."
        if tag not in CHILDREN.get(holder, ()):
            inside = f"inside <{holder}>" if holder else "outside <mjml>"
            return f"<{tag}> stands {inside}, where it would be dropped."
        if tag in ONCE and tag in self.seen:
            return f"there is a second <{tag}>, which would overrule the first; keep one."
        self.seen.add(tag)
        return ""

    def _carried(self, tag: str, attributes: Mapping[str, str]) -> Iterator[str]:
        defaults = self._holder == "mj-attributes"
        allowed = (DEFAULTS if defaults else ATTRIBUTES).get(tag, frozenset())
        for name, value in attributes.items():
            if name not in allowed:
                yield _unknown_attribute(tag, name, allowed)
            elif wanted := misspelled(tag, name, value):
                yield f'{name}="{value}" of <{tag}> would be misread; write {wanted}.'
        if defaults and tag == "mj-class":
            self.classes.add(attributes.get("name", ""))
        for named in attributes.get("mj-class", "").split():
            if named not in self.classes:
                yield f'mj-class="{named}" is nowhere defined; define it in <mj-attributes>.'


def _unknown_attribute(tag: str, name: str, allowed: frozenset[str]) -> str:
    if tag == "mj-style" and name == "inline":
        return "the compiler does not inline styles; put these rules into theme.css."
    known = ", ".join(sorted(allowed)) or "none"
    return f"<{tag}> has no attribute {name!r}, it would vanish; known: {known}."


def _stray(rest: str) -> str:
    tag = re.match(rf"</?{_NAME}[^<>]*", rest)
    if tag and "='" in tag[0]:
        return "attributes take double quotation marks, not single ones."
    if tag:
        shown = " ".join(tag[0].split())[:60]
        return f'{shown!r} is not a well-formed tag; each attribute is written name="value", after a space.'
    if rest.startswith(("<!", "<?")):
        return "MJML takes no doctype, CDATA section or processing instruction; take it out."
    return "a < that opens no tag is written &lt; (and in CSS avoided: max-width instead of <=)."
