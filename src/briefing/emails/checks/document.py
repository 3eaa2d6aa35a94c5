"""The document around the stories: what every client, and every reading program, relies on."""

import re
from collections.abc import Iterator
from typing import Any

from briefing.emails.checks.rule import (
    ERROR,
    HEAD,
    PREHEADER,
    SUBJECT,
    WARNING,
    Fault,
    Faults,
    Place,
    cut,
    quoted,
    rule,
)
from briefing.emails.checks.sample import Proof, folded
from briefing.emails.printable import plain

_HTML5 = "HTML Living Standard, "
#: RFC 5646 section 2.1, without the registered oddities.
_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*"
)
_FORBIDDEN = ("script", "iframe", "form", "object", "embed", "video", "audio", "base")
#: Elements with an attribute of such a name, or with an address in one.
_MAY_ACT = "//*[@*[starts-with(name(), 'on') or (name() != 'style' and contains(., ':'))]]"
_PROGRAMS = ("javascript:", "vbscript:")
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|%%[\w ]+%%|\*\|\w+\|\*")
_NOTHING = {"none", "undefined", "null", "nan", "[object object]"}
#: So many characters on either side of what was left tell where it comes from.
_AROUND = 12
_FILLER = re.compile(r"\blorem ipsum\b", re.IGNORECASE)
#: "To come", as newsrooms write it; a shop and some people are called so too.
_TO_COME = re.compile(r"\bTK(TK)?\b(?! Maxx)")
#: A word in one of these is part of a sentence.
_INLINE = ("a", "b", "em", "i", "span", "strong")


@rule(
    "doctype",
    ERROR,
    reason="Without it clients fall back to quirks mode, with other sizes and margins.",
    source=_HTML5 + "section 13.1.1",
)
def doctype(proof: Proof) -> Faults:
    """The HTML part begins with <!doctype html>."""
    if not proof.html[:15].lower().startswith("<!doctype html>"):
        message = f"The HTML part begins with {proof.html[:30]!r}; it must be <!doctype html>."
        yield Fault(ERROR, message, HEAD)


@rule(
    "charset",
    ERROR,
    reason="A letter that is saved or forwarded loses its header, and its curly quotes with it.",
    source=_HTML5 + "section 4.2.5.4",
)
def charset(proof: Proof) -> Faults:
    """A <meta> in the head says utf-8."""
    said = [
        (meta.get("charset") or meta.get("content") or "").lower()
        for meta in proof.page.iter("meta")
    ]
    if not any("utf-8" in one and (one == "utf-8" or "charset" in one) for one in said):
        yield Fault(
            ERROR, "No <meta> says that the HTML part is utf-8; add one to the design.", HEAD
        )


@rule(
    "viewport",
    ERROR,
    reason="Without it phones draw the page at desktop width, in tiny letters.",
    source="Apple's Supported Meta Tags; MJML emits it",
)
def viewport(proof: Proof) -> Faults:
    """The viewport is as wide as the device, and readers may zoom."""
    said = [
        meta.get("content") or ""
        for meta in proof.page.iter("meta")
        if meta.get("name") == "viewport"
    ]
    if not any("width=device-width" in one for one in said):
        yield Fault(ERROR, "No <meta> sets the viewport to width=device-width.", HEAD)
    if any(
        re.search(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*1(\D|$)", one) for one in said
    ):
        yield Fault(ERROR, "The viewport forbids zooming; take that out (WCAG 2.2, 1.4.4).", HEAD)


@rule(
    "title",
    ERROR,
    reason="Reading programs say it first, and the browser view is called by it.",
    source="WCAG 2.2, success criterion 2.4.2",
)
def title(proof: Proof) -> Faults:
    """The document has a title."""
    if not "".join(proof.page.xpath("/html/head/title//text()")).strip():
        yield Fault(ERROR, "The document has no title; give <mj-title> some words.", HEAD)


@rule(
    "lang-dir",
    ERROR,
    reason="Reading programs choose the voice by it, and webmail keeps only what is on the wrapper.",
    source="WCAG 2.2, success criterion 3.1.1; BCP 47 (RFC 5646)",
)
def lang_dir(proof: Proof) -> Faults:
    """The language and the direction are named on <html> and on the wrapper inside <body>."""
    for element in (proof.page, *proof.page.xpath("//body//*[@role='main']")):
        name = f"<{element.tag}>"
        language = element.get("lang") or ""
        if language.lower() == "und" or not _LANGUAGE.fullmatch(language):
            message = f"{name} has lang={language!r}; name the language on <mjml>, such as en-GB."
            yield Fault(ERROR, message, proof.place(element))
        if element.get("dir") not in ("ltr", "rtl"):
            message = f"{name} has dir={element.get('dir')!r}; name ltr or rtl on <mjml>."
            yield Fault(ERROR, message, proof.place(element))


@rule(
    "mso",
    ERROR,
    reason="Outlook for Windows draws the columns from these comments; a broken one shows as text.",
    source="Microsoft, About Conditional Comments; measured with mrml 6.0.1 and premailer 3.10 on 2026-11-22",
)
def mso(proof: Proof) -> Faults:
    """Conditional comments are there for Outlook, all of them closed and none of them downlevel-revealed."""
    opened, closed = proof.html.count("<!--[if"), proof.html.count("<![endif]")
    if opened == 0:
        yield Fault(
            ERROR, "There is no <!--[if mso]> comment: Outlook for Windows gets no columns.", HEAD
        )
    if opened != closed:
        message = f"{opened} comments open with <!--[if and {closed} end with <![endif]."
        yield Fault(ERROR, message, HEAD)
    if "<![if" in proof.html:
        message = "<![if …]> does not survive an HTML parser; write <!--[if !mso]><!--> instead."
        yield Fault(ERROR, message, HEAD)


@rule(
    "forbidden",
    ERROR,
    reason="Clients strip or block these, filters take them for an attack, and some tell who reads.",
    source="caniemail.com, html-video (tested 2019-09-16, read 2026-11-23); ours: nothing fetched is trusted",
)
def forbidden(proof: Proof) -> Faults:
    """Nothing runs, embeds, asks for input or loads a style sheet."""
    for element in proof.page.iter(*_FORBIDDEN):
        message = f"<{element.tag}> does not work in mail; take it out."
        yield Fault(ERROR, message, proof.place(element))
    for link in proof.page.iter("link"):
        if "stylesheet" in (link.get("rel") or "").lower():
            message = f"The style sheet {link.get('href')} is loaded from outside; write it into the design."
            yield Fault(ERROR, message, HEAD)
    if any("@import" in sheet.lower() for sheet in proof.sheets):
        yield Fault(ERROR, "A <style> holds @import; write its rules into the design.", HEAD)
    for element in proof.page.xpath(_MAY_ACT):
        yield from _acting(proof, element)


def _acting(proof: Proof, element: Any) -> Iterator[Fault]:
    for name, value in element.items():
        if name.lower().startswith("on") or (
            ":" in value and value.lstrip()[:11].lower().startswith(_PROGRAMS)
        ):
            message = (
                f"{name}={cut(value, 40)!r} on <{element.tag}> would run a program; take it out."
            )
            yield Fault(ERROR, message, proof.place(element))


@rule(
    "token-left",
    ERROR,
    WARNING,
    reason="Half-filled templates and notes to oneself are what readers remember.",
    source="ours: the slots of src/briefing/model/merge_field.py",
)
def token_left(proof: Proof) -> Faults:
    """No template syntax, open slot, empty value or note to oneself is printed."""
    for name, part in (("HTML", proof.html), ("plain-text", proof.text)):
        if proof.email.nonce and proof.email.nonce in part:
            message = f"The {name} part still holds an open slot ({proof.email.nonce}…)."
            yield Fault(ERROR, message)
    yield from _left_in_text(proof)
    yield from _left_for_values(proof)


def _left_in_text(proof: Proof) -> Iterator[Fault]:
    for text, where in _printed(proof):
        found = _LEFT.search(text) or ("orem" in text.lower() and _FILLER.search(text))
        if found and _is_a_sources_own(proof, text, found):
            message = (
                f"{quoted(found[0])} stands in {quoted(text)} as in the source; read it again."
            )
            yield Fault(WARNING, message, _place(proof, where))
        elif found:
            message = f"{quoted(found[0])} was left in {quoted(text)}; fill it in."
            yield Fault(ERROR, message, _place(proof, where))
        elif "TK" in text and _TO_COME.search(text):
            message = f"{quoted(text)} says TK; if that means to come, write it."
            yield Fault(WARNING, message, _place(proof, where))


def _is_a_sources_own(proof: Proof, text: str, found: re.Match[str]) -> bool:
    """Whether an article says so itself, with the words around it: a page about templates, or a hostile one."""
    around = folded(text[max(0, found.start() - _AROUND) : found.end() + _AROUND])
    around = around.removesuffix("…")  # a link is called by the beginning of its headline
    sources = ((piece.article.headline, piece.digest.text) for piece in proof.pieces)
    return any(around in folded(plain(source)) for pair in sources for source in pair)


def _left_for_values(proof: Proof) -> Iterator[Fault]:
    for run in proof.runs:
        if run.text.strip().lower() in _NOTHING and run.element.tag not in _INLINE:
            message = f"{quoted(run.text)} stands where a value should; fill it in."
            yield Fault(ERROR, message, proof.place(run.element))
    for link in proof.links:
        if _LEFT.search(link.href):
            message = f"The link {quoted(link.words)} leads to {cut(link.href)!r}; fill it in."
            yield Fault(ERROR, message, proof.place(link.element))


def _place(proof: Proof, where: Any) -> Place:
    return where if isinstance(where, Place) else proof.place(where)


def _printed(proof: Proof) -> Iterator[tuple[str, Any]]:
    """Every text, with its place or the element it stands in."""
    yield proof.email.subject, SUBJECT
    yield proof.email.preheader, PREHEADER
    for run in proof.runs:
        yield run.text, run.element
