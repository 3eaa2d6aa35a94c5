"""What a design sees of one story: clean text, ready lines, and where it leads."""

import re
from collections.abc import Callable

from markupsafe import Markup, escape

from briefing.emails.blocks.block_view import Story
from briefing.emails.blocks.markdown import WrittenParagraph, told
from briefing.emails.blocks.one_line import one_line
from briefing.emails.printable import web_address
from briefing.emails.small_print import LinkText, byline, issued_by, paid_by, source
from briefing.languages.furniture import Furniture
from briefing.languages.table import base_of
from briefing.model.article import Verdict
from briefing.model.edition import Item


def story_of(item: Item, link: LinkText, words: Furniture, show: Callable[[str], str]) -> Story:
    """A story as a design prints it.

    Texts in the source's words are plain; what people wrote is a small Markdown, read here.

    Args:
        item: the story.
        link: what its links are called.
        words: the newsroom's own words.
        show: how text in the story's language is set.
    """
    article = item.article
    label, says = issued_by(article, words)
    paragraphs, foreign = _paragraphs(item, show), _foreign(article.language, words)
    return {
        "id": article.id,
        # A name picked from somebody's own text would read like a desk's own heading.
        "kicker": show(item.kicker) if article.verdict is Verdict.EDITORIAL else "",
        "headline": show(item.headline),
        #: BCP 47, of the source's own headline and paragraph where they are not in the letter's
        #: language: the voice that reads them. Empty for the desk's own words.
        "headline_lang": foreign if item.headline == article.headline else "",
        "lang": foreign if item.verbatim else "",
        "byline": show(byline(article, words)),
        #: The whole paragraph as plain text, and paragraph by paragraph for either part.
        "paragraph": " ".join(each.words for each in paragraphs),
        "paragraphs": [each.html for each in paragraphs],
        "texts": [each.text for each in paragraphs],
        "is_edited": not item.verbatim,
        "brief": _brief(item, show),
        **_said_of(item, words, show),
        "url": web_address(*item.links),
        "topic": show(link.topic),
        "read_on": words.letter["read_on"].format(topic=show(link.reminder)),
        "source": source(article, words),
        #: Who else printed it.
        "also_in": show(words.letter["also_in"].format(names=words.listed(item.papers)))
        if item.papers
        else "",
        "paid_by": paid_by(article, words),
        #: Of what a body issued itself: its label, and who says what the paragraph says.
        "issued_by": show(label),
        "says": show(says),
    }


def _foreign(language: str, words: Furniture) -> str:
    """A language tag where it is one and not the letter's language; else empty."""
    is_tag = re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language) is not None
    return language if is_tag and base_of(language) != base_of(words.tag) else ""


def _paragraphs(item: Item, show: Callable[[str], str]) -> tuple[WrittenParagraph, ...]:
    """The source's own words are not Markdown, whatever marks they hold."""
    if item.verbatim:
        return (_literal(show(item.paragraph)),)
    return told(item.paragraph, show)


def _literal(text: str) -> WrittenParagraph:
    return WrittenParagraph(escape(text), text)


def _brief(item: Item, show: Callable[[str], str]) -> str:
    line = one_line(item)
    return show(line) if item.verbatim else " ".join(each.words for each in told(line, show))


def _said_of(item: Item, words: Furniture, show: Callable[[str], str]) -> Story:
    """The desk's note and why the story matters, for either part; empty where nobody wrote them."""
    note, matters = (_line(text, show) for text in (item.note, item.matters))
    said = words.letter["editors_note"]
    return {
        "note": note.words,
        #: The whole line: without marks, as HTML, and with addresses for plain text.
        "note_said": said.format(note=note.words),
        "note_html": escape(said).format(note=note.html) if note.text else "",
        "note_text": said.format(note=note.text) if note.text else "",
        "matters": matters.html,
        "matters_text": matters.text,
    }


def _line(written: str, show: Callable[[str], str]) -> WrittenParagraph:
    return next(iter(told(written, show) if written else ()), WrittenParagraph(Markup(), ""))
