"""theme.css: read and checked, because premailer would skip a broken rule without a word."""

import logging
import re
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from briefing.errors import TemplateError, why

#: premailer and cssutils keep state in their modules: hold this while either works.
ONE_AT_A_TIME = Lock()

#: What stands for a state, an attribute or any element, and a name of an element in capitals.
_LOST = re.compile(r"[:\[*]|(?:^|[\s>+~])[\w-]*[A-Z]")
_POSITION = re.compile(r"\[(\d+):\d+:")


class _Faults(logging.Handler):
    """Keeps what cssutils would have printed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


def read_style_sheet(path: Path) -> str:
    """The text of a style sheet that can be written into the elements, all of it.

    Raises:
        TemplateError: for a missing file, a broken rule, or a rule that cannot become an
            attribute: an @rule (cssutils would even fetch an @import) or an `!important` one.
    """
    try:
        css = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TemplateError(f"the style sheet cannot be read: {why(error)}.", path=path) from error
    return _checked(css, path)


# What was found in order is not read again; a fault is found again each time.
@lru_cache(maxsize=16)
def _checked(css: str, path: Path) -> str:
    # Comments go, their lines stay, so that messages still count right.
    bare = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), css, flags=re.DOTALL)
    for mark in ("@", "!important", "/*"):
        if mark in bare:
            line = bare[: bare.index(mark)].count("\n") + 1
            raise TemplateError(
                f"{mark!r} cannot be written into an element; rules for screens stand in <mj-style>.",
                path=path,
                line=line,
            )
    _refuse_selectors(bare, path)
    _refuse_faults(bare, path)
    return bare


def _refuse_selectors(css: str, path: Path) -> None:
    """Premailer moves rules of pseudo-classes into a <style> of its own, or misreads them; it drops those of `*`.

    Of attributes it drops `[href*="x"]`, ends at a comma in a value, and lets a later `a` win over `a[title]`.
    A name in capitals matches nothing, for the page has its names in small letters.
    """
    for found in re.finditer(r"(?P<selectors>[^{}]+)\{[^{}]*\}?", css):
        for selector in found["selectors"].split(","):
            if _LOST.search(selector):
                at = (
                    found.start()
                    + found[0].index(selector)
                    + len(selector)
                    - len(selector.lstrip())
                )
                raise TemplateError(
                    f"the selector {selector.strip()!r} cannot be written into an element; "
                    "name a class, or an element in small letters, or put the rule into <mj-style>.",
                    path=path,
                    line=css[:at].count("\n") + 1,
                )


def silenced(handler: logging.Handler | None = None) -> Any:
    """The module cssutils, with its log turned away from the terminal; half a second to import."""
    import cssutils  # noqa: PLC0415 - only rendering needs it

    log = logging.getLogger("briefing.cssutils")
    log.handlers, log.propagate = [handler or logging.NullHandler()], False
    cssutils.log.setLog(log)
    cssutils.log.setLevel(logging.ERROR)
    return cssutils


def _refuse_faults(css: str, path: Path) -> None:
    found = _first_fault(css)
    if found is not None:
        fault, line = found
        raise TemplateError(f"a rule cannot be read: {fault}.", path=path, line=line)


# Whichever house it belongs to: the shipped sheet is the same in all of them.
@lru_cache(maxsize=16)
def _first_fault(css: str) -> tuple[str, int | None] | None:
    """The first fault and the line of the first that has one; None when all is in order."""
    faults = _Faults()
    silenced(faults).CSSParser(validate=False, raiseExceptions=False).parseString(css)
    if not faults.found:
        return None
    position = _POSITION.search(" ".join(faults.found))
    return faults.found[0], int(position[1]) if position else None
