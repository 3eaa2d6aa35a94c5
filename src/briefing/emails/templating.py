"""Jinja: a design's templates → text, with every error named by file and line."""

import re
import textwrap
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
)
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from briefing.emails.view import View
from briefing.errors import TemplateError

#: Private-use characters around `name:line`, put before each line that a template wrote itself.
MARK_OPEN, MARK_CLOSE = "\ue000", "\ue001"
MARK = re.compile(f"{MARK_OPEN}([^{MARK_CLOSE}]*):(\\d+){MARK_CLOSE}")
_WIDTH = 72


class _LineMarks(Extension):
    """Marks each line of a template's own text with where it stands, for messages about MJML."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            if token.type != "data":
                yield token
                continue
            lines = token.value.split("\n")
            marked = [lines[0]]
            for number, line in enumerate(lines[1:], token.lineno + 1):
                marked.append(f"{MARK_OPEN}{stream.name}:{number}{MARK_CLOSE}{line}")
            yield Token(token.lineno, "data", "\n".join(marked))


def render_marked(folder: Path, name: str, view: View) -> str:
    """Render markup: everything from the view is escaped, lines carry their place."""
    return _render(_environment(folder, markup=True), folder, name, view)


def render_text(folder: Path, name: str, view: View) -> str:
    """Render plain text: nothing is escaped."""
    return _render(_environment(folder, markup=False), folder, name, view)


def _environment(folder: Path, *, markup: bool) -> Environment:
    # select_autoescape would leave *.mjml.j2 unescaped, so the choice is made by the caller.
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=markup,
        undefined=StrictUndefined,
        extensions=[_LineMarks] if markup else [],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrapped"] = wrapped
    return environment


def wrapped(text: str, indent: str = "") -> str:
    """Lines of at most 72 characters; an address is never broken."""
    return textwrap.fill(
        text,
        width=_WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _render(environment: Environment, folder: Path, name: str, view: View) -> str:
    try:
        return environment.get_template(name).render(view)
    except TemplateSyntaxError as error:
        raise TemplateError(
            f"{error.message}.", path=folder / (error.name or name), line=error.lineno
        ) from error
    except TemplateNotFound as error:
        raise TemplateError(
            f"the template {error.name!r} is not there; a design needs briefing.mjml.j2, "
            "briefing.txt.j2, theme.css and the parts these include.",
            path=folder / name,
            line=_line(error.__traceback__, folder)[1],
        ) from error
    except (UndefinedError, SecurityError, TypeError, ValueError, ArithmeticError) as error:
        path, line = _line(error.__traceback__, folder)
        raise TemplateError(f"{error}.", path=path or folder / name, line=line) from error
    except OSError as error:
        raise TemplateError(f"cannot be read: {error}.", path=folder / name) from error


def _line(trace: TracebackType | None, folder: Path) -> tuple[Path | None, int | None]:
    """The innermost place inside one of the design's own files."""
    for frame in reversed(traceback.extract_tb(trace)):
        path = Path(frame.filename)
        if path.is_relative_to(folder):
            return path, frame.lineno
    return None, None
