"""MJML → HTML by mrml, the compiler inside mjml-python; the only place that imports it."""

import re
from functools import lru_cache
from itertools import pairwise

import mjml

from briefing.emails.source_map import MARK_CLOSE, MARK_OPEN, Places
from briefing.errors import TemplateError

#: HTML's phrasing elements that letters hold (HTML, section 3.2.5.2.5).
_INLINE = "a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u"
_TAG = re.compile(r'<[a-zA-Z](?:[^<>"]++|"[^"]*+")*+>')
_TITLE = re.compile(r"(?<=<mj-title>)[^<]*")
_VALUE = re.compile(r'(?<==)"[^"]*"')
#: A line mark stays; anything but printable ASCII, and the backslash, becomes a reference.
_UNSAFE = re.compile(rf"{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE}|[^\x20-\x7e]|\\")
_LENGTH = re.compile(
    rf'(?<=[\s{MARK_CLOSE}])((?:inner-)?padding(?:-\w+)?|(?:inner-)?border-radius|border-width|width|height)="([^"]*)"'
)
_BARE_ZERO = re.compile(r"(?<!\S)0(?!\S)")
#: White space between two inline elements that begins on a line and ends on another; mrml drops it and
#: glues the words. Line marks may stand in it.
_GLUED = re.compile(
    rf"(</(?:{_INLINE})>)((?:\s|{MARK_OPEN}[^{MARK_CLOSE}]*{MARK_CLOSE})+)(?=<(?:{_INLINE})[\s>])"
)
#: What mrml 6.0.1 writes for clients that are no more, or says twice: Outlook for Windows reads none of it, and
#: white words of one pixel are what filters look for. `display:none` hides the preheader everywhere, and Word
#: has a word of its own for it.
_SPARED = (
    (
        "display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;"
        "overflow:hidden;",
        "display:none;mso-hide:all;",
    ),
    ("word-spacing:normal;", ""),
    (" outline: none;", ""),
)
#: The page's wrapper, which mrml calls an article: reading programs jump to a landmark. Where webmail has a
#: `main` of its own the letter is a second one, told apart by its name: title and day.
_WRAPPER = (
    (' aria-roledescription="email"', ""),
    (' role="article"', ' role="main"'),
)
#: A style sheet for Outlook 2003 and older alone, and the class that it names.
_OF_OLD = (
    (
        '<!--[if lte mso 11]>\n<style type="text/css">\n'
        ".mj-outlook-group-fix { width:100% !important; }\n</style>\n<![endif]-->\n",
        "",
    ),
    ('class="mj-outlook-group-fix ', 'class="'),
)
#: Where all columns are as wide as their section, the style of each says so.
_WHOLE_WIDTH = (
    '<style type="text/css">@media only screen and (min-width:480px) '
    "{ .mj-column-per-100 { width:100% !important; max-width:100%; }  }</style>",
    '<style media="screen and (min-width:480px)">'
    ".moz-text-html .mj-column-per-100 { width:100% !important; max-width:100%; } </style>",
    ' class="mj-column-per-100"',
)
_FOR_OUTLOOK = "<!--[if mso | IE]>"
#: Two comments for Outlook one behind the other: npm's compiler makes one of them too.
_BETWEEN = f"<![endif]-->{_FOR_OUTLOOK}"
#: A ground that mrml names by two properties; by this one Outlook for Windows knows it too.
_TWICE = re.compile(r"background:(#[0-9a-f]{6});(?=background-color:\1;)")
_POSITION = re.compile(r"position (\d+):\d+")


def normalise(source: str) -> str:
    """Spell tags so that mrml 6.0.1 keeps what they say; text between tags stays as it is.

    It prints attribute values the way Rust prints strings for programmers, so any character but
    plain ASCII becomes a reference (the title too: it is an attribute as well, the page's
    aria-label); it drops a zero without a unit, then counts widths wrong; and it drops white space
    between inline elements that begins with a line break.
    """
    titled = _TITLE.sub(
        lambda title: _UNSAFE.sub(_reference, title[0]).replace('"', "&#34;"), source
    )
    kept = _GLUED.sub(lambda found: found[1] + found[2].replace("\n", " "), titled)
    return _TAG.sub(lambda tag: _spelled(tag[0]), kept)


def compile_mjml(places: Places) -> str:
    """Compile checked MJML to HTML.

    Raises:
        TemplateError: for what mrml cannot read, and for its panics, which reach Python as
            children of BaseException.
    """
    if not callable(getattr(mjml, "mjml2html", None)):
        raise TemplateError(
            "The package `mjml` has overwritten `mjml-python`, which the desk uses. Remove both "
            "and install the right one: pip uninstall -y mjml mjml-python; pip install mjml-python"
        )
    try:
        # Without fonts={} mrml imports web fonts, which tell their host who reads.
        compiled = str(mjml.mjml2html(places.text, fonts={}))
    except (ValueError, UnicodeError) as error:
        raise _failure(places, error) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise _failure(places, error) from error
    for written, kept in (*_SPARED, *_WRAPPER):
        compiled = compiled.replace(written, kept, 1)
    for written, kept in _OF_OLD:
        compiled = compiled.replace(written, kept)
    return _TWICE.sub("", _joined(_without_widths(compiled)))


def _without_widths(compiled: str) -> str:
    if not all(map(compiled.__contains__, _WHOLE_WIDTH[:2])):
        return compiled
    for written in _WHOLE_WIDTH:
        compiled = compiled.replace(written, "")
    return compiled.replace('class="mj-column-per-100 ', 'class="')


def _joined(compiled: str) -> str:
    """The page with comments of one condition joined; one of a design's own stays apart."""
    pieces = compiled.split(_BETWEEN)
    joined = [pieces[0]]
    for before, piece in pairwise(pieces):
        at = before.rfind("<!--[if ")
        is_one = at < 0 or before.startswith(_FOR_OUTLOOK, at)
        joined.append(piece if is_one else _BETWEEN + piece)
    return "".join(joined)


def _failure(places: Places, error: BaseException) -> TemplateError:
    found = _POSITION.search(str(error))
    sentence = f"the MJML compiler gives up: {error}."
    return places.byte_error(int(found[1]) if found else 0, sentence)


# Most tags of a design come once a story, and in every letter.
@lru_cache(maxsize=2048)
def _spelled(tag: str) -> str:
    return _safe_values(_lengths(tag))


def _safe_values(tag: str) -> str:
    return _VALUE.sub(lambda value: _UNSAFE.sub(_reference, value[0]), tag)


def _reference(found: re.Match[str]) -> str:
    return found[0] if found[0].startswith(MARK_OPEN) else f"&#{ord(found[0])};"


def _lengths(tag: str) -> str:
    if not tag.startswith("<mj-"):
        return tag
    return _LENGTH.sub(lambda found: f'{found[1]}="{_BARE_ZERO.sub("0px", found[2])}"', tag)
