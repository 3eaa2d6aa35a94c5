"""The last look at a rendered email: whatever was lost on the way is refused."""

from pathlib import Path

from lxml import etree

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
    """Every correction, story and editors' note, and every label of other voices stand in both parts.

    Raises:
        TemplateError: naming what is missing and in which part.
    """
    parts = {"HTML": _visible(html), "plain-text": _folded(text)}
    corrections = view["corrections"] if isinstance(view["corrections"], list) else []
    for part, content in parts.items():
        for correction in corrections:
            if _folded(correction) not in content:
                sentence = f"the {part} part lost the correction {correction[:60]!r}; print it."
                raise TemplateError(sentence, path=folder)
        for story in (*printed(view, "items"), *printed(view, "sponsored")):
            for field in ("issued_by", "headline", "says", "paragraph", "note", "since", "news"):
                if _folded(story[field]) not in content:
                    sentence = f"the {part} part lost the {field} of {story['id']}; print it whole."
                    raise TemplateError(sentence, path=folder)
        label, wanted = str(view["sponsor_label"]), _TWICE * len(printed(view, "sponsored"))
        if content.count(label) < wanted:
            raise TemplateError(
                f"the {part} part must open and close each sponsored block with {label!r}.",
                path=folder,
            )


def _visible(html: str) -> str:
    body = etree.fromstring(html, etree.HTMLParser()).find("body")
    shown = body.xpath(".//text()[not(ancestor::*[contains(@style, 'display:none')])]")
    return _folded("".join(shown))


def _folded(text: str) -> str:
    return " ".join(text.split())
