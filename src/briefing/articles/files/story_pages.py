"""The stories of a newsletter → pages, whether it came as a letter or was saved from a browser."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace

from briefing.articles.files.letter_stories import is_letter, stories_of
from briefing.articles.text.decoding import decode
from briefing.errors import PageRefused, naming
from briefing.fetching.canonical_url import canonical
from briefing.model.page import Declared, Page

#: In characters: as much of a greeting is shown.
_SHOWN = 200
_HEADING = re.compile(r"<h1\b", re.IGNORECASE)
_BODY = re.compile(r"<body\b[^>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]*>([^<]{1,300})</title>", re.IGNORECASE)
#: Letters are laid out in tables, for mail programs; pages of sites have elements for an article.
_TABLES, _OF_SITES = 2, (b"<article", b"<main", b'property="og:')


def story_pages(whole: Page, text: str) -> Iterator[Page]:
    """A page for each story of a letter, with its own address; none where the letter is one text.

    Args:
        whole: the letter's page, with what the letter declares.
        text: its markup.
    """
    with naming(whole.name):
        stories = stories_of(text)
    said = whole.declared or Declared()
    for number, story in enumerate(stories, start=1):
        flags = [f"story {number} of {len(stories)} of a letter: {said.headline}"]
        flags += [f"stood above it: {story.greeting[:_SHOWN]}"] if story.greeting else []
        yield replace(
            whole,
            name=f"{whole.name}-{number}",
            body=titled(story.markup, said.headline or "").encode(errors="replace"),
            url=story.url or None,
            # Whoever sends a newsletter has seldom written what it tells of.
            declared=replace(
                said,
                headline=story.headline or said.headline,
                authors=(),
                canonical_url=canonical(story.url) or None,
                flags=(*said.flags, *flags),
            ),
        )


def saved_letter(page: Page) -> tuple[Page | PageRefused, ...]:
    """The stories of a newsletter that was saved as HTML; the page itself where it is not one, or one text."""
    lowered = page.body.lower()
    if lowered.count(b"<table") < _TABLES or any(mark in lowered for mark in _OF_SITES):
        return (page,)
    try:
        text = decode(page.body).text
        if not is_letter(text):
            return (page,)
        title = _TITLE.search(text)
        headline = " ".join(html.unescape(title[1]).split()) if title else page.name
        said = page.declared or Declared(headline=headline)
        return tuple(story_pages(replace(page, declared=said), text)) or (page,)
    except PageRefused:
        return (page,)  # whoever reads it says why


def titled(text: str, headline: str) -> str:
    """A document with a main heading: that of its letter where it has none of its own."""
    if _HEADING.search(text) or not headline:
        return text
    heading = f"<h1>{html.escape(headline)}</h1>"
    body = _BODY.search(text)
    place = body.end() if body else 0
    return f"{text[:place]}{heading}{text[place:]}" if body else f"<body>{heading}{text}</body>"
