"""The last look at a rendered email: whatever was lost on the way is refused."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from markupsafe import Markup

from briefing.emails.blocks.block_view import Story
from briefing.emails.view import View, printed
from briefing.errors import EditionError, TemplateError
from briefing.model.article import Verdict
from briefing.model.edition import Edition

#: The sponsor's label opens and closes the block.
_TWICE = 2


def refuse_mixed_blocks(edition: Edition) -> None:
    """Stories come first, and nothing paid for stands among them, in the subject or preheader.

    Raises:
        EditionError: naming the piece.
    """
    if not edition.items:
        raise EditionError(
            f"{edition.id} has no story, only paid copy or pieces on hold; add a story first."
        )
    for item in edition.items:
        if item.article.verdict is Verdict.SPONSORED:
            raise EditionError(
                f"{item.id} in {edition.id} was paid for and stands among the stories; move it to "
                "the sponsored block."
            )
    for item in edition.sponsored:
        for name, line in (("subject", edition.subject), ("preheader", edition.preheader)):
            if item.headline in line:
                raise EditionError(
                    f"the {name} of {edition.id} names {item.id}, which was paid for; change it."
                )


def refuse_losses(compiled: str, html: str, folder: Path) -> None:
    """Compare what MJML gave with what is left after inlining.

    Raises:
        TemplateError: when Outlook's comments, a rule's `!important` or the doctype are gone.
    """
    for mark in ("<!--[if", "<![endif]", "!important", "@media", "<style"):
        before, after = compiled.count(mark), html.count(mark)
        if before != after:
            raise TemplateError(
                f"inlining made {after} of {before} {mark!r}; a comment or rule of the design is "
                "not well formed.",
                path=folder,
            )
    if not html.startswith("<!doctype html>") or "data-premailer" in html:
        raise TemplateError("inlining broke the document; see theme.css.", path=folder)


def refuse_silence(view: View, html: str, text: str, folder: Path) -> None:
    """All that people wrote, every correction and story, and every label of other voices stand in both parts.

    Raises:
        TemplateError: naming what is missing and in which part.
    """
    wanted = tuple(_wanted(view))
    label, labels = str(view["sponsor_label"]), _TWICE * len(printed(view, "sponsored"))
    for part, content in (("HTML", _visible(html)), ("plain-text", _folded(text))):
        for name, forms in wanted:
            if not any(_folded(form) in content for form in forms):
                raise TemplateError(f"the {part} part lost {name}; print it whole.", path=folder)
        if content.count(label) < labels:
            raise TemplateError(
                f"the {part} part must open and close each sponsored block with {label!r}.",
                path=folder,
            )


def _wanted(view: View) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What has to be printed: how to name it, and the forms of which one has to be there."""
    corrections = view["corrections"] if isinstance(view["corrections"], list) else []
    for correction in corrections:
        yield f"the correction {correction[:60]!r}", (correction,)
    for story in (*printed(view, "items"), *printed(view, "sponsored")):
        for field in ("issued_by", "headline", "says", "since", "news"):
            yield f"the {field} of {story['id']}", (story[field],)
        yield f"the note of {story['id']}", (story["note"], story["note_text"])
        if story["is_brief"]:
            yield f"the line of {story['id']}", (story["brief"],)
            continue
        for html, text in zip(story["paragraphs"], story["texts"], strict=True):
            yield f"the paragraph of {story['id']}", (_words(html), text)
        yield f"why {story['id']} matters", (_words(story["matters"]), story["matters_text"])
    for block in printed(view, "blocks"):
        yield from _of_block(block)


def _of_block(block: Story) -> Iterator[tuple[str, tuple[str, ...]]]:
    name = f"the block {block['name']!r}"
    for html, text in zip(block["paragraphs"], block["texts"], strict=True):
        yield name, (_words(html), text)
    for row in block["rows"]:
        yield name, (row["left"],)
        yield name, (_words(row["right"]), row["text"])
    yield name, (block["by"],)


def _words(html: Markup) -> str:
    return html.striptags()


def _visible(html: str) -> str:
    body = etree.fromstring(html, etree.HTMLParser()).find("body")
    shown = body.xpath(".//text()[not(ancestor::*[contains(@style, 'display:none')])]")
    return _folded("".join(shown))


def _folded(text: str) -> str:
    return " ".join(text.split())
