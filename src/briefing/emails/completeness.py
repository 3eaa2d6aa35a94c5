"""The last look at a rendered email: whatever was lost on the way is refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

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


def refuse_silence(view: View, body: Any, text: str, folder: Path) -> None:
    """All that people wrote, every correction and story, and every label of other voices stand in both parts.

    Args:
        view: what was to be printed.
        body: the body of the HTML part; what hides in it is taken out.
        text: the plain-text part.
        folder: the design.

    Raises:
        TemplateError: naming what is missing and in which part.
    """
    wanted = tuple(each for each in _wanted(view) if each[1])
    _refuse_undescribed(view, body, folder)
    label, labels = str(view["sponsor_label"]), _TWICE * len(printed(view, "sponsored"))
    for part, content in (("HTML", _visible(body)), ("plain-text", _folded(text))):
        for name, said, html in wanted:
            if not (_stands_in(content, said) or (html and _stands_in(content, html.striptags()))):
                raise TemplateError(f"the {part} part lost {name}; print it whole.", path=folder)
        if content.count(label) < labels:
            raise TemplateError(
                f"the {part} part must open and close each sponsored block with {label!r}.",
                path=folder,
            )


def _refuse_undescribed(view: View, body: Any, folder: Path) -> None:
    described = {_folded(alt) for alt in body.xpath(".//img/@alt")}
    for name, picture in _pictures(view).items():
        if _folded(picture["alt"]) not in described:
            raise TemplateError(
                f"the HTML part lost the picture of {name}, or its alt; print both.", path=folder
            )


def _pictures(view: View) -> dict[str, dict[str, str]]:
    found = view["pictures"]
    return found if isinstance(found, dict) else {}


#: How to name what has to be printed, the text, and what the HTML part may print in its place.
_Wanted = tuple[str, str, Markup | None]


def _wanted(view: View) -> Iterator[_Wanted]:
    corrections = view["corrections"] if isinstance(view["corrections"], list) else []
    for correction in corrections:
        yield f"the correction {correction[:60]!r}", correction, None
    for story in (*printed(view, "items"), *printed(view, "sponsored")):
        for field in ("issued_by", "headline", "says", "since", "news"):
            yield f"the {field} of {story['id']}", story[field], None
        yield f"the note of {story['id']}", story["note_text"], escape(story["note"])
        if story["is_brief"]:
            yield f"the line of {story['id']}", story["brief"], None
            continue
        for html, text in zip(story["paragraphs"], story["texts"], strict=True):
            yield f"the paragraph of {story['id']}", text, html
        yield f"why {story['id']} matters", story["matters_text"], story["matters"]
    for name, picture in _pictures(view).items():
        yield f"the credit of the picture of {name}", picture["credit"], None
    for block in printed(view, "blocks"):
        yield from _of_block(block)


def _of_block(block: Story) -> Iterator[_Wanted]:
    name = f"the block {block['name']!r}"
    for html, text in zip(block["paragraphs"], block["texts"], strict=True):
        yield name, text, html
    for row in block["rows"]:
        yield name, row["left"], None
        yield name, row["text"], row["right"]
    yield name, block["by"], None


def _visible(body: Any) -> str:
    for hidden in body.xpath(".//*[contains(@style, 'display:none')]"):
        hidden.clear(keep_tail=True)
    return _folded("".join(body.itertext()))


def _stands_in(content: str, text: str) -> bool:
    return text in content or _folded(text) in content


def _folded(text: str) -> str:
    return " ".join(text.split())
