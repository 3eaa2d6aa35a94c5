"""What mrml would drop without a word is refused here, with the template's file and line."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from briefing.emails.templating import MARK
from briefing.errors import TemplateError

_BOX = "padding padding-top padding-right padding-bottom padding-left"
_TYPE = (
    "align color font-family font-size font-style font-weight letter-spacing line-height "
    "text-decoration text-transform"
)
_COMMON = "css-class mj-class"
_GROUND = "background-color"
_BORDER = "border border-top border-right border-bottom border-left border-radius"

#: The components a newsletter uses, with what each may carry and hold (mjml.io documentation).
_ATTRIBUTES = {
    "mjml": "lang dir owa",
    "mj-head": "",
    "mj-body": f"{_GROUND} width {_COMMON} id",
    "mj-title": "",
    "mj-preview": "",
    "mj-style": "",
    "mj-raw": "position",
    "mj-attributes": "",
    "mj-all": f"{_BOX} {_TYPE}",
    "mj-class": f"name {_BOX} {_TYPE} {_GROUND} {_BORDER} width height href rel",
    "mj-breakpoint": "width",
    "mj-font": "name href",
    "mj-wrapper": f"{_BOX} {_GROUND} {_BORDER} {_COMMON} full-width text-align direction",
    "mj-section": f"{_BOX} {_GROUND} {_BORDER} {_COMMON} full-width text-align direction",
    "mj-column": f"{_BOX} {_GROUND} {_BORDER} {_COMMON} inner-background-color inner-border "
    "inner-border-radius width vertical-align direction",
    "mj-group": f"{_GROUND} {_COMMON} width vertical-align direction",
    "mj-text": f"{_BOX} {_TYPE} {_COMMON} container-background-color height",
    "mj-button": f"{_BOX} {_TYPE} {_COMMON} {_GROUND} {_BORDER} href target rel name inner-padding "
    "width height vertical-align text-align container-background-color",
    "mj-image": f"{_BOX} {_COMMON} {_BORDER} align alt href target rel src srcset sizes title width "
    "height fluid-on-mobile container-background-color usemap",
    "mj-divider": f"{_BOX} {_COMMON} align border-color border-style border-width width "
    "container-background-color",
    "mj-spacer": f"{_BOX} {_COMMON} height container-background-color",
    "mj-table": f"{_BOX} {_TYPE} {_COMMON} border cellpadding cellspacing container-background-color "
    "role table-layout width",
}
_HEAD = {
    "mj-title",
    "mj-preview",
    "mj-style",
    "mj-raw",
    "mj-attributes",
    "mj-breakpoint",
    "mj-font",
}
_BLOCKS = {"mj-text", "mj-button", "mj-image", "mj-divider", "mj-spacer", "mj-table", "mj-raw"}
_CHILDREN: dict[str, set[str]] = {
    "mjml": {"mj-head", "mj-body"},
    "mj-head": _HEAD,
    "mj-attributes": set(_ATTRIBUTES) - {"mjml", "mj-head", "mj-attributes"},
    "mj-body": {"mj-section", "mj-wrapper", "mj-raw"},
    "mj-wrapper": {"mj-section", "mj-raw"},
    "mj-section": {"mj-column", "mj-group", "mj-raw"},
    "mj-group": {"mj-column", "mj-raw"},
    "mj-column": _BLOCKS,
}
#: These hold HTML or text of their own; the others hold components only.
_HOLD_TEXT = {"mj-text", "mj-button", "mj-table", "mj-raw", "mj-style", "mj-title", "mj-preview"}
_VOID = {"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "source", "wbr"}
#: Deeper nesting than this is a mistake; mrml overruns its stack at about nine thousand.
_DEEPEST = 100
_LENGTHS = re.compile(r"^(?:padding|width|height|font-size|inner-padding)")
_BAD_LENGTH = re.compile(r"^[\d.]+$|[\d.](?:em|rem)\b|^\s|\s$")
_SINGLE_QUOTED = re.compile(r"<[a-zA-Z][^<>]*\s[\w-]+='")


def validate(source: str, folder: Path) -> None:
    """Refuse MJML of which mrml would silently drop a part, or on which it would crash.

    Args:
        source: rendered MJML that still carries line marks.
        folder: the design's folder, for the message.

    Raises:
        TemplateError: with the file and line of the first fault.
    """
    places = _Places(source, folder)
    parser = _Walk(places)
    quoted = _SINGLE_QUOTED.search(places.text)
    if quoted:
        raise places.error(quoted.start(), "attributes take double quotation marks")
    if "<![CDATA[" in places.text:
        raise places.error(places.text.index("<![CDATA["), "MJML takes no CDATA section")
    parser.feed(places.text)
    parser.close()
    parser.finish()


class _Places:
    """Rendered text without its marks, and the way back from an offset to file and line."""

    def __init__(self, marked: str, folder: Path) -> None:
        self.folder = folder
        self.places: list[tuple[int, str, int]] = [(0, "briefing.mjml.j2", 1)]
        parts, length, last = [], 0, 0
        for match in MARK.finditer(marked):
            parts.append(marked[last : match.start()])
            length += match.start() - last
            last = match.end()
            self.places.append((length, match[1], int(match[2])))
        self.text = "".join((*parts, marked[last:]))
        self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int) -> int:
        """HTMLParser's position as an offset."""
        return self._starts[line - 1] + column

    def error(self, offset: int, sentence: str) -> TemplateError:
        """The error for a place in the rendered text."""
        _, name, line = [place for place in self.places if place[0] <= offset][-1]
        path = self.folder / ("briefing.mjml.j2" if name == "None" else name)
        return TemplateError(f"{sentence}.", path=path, line=line)


class _Walk(HTMLParser):
    """Follows the tags and keeps the stack of open ones."""

    def __init__(self, places: _Places) -> None:
        super().__init__(convert_charrefs=False)
        self.places = places
        self.open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)
        if tag not in _VOID:
            self.open.append((tag, self._offset()))
            if len(self.open) > _DEEPEST:
                raise self._error(f"tags are nested deeper than {_DEEPEST}; close some of them")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self.open:
            raise self._error(f"</{tag}> closes nothing")
        name, start = self.open.pop()
        if name != tag:
            raise self.places.error(
                start, f"<{name}> is never closed; </{tag}> stands where it should"
            )

    def handle_data(self, data: str) -> None:
        holder = next((tag for tag, _ in reversed(self.open) if tag.startswith("mj")), None)
        if data.strip() and holder not in _HOLD_TEXT:
            shown = " ".join(data.split())[:40]
            raise self._error(f"the text {shown!r} stands inside <{holder}>, which would drop it")
        if "<" in data and holder != "mj-style":
            raise self._error("a bare < must be written &lt;")

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def finish(self) -> None:
        """Refuse what is still open at the end."""
        if self.open:
            name, start = self.open[-1]
            raise self.places.error(start, f"<{name}> is never closed")

    def _check(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        inside = next((name for name, _ in reversed(self.open) if name.startswith("mj")), None)
        if not tag.startswith("mj"):
            if inside not in _HOLD_TEXT:
                raise self._error(f"<{tag}> stands inside <{inside}>, which would drop it")
            return
        if tag not in _ATTRIBUTES:
            known = ", ".join(sorted(_ATTRIBUTES))
            raise self._error(
                f"<{tag}> is no component this desk uses and would vanish; known: {known}"
            )
        if inside is not None and tag not in _CHILDREN.get(inside, set()):
            raise self._error(f"<{tag}> may not stand inside <{inside}> and would vanish")
        for fault in _attribute_faults(tag, attrs, inside):
            raise self._error(fault)

    def _offset(self) -> int:
        return self.places.offset(*self.getpos())

    def _error(self, sentence: str) -> TemplateError:
        return self.places.error(self._offset(), sentence)


def _attribute_faults(
    tag: str, attrs: list[tuple[str, str | None]], inside: str | None
) -> Iterator[str]:
    allowed = _ATTRIBUTES[tag].split()
    for name, value in attrs:
        if name not in allowed and inside != "mj-attributes":
            yield f"<{tag}> has no attribute {name}; it would vanish; known: {', '.join(allowed)}"
        if _LENGTHS.match(name) and _BAD_LENGTH.search(value or "") and value != "0":
            yield f'{name}="{value}" of <{tag}> needs px, or mrml leaves it out of its sums'
