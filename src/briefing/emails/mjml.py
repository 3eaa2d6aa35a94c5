"""MJML → HTML by mrml; the only place that imports it."""

import re

import mjml

from briefing.emails.templating import MARK
from briefing.errors import TemplateError

_ATTRIBUTE = re.compile(r'(="[^"]*")')
_UNSAFE = re.compile(r"[^\x20-\x7e]|\\")
_BARE_ZERO = re.compile(r"(?<![\d.])0(?![\d.%a-z])")
_LENGTH = re.compile(r"\b(padding(?:-\w+)?|border-radius|width|height)=\"([^\"]*)\"")


def compile_mjml(source: str, folder: object) -> str:
    """Compile checked MJML.

    Raises:
        TemplateError: for what mrml cannot read, and for its panics, which Python sees as
            BaseException.
    """
    try:
        return str(mjml.mjml2html(normalise(MARK.sub("", source)), fonts={}))
    except (ValueError, UnicodeError) as error:
        raise TemplateError(f"MJML cannot be compiled: {error}.", path=str(folder)) from error
    except BaseException as error:
        if type(error).__module__.startswith("pyo3"):
            raise TemplateError(f"MJML's compiler broke: {error}.", path=str(folder)) from error
        raise


def normalise(source: str) -> str:
    """Spell attributes so that mrml 6.0.1 keeps them.

    It prints attribute values with escapes of its own for anything but plain ASCII, so those
    characters become references; and it drops a zero without a unit and then counts widths wrong.
    """
    referenced = _ATTRIBUTE.sub(
        lambda match: _UNSAFE.sub(lambda found: f"&#{ord(found[0])};", match[0]), source
    )
    return _LENGTH.sub(lambda match: f'{match[1]}="{_BARE_ZERO.sub("0px", match[2])}"', referenced)
