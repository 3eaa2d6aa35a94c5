"""Jinja: a design's templates → text, with every error named by file and line."""

import traceback
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import cast

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2 import TemplateError as JinjaError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import soft_str

from briefing.emails.source_map import mark
from briefing.emails.view import View
from briefing.errors import TemplateError, why
from briefing.languages.furniture import capitals, gap_behind

#: The width of the plain-text part: room for two levels of quotation in 80 columns.
_WIDTH = 72
#: White space that is not meant to hold words together, as a no-break space is.
_AS_SPACE = str.maketrans("\t\n\x0b\x0c\r", "     ")
#: Characters of one part with its line marks; the longest letter that Gmail shows whole has a tenth.
_MOST = 1_000_000
#: Turns of all loops together; the longest letter takes some thousand.
_TURNS = 1_000_000
_LEFT: ContextVar[list[int]] = ContextVar("turns that a rendering has left")
_FILES = "briefing.mjml.j2, briefing.txt.j2, theme.css and the parts these include"


def render_markup(folder: Path, name: str, view: View) -> str:
    """Render markup: all that comes from the view is escaped, and lines carry their place.

    Raises:
        TemplateError: with the file and line at fault.
    """
    return _render(_environment(folder, markup=True), folder, name, view)


def render_text(folder: Path, name: str, view: View) -> str:
    """Render plain text: nothing is escaped.

    Raises:
        TemplateError: with the file and line at fault.
    """
    return _render(_environment(folder, markup=False), folder, name, view)


def wrapped(text: str, indent: str = "", hanging: str | None = None) -> str:
    """Lines of at most 72 characters; an address is never broken.

    Args:
        text: what to print.
        indent: before the first line.
        hanging: before the others; the same when None.
    """
    before, rest = indent, (text if text.isprintable() else text.translate(_AS_SPACE)).rstrip(" ")
    lines = []
    while len(before) + len(rest) > _WIDTH:
        at = _break(rest, _WIDTH - len(before))
        if at < 0:
            break
        lines.append(before + rest[:at].rstrip(" "))
        before, rest = indent if hanging is None else hanging, rest[at:].lstrip(" ")
    return "\n".join([*lines, before + rest] if rest else lines)


def _break(text: str, room: int) -> int:
    """Where a line of so many characters ends: before its last space, else before the first behind it."""
    first = len(text) - len(text.lstrip(" "))
    at = text.rfind(" ", first, max(room, 0) + 1)
    return at if at >= 0 else text.find(" ", max(room, first))


class _LineMarks(Extension):
    """Marks each line of a template's own text with where it stands, for messages about MJML."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type == "data":
                lines = enumerate(token.value.split("\n"), token.lineno)
                marked = [mark(stream.name or "", number) + line for number, line in lines]
                yield Token(token.lineno, "data", "\n".join(marked))
            else:
                yield token


class _Unknown(StrictUndefined):
    """Asking for a name that is not there fails, and names those that are."""

    @property
    def _undefined_message(self) -> str:
        if not self._undefined_hint and isinstance(self._undefined_obj, Mapping):
            known = ", ".join(map(str, self._undefined_obj))
            return f"there is no {self._undefined_name!r} here; known: {known}"
        return super()._undefined_message


_OF_LOOPS = frozenset(("first", "last", "index", "previtem", "nextitem"))


class _Plain(ImmutableSandboxedEnvironment):
    """The sandbox, told that what designs ask for stands in dictionaries, or is the place in a loop."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template with each turn of each loop counted."""
        parsed = super()._parse(source, name, filename)
        for loop in parsed.find_all(nodes.For):
            loop.iter = nodes.Filter(
                loop.iter, "counted", [], [], None, None, lineno=loop.lineno, environment=self
            )
        return parsed

    def getattr(self, obj: object, attribute: str) -> object:
        """What a dictionary holds by that name; of anything else what the sandbox allows."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        if type(obj) is LoopContext and attribute in _OF_LOOPS:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


@lru_cache(maxsize=16)
def _environment(folder: Path, *, markup: bool) -> Environment:
    environment = _Plain(
        loader=FileSystemLoader(folder),
        # select_autoescape would leave *.mjml.j2 unescaped, so each part says what it needs.
        autoescape=markup,
        undefined=_Unknown,
        extensions=[_LineMarks] if markup else [],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "wrapped": wrapped,
        "counted": _counted,
        "upper": _upper,
        "gap": gap_behind,
    }
    return environment


def _upper(value: object) -> str:
    """In capitals as Greek writes them, too; what is markup stays markup."""
    text = soft_str(value)
    return text.upper() if text.isascii() else type(text)(capitals(text))


def _fresh(environment: Environment) -> Environment:
    """The environment without templates whose file has changed since.

    Jinja would ask the disk at each `include`, a hundred times a letter, which is of one piece if asked once.
    """
    kept = environment.cache
    if kept and not all(template.is_up_to_date for template in kept.values()):
        kept.clear()
    return environment


def _counted(values: Iterable[object]) -> Iterator[object]:
    """What a loop runs over, as long as the design has turns left."""
    left = _LEFT.get()
    for value in values:
        left[0] -= 1
        if left[0] < 0:
            raise OverflowError(f"its loops take more than {_TURNS:,} turns; end this one")
        yield value


def _render(environment: Environment, folder: Path, name: str, view: View) -> str:
    try:
        return _printed(_fresh(environment).get_template(name), view)
    except TemplateSyntaxError as error:
        where = folder / (error.name or name)
        raise TemplateError(_ended(error.message), path=where, line=error.lineno) from error
    except TemplateNotFound as error:
        sentence = f"the template {str(error.name)!r} is not there; a design has {_FILES}."
        raise _at(error, folder, name, sentence) from error
    except UndefinedError as error:
        names = f" A design may print: {', '.join(view)}." if "undefined" in str(error) else ""
        raise _at(error, folder, name, _ended(error) + names) from error
    except (
        JinjaError,
        ArithmeticError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        raise _at(error, folder, name, _ended(error)) from error
    except RecursionError as error:
        raise _at(error, folder, name, "a part includes itself without end.") from error
    except OSError as error:
        raise TemplateError(f"cannot be read: {why(error)}.", path=folder / name) from error


def _ended(said: object) -> str:
    """With a full stop; some of Jinja's sentences have theirs."""
    return f"{said}".rstrip(".") + "."


def _printed(template: Template, view: View) -> str:
    """All that a template prints; a loop without end is stopped where it stands."""
    pieces: list[str] = []
    room = _MOST
    _LEFT.set([_TURNS])
    printing = cast("Generator[str]", template.generate(view))
    for piece in printing:
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            printing.throw(
                OverflowError(f"it prints more than {_MOST:,} characters; end this loop")
            )
    return "".join(pieces)


def _at(error: Exception, folder: Path, name: str, sentence: str) -> TemplateError:
    """The error at the innermost place inside one of the design's own files."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(folder):
            return TemplateError(sentence, path=path, line=frame.lineno)
    return TemplateError(sentence, path=folder / name)
