"""Extracting: HTML pages → what another reader takes them for, read where it can do no harm."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import cast

from pydantic import TypeAdapter

from briefing.articles.html.html_lines import is_markup
from briefing.articles.text.decoding import decode
from briefing.errors import PageRefused, SourceError
from briefing.model.page import Declared, Extract, Page
from briefing.sandbox.pool import Workers


@cache
def _declared() -> TypeAdapter[Declared]:
    """Made for the first page of HTML: that takes a while."""
    return TypeAdapter(Declared)


async def with_extracts(pages: Sequence[Page], now: datetime) -> tuple[Page, ...]:
    """The pages in their order, each that is HTML with its extract.

    A page that the other reader cannot take is as it was, and says so in a flag: our own reader
    still has it.
    """
    async with Workers() as workers:
        return tuple(await asyncio.gather(*(_with_extract(page, workers, now) for page in pages)))


async def _with_extract(page: Page, workers: Workers, now: datetime) -> Page:
    try:
        text = decode(page.body, page.name).text
    except PageRefused:
        return page  # the splitter says why
    if not is_markup(text, page.media_type):
        return page
    try:
        told = await workers.do("html", text.encode(), url=page.url or "", now=now.isoformat())
    except SourceError as error:
        flag = f"its HTML was read by our own reader alone; the other one {error}"
        return replace(page, extract=Extract(declared=Declared(flags=(flag,))))
    declared = {
        key: value for key, value in cast(dict[str, object], told["declared"]).items() if value
    }
    return replace(
        page,
        extract=Extract(
            paragraphs=tuple(cast(list[str], told["paragraphs"])),
            declared=_declared().validate_python(declared),
            origins=tuple(cast(dict[str, str], told["origins"]).items()),
        ),
    )
