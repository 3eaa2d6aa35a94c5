"""A saved mailbox → pages: the letters of an .mbox file (RFC 4155), one after the other."""

import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.articles.files.eml import letter_pages
from briefing.counted import counted
from briefing.errors import PageRefused
from briefing.model.page import Page

#: More letters than this are not looked at.
MOST = 1000
#: A letter begins with a line of its own, after an empty one or at the start of the file.
_BEGINS = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{1,200}\r?\n")
#: The same word at the start of a line of a letter was set off with a ">", and so were those with some.
_SET_OFF = re.compile(rb"^>(>*From )", re.MULTILINE)


def mailbox_pages(page: Page) -> tuple[Page | PageRefused, ...]:
    """The pages of every letter; one that cannot be read is its refusal.

    Raises:
        PageRefused: when the file does not begin as a mailbox does.
    """
    if not _BEGINS.match(page.body):
        raise PageRefused(
            f"{page.name}: this file is not a mailbox: it does not begin with a line 'From ADDRESS DATE'. "
            "Save the letter as .eml.",
            page=page.name,
        )
    letters = _BEGINS.split(page.body)[1:]
    found: list[Page | PageRefused] = []
    for number, letter in enumerate(letters[:MOST], start=1):
        found += _letter(replace(page, name=f"{page.name}-{number}", body=letter))
    if len(letters) > MOST:
        found.append(_too_many(page, len(letters)))
    return tuple(found)


def _letter(page: Page) -> Iterator[Page | PageRefused]:
    try:
        yield from letter_pages(replace(page, body=_SET_OFF.sub(rb"\1", page.body)))
    except PageRefused as refusal:
        yield refusal


def _too_many(page: Page, number: int) -> PageRefused:
    return PageRefused(
        f"{page.name}: this mailbox holds {counted(number, 'letter')}, and the first {MOST:,} were read. "
        "Save the others in a second file.",
        page=page.name,
    )
