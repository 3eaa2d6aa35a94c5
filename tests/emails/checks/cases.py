"""One row a case: the rule, what is true of the letter, the change, and what the rule must say."""

from dataclasses import dataclass, replace
from datetime import date

from tests.emails.checks.conftest import Change, edition_at_home

from briefing.emails.checks import Answer
from briefing.emails.checks.colour import Colour
from briefing.model.article import Sponsorship, Verdict
from briefing.model.digest import Pair, PairKind, Sentence
from briefing.model.edition import BlockKind, FollowUp, PrintedPicture, WrittenBlock
from briefing.model.finding import Severity
from briefing.model.mail import Address

E, W, N = Severity.ERROR, Severity.WARNING, Severity.INFO
AS_IT_IS = Change(wire=lambda wire: wire)
FILLER = '<p style="font-size:16px">' + "All the news that fits. " * 250 + "</p>"
IMG = '<img src="https://pictures.harbour/a.png" alt="A boat in a harbour" width="300">'
PICTURES = "https://briefing.example.org/pictures"
LABEL = "Sponsored · Advertisement feature</h2>"
ADDRESS = "https://review.harbour/politics/2026/11/mayors-buses"
TURBINES = "https://northgatewind.harbour/kitchens"
PAID_LINK = ' rel="sponsored nofollow noopener"'


@dataclass(frozen=True)
class Case:
    """What one rule makes of one letter."""

    rule: str
    sentence: str
    change: Change
    #: The severity that it finds at least once; None when it finds nothing.
    severity: Severity | None
    #: Part of the message.
    says: str = ""


def anonymous(edition):
    (advert,) = edition.sponsored
    nobody = Sponsorship(verdict=Verdict.SPONSORED)
    article = replace(advert.article, sponsorship=nobody)
    return replace(edition, sponsored=(replace(advert, article=article),))


def pictured(edition, place=0, alt="Boats at sea", credit="Jo Ray"):
    picture = PrintedPicture(
        sha256="5a" * 32, width=1408, height=792, size=150_000, alt=alt, credit=credit
    )
    items = list(edition.items)
    items[place] = replace(items[place], picture=picture)
    return replace(edition, items=tuple(items))


def undescribed(edition):
    return pictured(edition, alt=" ")


def uncredited(edition):
    return pictured(edition, credit="")


def pictured_second(edition):
    return pictured(edition, 1)


def issued(edition, place=-1):
    items = list(edition.items)
    said = Sponsorship(verdict=Verdict.ISSUED, sponsor="Quay Pilots’ Guild")
    items[place] = replace(
        items[place], article=replace(items[place].article, sponsorship=said), kicker=""
    )
    return replace(edition, items=tuple(items))


def issued_lead(edition):
    return issued(edition, 0)


def issued_by_nobody(edition):
    *items, last = issued(edition).items
    nobody = Sponsorship(verdict=Verdict.ISSUED)
    return replace(
        edition,
        items=(*items, replace(last, article=replace(last.article, sponsorship=nobody))),
    )


def thrice_paid(edition):
    return replace(edition, sponsored=edition.sponsored * 3)


def perhaps_the_same(edition):
    one, other, *rest = edition.items
    flags = (f"possibly the same as {other.article.id}",)
    flagged = replace(one, article=replace(one.article, flags=flags))
    twin = (f"possibly the same as {one.article.id}",)
    return replace(
        edition,
        items=(flagged, replace(other, article=replace(other.article, flags=twin)), *rest),
    )


def without_address(edition):
    one, *rest = edition.items
    article = replace(one.article, canonical_url=None)
    return replace(edition, items=(replace(one, article=article), *rest))


def written_in(edition):
    block = WrittenBlock(name="intro", kind=BlockKind.INTRO, text="Nobody prints **this**.")
    return replace(edition, blocks=(block,))


def led_by_the_last(edition):
    *others, last = edition.items
    return replace(edition, items=(last, *others))


def parted(edition):
    """The first story keeps a sentence and loses the one that answers it."""
    one, *rest = edition.items
    claim = one.digest.sentences[0]
    answer = Sentence(text="The mayor denied it.", start=0, end=20)
    pair = Pair(kind=PairKind.DENIAL, claim=claim, answers=(answer,))
    return replace(edition, items=(replace(one, digest=replace(one.digest, pairs=(pair,))), *rest))


def paired(edition):
    one, *rest = parted(edition).items
    (pair,) = one.digest.pairs
    both = replace(pair, answers=(*pair.answers, one.digest.sentences[-1]))
    return replace(edition, items=(replace(one, digest=replace(one.digest, pairs=(both,))), *rest))


def follow_up(edition, place=0, **news):
    """The lead carries on another story, with one of its sentences as what is new."""
    one, *rest = edition.items
    said = replace(one.digest.sentences[place], **news)
    before = FollowUp(
        edition="old", day=date(2026, 11, 20), headline="Old", news=said, printed=True
    )
    return replace(edition, items=(replace(one, follow_up=before), *rest))


def same_headline_twice(edition):
    return replace(edition, items=(*edition.items, edition.items[0]))


WHITE, GREY = Colour(255, 255, 255), Colour(200, 190, 160)


def painted(row, **changes):
    """The drawn page with one text of its first block changed: 0 is the label, 1 the headline, 2 the end."""

    def _painted(page):
        place = [text.block for text in page.texts].index(0) + row
        texts = list(page.texts)
        texts[place] = replace(texts[place], **changes)
        return replace(page, texts=tuple(texts))

    return _painted


def high(page):
    """The drawn page with a block that begins far above its label."""
    return replace(page, blocks=(replace(page.blocks[0], top=0.0),))


def turned(page):
    """The drawn page with the label painted first and written second."""
    place = [text.block for text in page.texts].index(0)
    texts = list(page.texts)
    texts[place : place + 2] = texts[place + 1], texts[place]
    return replace(page, texts=tuple(texts))


CASES = (
    Case("letter", "a letter can be written", AS_IT_IS, None),
    Case("letter", "a letter cannot be written", Change(unwritten="no key"), E, "no key"),
    Case("mime", "a letter as it leaves", AS_IT_IS, None),
    Case(
        "mime", "a subject outside ASCII", Change(subject="Fjord–Å", wire=lambda wire: wire), None
    ),
    Case("mime", "a line of 999 octets", Change(wire=lambda wire: wire + b"x" * 999), E, "999"),
    Case("mime", "a byte above 127", Change(wire=lambda wire: wire + b"\xe9"), E, "above 127"),
    Case("mime", "no Date", Change(wire=lambda wire: wire.replace(b"Date:", b"X-D:")), E, "Date"),
    Case(
        "mime",
        "two Message-IDs",
        Change(wire=lambda wire: b"Message-ID: <a@b>\r\n" + wire),
        E,
        "once",
    ),
    Case(
        "mime",
        "another Subject",
        Change(wire=lambda wire: wire.replace(b"pact", b"tact", 1)),
        E,
        "reads back",
    ),
    Case("subject", "40 characters", Change(subject="x" * 40), None),
    Case("subject", "41 characters", Change(subject="x" * 41), N, "41"),
    Case("subject", "61 characters", Change(subject="x" * 61), W, "61"),
    Case("subject", "no words", Change(subject=" "), E, "empty"),
    Case("subject", "a line break", Change(subject="Pact\r\nBcc: all"), E, "line break"),
    Case("subject", "all in capitals", Change(subject="FISHERIES PACT"), W, "capitals"),
    Case("subject", "an abbreviation alone", Change(subject="NATO"), None),
    Case("subject", "two exclamation marks", Change(subject="A pact!!"), W, "exclamation"),
    Case("subject", "two emoji", Change(subject="🐟 pact 🐟"), W, "2 emoji"),
    Case("subject", "one emoji", Change(subject="A pact 🐟"), None),
    Case("preheader", "as the sample has it", Change(), None),
    Case("preheader", "nothing at all", Change(preheader=""), W, "no preheader"),
    Case("preheader", "ten characters", Change(preheader="Plus: buses"), W, "11 characters"),
    Case(
        "preheader",
        "the subject again",
        Change(subject="x" * 40, preheader="x" * 40),
        W,
        "subject says",
    ),
    Case(
        "preheader",
        "not first in the body",
        Change(html=(('<div style="display:none', '<p>Hello</p><div style="display:none'),)),
        W,
        "first text",
    ),
    Case("sender", "a short name", Change(), None),
    Case(
        "sender",
        "a name of 26 characters",
        Change(house={"sender": Address(email="a@b.test", name="x" * 26)}),
        N,
        "26",
    ),
    Case(
        "sender", "no name", Change(house={"sender": Address(email="a@b.test")}), N, "0 characters"
    ),
    Case(
        "sender",
        "answers to a bare host",
        Change(house={"reply_to": Address(email="desk@here")}),
        N,
        "desk@here",
    ),
    Case("size-html", "24 kB", Change(), None),
    Case("size-html", "over 80 kB", Change(add=FILLER * 11), W, "print fewer"),
    Case("size-html", "over 102,400 bytes", Change(add=FILLER * 14), E, "102,400"),
    Case("size-style", "as the design has it", Change(), None),
    Case(
        "size-style",
        "a <style> of 17 kB",
        Change(head=f"<style>{'p { color: red } ' * 1_000}</style>"),
        E,
        "16,384",
    ),
    Case(
        "size-style",
        "12 kB in two",
        Change(head=f"<style>{'p { color: red } ' * 500}</style>" * 2),
        W,
        "12,000",
    ),
    Case("footer", "address and all three ways", Change(), None),
    Case(
        "footer",
        "no postal address",
        Change(html=(("4 Quay Street", "4 Key Street"),)),
        E,
        "postal address",
    ),
    Case(
        "footer",
        "no unsubscribe link",
        Change(html=((">Unsubscribe</a>", "></a>"), ("u_unsubscribe_url_", "u_view_url_"))),
        E,
        "unsubscribe link",
    ),
    Case("footer-early", "a short letter", Change(), None),
    Case("footer-early", "100 kB of stories before it", Change(story=FILLER * 18), E, "100,000"),
    Case("list-unsubscribe", "as letters have it", AS_IT_IS, None),
    Case(
        "list-unsubscribe",
        "only a mailto",
        Change(
            wire=lambda wire: wire.replace(
                b"<https://briefing.harbour/unsubscribe_url/abc>", b"<mailto:a@b.test>"
            )
        ),
        E,
        "https",
    ),
    Case(
        "list-unsubscribe",
        "another host",
        Change(wire=lambda wire: wire.replace(b"<https://briefing", b"<https://other")),
        E,
        "other.harbour",
    ),
    Case(
        "list-unsubscribe",
        "no one-click header",
        Change(wire=lambda wire: wire.replace(b"List-Unsubscribe-Post", b"X-Post")),
        E,
        "One-Click",
    ),
    Case("doctype", "HTML 5", Change(), None),
    Case("doctype", "none", Change(html=(("<!doctype html>", ""),)), E, "begins with"),
    Case("charset", "utf-8", Change(), None),
    Case("charset", "none", Change(html=(("charset=UTF-8", ""),)), E, "utf-8"),
    Case("viewport", "as wide as the device", Change(), None),
    Case("viewport", "none", Change(html=(('name="viewport"', 'name="x"'),)), E, "viewport"),
    Case(
        "viewport",
        "no zooming",
        Change(html=(("initial-scale=1", "user-scalable=no"),)),
        E,
        "zooming",
    ),
    Case("title", "some words", Change(), None),
    Case("title", "none", Change(html=(("<title>", "<title></title><x>"),)), E, "no title"),
    Case("lang-dir", "named", Change(), None),
    Case(
        "lang-dir",
        "und",
        Change(html=(('lang="en-GB" dir="ltr"', 'lang="und" dir="ltr"'),)),
        E,
        "und",
    ),
    Case(
        "lang-dir", "no BCP 47", Change(html=(('lang="en-GB"', 'lang="English!"'),)), E, "English!"
    ),
    Case(
        "lang-dir",
        "no direction",
        Change(html=(('lang="en-GB" dir="ltr"', 'lang="en-GB"'),)),
        E,
        "dir",
    ),
    Case("mso", "as the compiler writes them", Change(), None),
    Case("mso", "one left open", Change(add="<!--[if mso]>"), E, "open"),
    Case("mso", "none", Change(html=(("<!--[if", "<!--"), ("<![endif]", ""))), E, "no columns"),
    Case(
        "mso",
        "downlevel-revealed",
        Change(add="<![if !mso]><!--[if x]><![endif]-->"),
        E,
        "does not survive",
    ),
    Case("forbidden", "nothing of it", Change(), None),
    Case("forbidden", "a script", Change(add="<script>1</script>"), E, "<script>"),
    Case("forbidden", "a form", Change(add="<form></form>"), E, "<form>"),
    Case("forbidden", "a handler", Change(add='<p onclick="x()">a</p>'), E, "onclick"),
    Case(
        "forbidden",
        "a javascript: link",
        Change(add='<a href="javascript:x()">a</a>'),
        E,
        "would run",
    ),
    Case("forbidden", "an @import", Change(head="<style>@import 'x.css';</style>"), E, "@import"),
    Case(
        "forbidden",
        "an outside style sheet",
        Change(head='<link rel="stylesheet" href="https://x.harbour/a.css">'),
        E,
        "a.css",
    ),
    Case("token-left", "all is filled in", AS_IT_IS, None),
    Case(
        "token-left",
        "a word that begins with None",
        Change(story="<p>None of the mayors came.</p>"),
        None,
    ),
    Case("token-left", "template syntax", Change(story="<p>Dear {{ name }}</p>"), E, "{{"),
    Case("token-left", "None for a value", Change(story="<p>None</p>"), E, "None"),
    Case("token-left", "lorem ipsum", Change(story="<p>Lorem ipsum dolor</p>"), E, "Lorem ipsum"),
    Case(
        "token-left",
        "a note to oneself",
        Change(preheader="TK: something about the buses"),
        W,
        "TK",
    ),
    Case(
        "token-left",
        "template syntax in a link",
        Change(add='<a href="https://a.harbour/{{ x }}">a</a>'),
        E,
        "{{",
    ),
    Case("table-role", "layout tables say so", Change(), None),
    Case(
        "table-role",
        "a layout table that does not",
        Change(add="<table><tr><td>a</td></tr></table>"),
        W,
        "role",
    ),
    Case(
        "table-role",
        "data with scope",
        Change(add='<table><tr><th scope="col">a</th></tr></table>'),
        None,
    ),
    Case(
        "table-role",
        "data without scope",
        Change(add="<table><tr><th>a</th></tr></table>"),
        W,
        "scope",
    ),
    Case("h1-single", "one h1", Change(), None),
    Case("h1-single", "two h1", Change(add="<h1>Again</h1>"), W, "2 <h1>"),
    Case("h1-single", "a level skipped", Change(story="<h4>Deep</h4>"), W, "do not skip"),
    Case("h1-single", "an empty heading", Change(story="<h3> </h3>"), W, "empty"),
    Case("font-size", "as the design has it", Change(), None),
    Case("font-size", "10 px", Change(add='<p style="font-size:10px">Small print</p>'), E, "10 px"),
    Case(
        "font-size", "8 pt", Change(add='<p style="font-size:8pt">Small print</p>'), E, "10.6667 px"
    ),
    Case(
        "font-size",
        "a paragraph in 13 px",
        Change(add=f'<p style="font-size:13px">{"word " * 20}</p>'),
        W,
        "13 px",
    ),
    Case(
        "font-size",
        "a label in 13 px",
        Change(add='<p style="font-size:13px">Also today</p>'),
        None,
    ),
    Case(
        "font-size",
        "hidden text in 1 px",
        Change(add='<p style="font-size:1px;display:none">x</p>'),
        None,
    ),
    Case("contrast-light", "as the design has it", Change(), None),
    Case(
        "contrast-light",
        "grey on white at 4.4",
        Change(story='<p style="color:#797979">grey</p>'),
        W,
        "4.3",
    ),
    Case(
        "contrast-light",
        "grey on white below 3",
        Change(story='<p style="color:#aaaaaa">grey</p>'),
        E,
        "2.32",
    ),
    Case(
        "contrast-light",
        "large grey at 4.4",
        Change(story='<p style="color:#797979;font-size:24px">grey</p>'),
        None,
    ),
    Case(
        "contrast-light",
        "bold grey of 19 px",
        Change(story='<p style="color:#797979;font-size:19px"><b>grey</b></p>'),
        None,
    ),
    Case(
        "contrast-light",
        "a link without a colour on red",
        Change(story='<p style="background:#b1121d"><a href="https://a.harbour">blue</a></p>'),
        E,
        "#0000ee",
    ),
    Case(
        "contrast-light",
        "half-covering text",
        Change(story='<p style="color:rgba(0,0,0,.3)">pale</p>'),
        E,
        ":1",
    ),
    Case(
        "contrast-light",
        "a bgcolor behind it",
        Change(
            add='<table bgcolor="#777777" role="none"><tr><td style="color:#888888">x</td></tr></table>'
        ),
        E,
        "#777777",
    ),
    Case("contrast-dark", "as the design has it", Change(), None),
    Case(
        "contrast-dark",
        "a footer whose table stays light",
        Change(html=((".page,.foot,.foot>table{", ".page,.foot{"),)),
        E,
        "dark mode",
    ),
    Case(
        "contrast-dark",
        "no dark rules at all",
        Change(html=(("(prefers-color-scheme:dark)", "print"),)),
        None,
    ),
    Case(
        "contrast-dark",
        "4:1 on the dark ground",
        Change(add='<p class="page" style="color:#7a7a7a;background:#12100f">x</p>'),
        W,
        "dark mode",
    ),
    Case("contrast-forced", "as the design has it", Change(), None),
    Case(
        "contrast-forced",
        "grey of 4.2 on a light ground",
        Change(story='<p style="color:#757575;background:#f4f4f4">x</p>'),
        W,
        "forced",
    ),
    Case(
        "contrast-forced",
        "light text on a light enough ground",
        Change(story='<p style="color:#ffffff;background:#797979">x</p>'),
        None,
    ),
    Case(
        "contrast-forced",
        "text on a ground of the middle",
        Change(story='<p style="color:#111111;background:#808080">x</p>'),
        W,
        "forced",
    ),
    Case("dark-meta", "both", Change(), None),
    Case(
        "dark-meta",
        "no meta",
        Change(html=(('<meta name="color-scheme" content="light dark">', ""),)),
        W,
        "<meta",
    ),
    Case(
        "dark-meta",
        "no dark rules",
        Change(html=(("(prefers-color-scheme:dark)", "print"),)),
        W,
        "There is no @media",
    ),
    Case(
        "dark-meta",
        "a weak dark rule",
        Change(html=(("body{background:#12100f!important}", "body{background:#12100f}"),)),
        W,
        "cannot win",
    ),
    Case("css-kept", "every dark rule twice", Change(), None),
    Case(
        "css-kept",
        "one without its twin",
        Change(html=(("[data-ogsc] .card p", ".card p"),)),
        E,
        ".card p",
    ),
    Case("img-alt", "described", Change(add=IMG), None),
    Case("img-alt", "no alt", Change(add='<img src="a.png">'), E, "no alt"),
    Case("img-alt", "decoration", Change(add='<img src="a.png" alt="">'), None),
    Case(
        "img-alt",
        "a link without words",
        Change(add='<a href="https://a.harbour"><img src="a.png" alt=""></a>'),
        E,
        "without words",
    ),
    Case(
        "img-alt", "a file name", Change(add='<img src="a.png" alt="IMG_001.jpg">'), W, "file name"
    ),
    Case("img-alt", "image of", Change(add='<img src="a.png" alt="Image of a boat">'), W, "label"),
    Case("img-dim", "300 pixels", Change(add=IMG), None),
    Case("img-dim", "no width", Change(add='<img src="a.png" alt="">'), W, "width"),
    Case(
        "img-dim",
        "wider than the page",
        Change(add='<img src="a.png" alt="" width="900">'),
        W,
        "900",
    ),
    Case("img-format", "PNG", Change(add=IMG), None),
    Case(
        "img-format",
        "SVG",
        Change(add='<img src="https://a.harbour/a.svg?v=1" alt="">'),
        W,
        "Gmail",
    ),
    Case(
        "img-format",
        "data",
        Change(add='<img src="data:image/png;base64,AAAA" alt="">'),
        W,
        "data:",
    ),
    Case("img-weight", "no fetcher", Change(add=IMG), None),
    Case(
        "img-weight",
        "200 kB",
        Change(add=IMG, web={"https://pictures.harbour/a.png": Answer(status=200, size=200_000)}),
        None,
    ),
    Case(
        "img-weight",
        "201 kB",
        Change(add=IMG, web={"https://pictures.harbour/a.png": Answer(status=200, size=201_000)}),
        W,
        "201,000",
    ),
    Case(
        "img-weight",
        "2 MB",
        Change(add=IMG, web={"https://pictures.harbour/a.png": Answer(status=200, size=2_000_000)}),
        E,
        "2,000,000",
    ),
    Case(
        "img-weight",
        "a picture that is gone",
        Change(add=IMG, web={"https://pictures.harbour/a.png": Answer(status=404)}),
        E,
        "404",
    ),
    Case(
        "img-weight",
        "101 pictures",
        Change(
            add="".join(f'<img src="https://a.harbour/{n}" alt="">' for n in range(101)), web={}
        ),
        W,
        "1 more pictures",
    ),
    Case("img-credit", "described and credited", Change(edition=pictured, drawn=True), None),
    Case("img-credit", "no alt", Change(edition=undescribed, drawn=True), E, "without an alt"),
    Case("img-credit", "no credit", Change(edition=uncredited, drawn=True), E, "without a credit"),
    Case(
        "img-address",
        "a public address",
        Change(edition=pictured, drawn=True, html=((PICTURES, "https://b.harbour/pictures"),)),
        None,
    ),
    Case(
        "img-address",
        "an address for examples",
        Change(edition=pictured, drawn=True),
        W,
        "set `[site] public_url`",
    ),
    Case(
        "img-address",
        "this machine",
        Change(edition=pictured, drawn=True, html=((PICTURES, "http://localhost/pictures"),)),
        E,
        "set `[site] public_url`",
    ),
    Case("img-printed", "the lead's", Change(edition=pictured, drawn=True), None),
    Case(
        "img-printed",
        "another story's",
        Change(edition=pictured_second, drawn=True),
        N,
        "the design prints none in its block",
    ),
    Case("img-ratio", "pictures next to much text", Change(add=IMG), None),
    Case(
        "img-ratio",
        "a picture and little else",
        Change(
            html=(
                ("<h1", '<h1 hidden="" x'),
                ('class="lead', 'hidden="" class="lead'),
                ('class="story', 'hidden="" class="story'),
                ('class="advert', 'hidden="" class="advert'),
            ),
            add=IMG,
        ),
        W,
        "characters of text",
    ),
    Case("link-text", "each says where it leads", Change(), None),
    Case(
        "link-text",
        "click here",
        Change(add='<a href="https://a.harbour">Click here</a>'),
        W,
        "Click here",
    ),
    Case(
        "link-text",
        "an address for words",
        Change(add='<a href="https://a.harbour">https://a.harbour</a>'),
        W,
        "say what",
    ),
    Case("link-text", "no words", Change(add='<a href="https://a.harbour"></a>'), W, "say what"),
    Case(
        "link-text",
        "same words for two places",
        Change(add='<a href="https://a.harbour">Boats</a><a href="https://b.harbour">Boats</a>'),
        W,
        "two places",
    ),
    Case(
        "link-text",
        "same words for one place",
        Change(
            add='<a href="https://a.harbour/?utm_source=x">Boats</a><a href="http://a.harbour">Boats</a>'
        ),
        None,
    ),
    Case("link-href", "whole https addresses", AS_IT_IS, None),
    Case(
        "link-href",
        "mailto",
        Change(add='<a href="mailto:desk@harbour.test">Write to us</a>'),
        None,
    ),
    Case("link-href", "nothing", Change(add='<a href="">Boats</a>'), E, "not a place"),
    Case("link-href", "a fragment", Change(add='<a href="#top">Boats</a>'), E, "not a place"),
    Case("link-href", "not whole", Change(add='<a href="/boats">Boats</a>'), E, "not whole"),
    Case(
        "link-href",
        "a space",
        Change(add='<a href="https://a.harbour/a b">Boats</a>'),
        E,
        "a space",
    ),
    Case(
        "link-href",
        "a password",
        Change(add='<a href="https://me:secret@a.harbour">Boats</a>'),
        E,
        "password",
    ),
    Case(
        "link-href",
        "an address too long for a sentence",
        Change(add=f'<a href="http://a.harbour/{"boats-" * 20}">Boats</a>'),
        W,
        "boats-b…', without",
    ),
    Case(
        "link-href",
        "this machine",
        Change(add='<a href="http://localhost:8000">Boats</a>'),
        E,
        "only this machine",
    ),
    Case(
        "link-href",
        "a private network",
        Change(add='<a href="https://192.168.1.4/a">Boats</a>'),
        E,
        "only this machine",
    ),
    Case(
        "link-href",
        "no real address",
        Change(add='<a href="https://[::1">Boats</a>'),
        E,
        "cannot be read",
    ),
    Case(
        "link-href", "http", Change(add='<a href="http://a.harbour">Boats</a>'), W, "without https"
    ),
    Case(
        "link-href",
        "a name reserved for examples",
        Change(add='<a href="https://www.example.org/">Boats</a>'),
        W,
        "reserved",
    ),
    Case("link-live", "no fetcher", Change(), None),
    Case("link-live", "all answer", Change(web={}), None),
    Case("link-live", "one is gone", Change(web={ADDRESS: Answer(status=404)}), E, "404"),
    Case("link-live", "one has moved", Change(web={ADDRESS: Answer(status=301)}), W, "301"),
    Case(
        "link-live",
        "more links than are asked",
        Change(
            add="".join(f'<a href="https://a.harbour/{n}">Boats {n}</a>' for n in range(110)),
            web={},
        ),
        W,
        "more links were not asked",
    ),
    Case(
        "link-live",
        "nobody there",
        Change(web={ADDRESS: Answer(status=0, problem="cannot be reached: no such host")}),
        E,
        "no such host",
    ),
    Case("link-tracking", "none but the advertiser's own", Change(), None),
    Case(
        "link-tracking",
        "one story tagged alone",
        Change(html=((ADDRESS, f"{ADDRESS}?utm_source=staggers"),)),
        W,
        "tag all alike",
    ),
    Case(
        "link-tracking",
        "one tag twice",
        Change(html=((ADDRESS, f"{ADDRESS}?utm_source=a&utm_source=b"),)),
        W,
        "one twice",
    ),
    Case(
        "link-tracking",
        "a mailto with a tag",
        Change(add='<a href="mailto:a@b.test?utm_source=x">Write</a>'),
        W,
        "own link",
    ),
    Case(
        "link-tracking",
        "an advertiser's link cut short",
        Change(html=(("?utm_source=review", ""),)),
        W,
        "keep its parameters",
    ),
    Case("pair-parted", "no pairs known", Change(), None),
    Case("pair-parted", "one of two answers is there", Change(edition=paired), None),
    Case("pair-parted", "denial left out", Change(edition=parted), W, "prints the denial"),
    Case("follow-up", "the first sentence", Change(edition=follow_up), None),
    Case(
        "follow-up",
        "a sentence further down",
        Change(edition=lambda edition: follow_up(edition, place=1)),
        W,
        "stands in the paragraph too",
    ),
    Case(
        "follow-up",
        "other words than the article's",
        Change(edition=lambda edition: follow_up(edition, text="The pact is off.")),
        E,
        "not a sentence of the article",
    ),
    Case("story-dup", "each once", Change(), None),
    Case(
        "story-dup",
        "a story linked in another",
        Change(story=f'<a href="{ADDRESS}#top">The buses</a>'),
        W,
        "linked here",
    ),
    Case("story-dup", "perhaps the same", Change(edition=perhaps_the_same), W, "may be the same"),
    Case("story-dup", "a headline twice", Change(edition=same_headline_twice), W, "printed twice"),
    Case("story-address", "each has one", Change(), None),
    Case(
        "story-address", "a story without one", Change(edition=without_address), N, "has no address"
    ),
    Case("block-printed", "nothing is written", Change(), None),
    Case(
        "block-printed",
        "the words of the block stand there",
        Change(edition=written_in, add="<p>Nobody prints <b>this</b>.</p>"),
        None,
    ),
    Case(
        "block-printed",
        "a block that the design does not have",
        Change(edition=written_in),
        W,
        "kept and not sent",
    ),
    Case("text-part", "as the design has it", AS_IT_IS, None),
    Case(
        "text-part",
        "a headline missing",
        Change(text=(("Night courts may open", "Day courts may open"),)),
        E,
        "Night courts",
    ),
    Case("text-part", "an address missing", Change(text=((ADDRESS, ""),)), E, ADDRESS),
    Case(
        "text-part",
        "no way out",
        Change(text=(("u_unsubscribe_url_", "u_view_url_"),)),
        E,
        "unsubscribe",
    ),
    Case("text-part", "an entity", Change(text=(("Tomas", "&nbsp;Tomas"),)), E, "&nbsp;"),
    Case(
        "text-part",
        "a long line",
        Change(text=(("Tomas", "word " * 20 + "Tomas"),)),
        W,
        "longer than 78",
    ),
    Case("text-part", "a third of the words", Change(add=FILLER * 3), E, "say as much"),
    Case("sponsor-label", "advertisement feature comes first", Change(), None),
    Case(
        "sponsor-label",
        "the headline comes first",
        Change(
            html=(
                (LABEL, ""),
                ("<p style", "<p hidden style"),
            )
        ),
        E,
        "begins with",
    ),
    Case(
        "sponsor-label",
        "no block at all",
        Change(html=(('"sponsored"', '"other"'),)),
        E,
        "no block",
    ),
    Case(
        "sponsor-label",
        "no label in plain text",
        Change(text=(("Sponsored · Advertisement feature", ""),)),
        E,
        "plain-text",
    ),
    Case("sponsor-words", "advertisement feature", Change(), None),
    Case(
        "sponsor-words",
        "only sponsored",
        Change(html=((LABEL, "<strong>Sponsored</strong></h2>"),)),
        E,
        "not clear enough",
    ),
    Case(
        "sponsor-words",
        "in association with",
        Change(html=((LABEL, "<b>In association with Northgate</b></h2>"),)),
        E,
        "not clear enough",
    ),
    Case("sponsor-words", "an ad", Change(html=((LABEL, "<b>Promoted · Ad</b></h2>"),)), None),
    Case("sponsor-rel", "paid links and no others", Change(), None),
    Case("sponsor-rel", "a paid link without", Change(html=((PAID_LINK, ""),)), E, "has no rel"),
    Case(
        "sponsor-rel",
        "a story's link with it",
        Change(story='<a rel="sponsored" href="https://a.harbour">Boats</a>'),
        E,
        "outside a paid block",
    ),
    Case(
        "sponsor-rel",
        "a paid address in a story",
        Change(story=f'<a href="{TURBINES}">Boats</a>'),
        E,
        "was paid for",
    ),
    Case(
        "sponsor-rel",
        "the advertiser's site in a story",
        Change(story='<a href="https://northgatewind.harbour/about">Boats</a>'),
        W,
        "is it meant",
    ),
    Case("sponsor-distinct", "a ground and a border of its own", Change(), None),
    Case(
        "sponsor-distinct",
        "like a story",
        Change(
            html=(
                ("background-color:#fbf4df", "background-color:#fff"),
                ("background:#ecd07a", "background:#fff"),
                ("border:2px solid #c39a1c", "border:none"),
            )
        ),
        W,
        "no border",
    ),
    Case("sponsor-distinct", "nobody named", Change(edition=anonymous), W, "Nobody is named"),
    Case("sponsor-count", "one, below the stories", Change(), None),
    Case("sponsor-count", "three of two", Change(edition=thrice_paid), W, "3 paid pieces"),
    Case(
        "sponsor-count",
        "above the first story",
        Change(html=(("<h1", '<p class="sponsored">Ad</p><h1'),)),
        W,
        "above the first",
    ),
    Case(
        "sponsor-count",
        "in the subject",
        Change(subject="Why the wind off Dogger Bank will heat two million kitchens"),
        W,
        "subject names",
    ),
    Case("issued-label", "the issuer's name comes first", Change(edition=issued, drawn=True), None),
    Case("issued-label", "drawn as a story", Change(edition=issued), E, "css-class issued"),
    Case(
        "issued-label",
        "the label under the headline",
        Change(edition=issued, drawn=True, html=(("Issued by Quay", "From Quay"),)),
        E,
        "begins with",
    ),
    Case(
        "issued-label",
        "a digest in nobody's name",
        Change(edition=issued, drawn=True, html=(("Guild says:", "Guild:"),)),
        E,
        "does not say",
    ),
    Case(
        "issued-label",
        "no label in plain text",
        Change(edition=issued, drawn=True, text=(("Issued by Quay", "By Quay"),)),
        E,
        "plain-text",
    ),
    Case("issued-label", "by nobody", Change(edition=issued_by_nobody, drawn=True), E, "Nobody"),
    Case("issued-distinct", "a ground of its own", Change(edition=issued, drawn=True), None),
    Case(
        "issued-distinct",
        "like a story",
        Change(
            edition=issued,
            drawn=True,
            html=(("background:#eaf0f4", "background:#fff"), ("border-left:4px", "border-left:0")),
        ),
        W,
        "no border",
    ),
    Case("issued-place", "among the stories", Change(edition=issued, drawn=True), None),
    Case("issued-place", "the lead", Change(edition=issued_lead, drawn=True), W, "leads"),
    Case(
        "issued-place",
        "in the subject",
        Change(
            edition=issued_lead,
            drawn=True,
            subject="Fisheries pact holds as Orkney boats win back the western grounds",
        ),
        W,
        "subject names",
    ),
    Case("sponsor-place", "between two blocks", Change(), None),
    Case(
        "sponsor-place", "behind the lead", Change(edition=led_by_the_last), W, "next to the lead"
    ),
    Case("compat-flex", "flex", Change(add='<p style="display:flex">a</p>'), W, "flex"),
    Case("compat-flex", "inline-block", Change(add='<p style="display:inline-block">a</p>'), None),
    Case("compat-grid", "grid", Change(head="<style>p { display: grid }</style>"), W, "grid"),
    Case(
        "compat-position",
        "absolute",
        Change(add='<p style="position:absolute">a</p>'),
        W,
        "position",
    ),
    Case("compat-position", "static", Change(add='<p style="position:static">a</p>'), None),
    Case("compat-float", "left", Change(add='<p style="float:left">a</p>'), W, "float"),
    Case("compat-float", "none", Change(add='<p style="float:none">a</p>'), None),
    Case(
        "compat-background-image",
        "a picture",
        Change(add='<p style="background:url(a.png)">a</p>'),
        W,
        "background",
    ),
    Case(
        "compat-background-image", "a colour", Change(add='<p style="background:#fff">a</p>'), None
    ),
    Case(
        "compat-negative-margin", "-4px", Change(add='<p style="margin:0 -4px">a</p>'), W, "margins"
    ),
    Case("compat-negative-margin", "4px", Change(add='<p style="margin:0 4px">a</p>'), None),
    Case("compat-svg", "drawn in the page", Change(add="<svg></svg>"), W, "svg"),
    Case("compat-svg", "a picture", Change(add=IMG), None),
    Case(
        "compat-font-face",
        "a web font",
        Change(head="<style>@font-face { font-family: X; src: url(x.woff) }</style>"),
        N,
        "font",
    ),
    Case(
        "compat-border-radius",
        "round corners",
        Change(add='<p style="border-radius:4px">a</p>'),
        N,
        "radius",
    ),
    Case(
        "compat-border-radius",
        "square corners",
        Change(add='<p style="border-radius:0">a</p>'),
        None,
    ),
    Case(
        "compat-box-shadow",
        "a shadow",
        Change(add='<p style="box-shadow:0 1px 2px #000">a</p>'),
        N,
        "shadow",
    ),
    Case("compat-box-shadow", "none", Change(add='<p style="box-shadow:none">a</p>'), None),
    Case(
        "compat-child-selector",
        "for everyone",
        Change(head="<style>.a > p { margin: 0 }</style>"),
        N,
        "child",
    ),
    Case("compat-dark-rules", "as the design has them", Change(), N, "Gmail"),
    Case(
        "compat-dark-rules", "none", Change(html=(("(prefers-color-scheme:dark)", "print"),)), None
    ),
    Case(
        "subject",
        "one flag and one astronaut are two",
        Change(subject="A pact 🇬🇧 👩‍🚀"),
        W,
        "2 emoji",
    ),
    Case("subject", "one flag", Change(subject="A pact 🇬🇧"), None),
    Case("subject", "degrees and a trade mark", Change(subject="5° to 7° in Leith™, ©"), None),
    Case(
        "token-left", "a word in bold that is None", Change(story="<p><b>None</b> came.</p>"), None
    ),
    Case(
        "token-left",
        "a host under .tk",
        Change(add='<a href="https://a.tk/b?id=TK">Boats</a>'),
        None,
    ),
    Case(
        "token-left",
        "a source that says so itself",
        Change(
            story="<p>The page says {{ 7*7 }} in its headline.</p>",
            edition=lambda edition: replace(
                edition,
                items=(
                    replace(
                        edition.items[0],
                        article=replace(
                            edition.items[0].article,
                            headline="The page says {{ 7*7 }} in its headline.",
                        ),
                    ),
                    *edition.items[1:],
                ),
            ),
        ),
        W,
        "as in the source",
    ),
    Case("token-left", "a shop", Change(story="<p>TK Maxx is closing.</p>"), None),
    Case(
        "link-href",
        "http after https on the same host",
        Change(add='<a href="https://a.harbour">Boats</a><a href="http://a.harbour/b">Nets</a>'),
        W,
        "without https",
    ),
    Case(
        "link-live",
        "one that keeps programs out",
        Change(web={ADDRESS: Answer(status=403)}),
        W,
        "403",
    ),
    Case(
        "sponsor-distinct",
        "only its label and its link set apart",
        Change(
            html=(
                ("background-color:#fbf4df", "background-color:#fff"),
                ("border:2px solid #c39a1c", "border:none"),
            )
        ),
        W,
        "no border",
    ),
    Case("label-shown", "no page was drawn", Change(), None),
    Case(
        "label-shown",
        "the block is not drawn",
        Change(painted=lambda page: replace(page, blocks=())),
        E,
        "no block",
    ),
    Case(
        "label-shown",
        "the label far down",
        Change(painted=high),
        E,
        "218 px below",
    ),
    Case("label-shown", "as it should be", Change(painted=painted(0)), None),
    Case(
        "label-size",
        "smaller than a kicker",
        Change(painted=painted(0, size=11)),
        E,
        "painted in 11 px",
    ),
    Case("label-size", "larger than a kicker", Change(painted=painted(0, size=15)), None),
    Case(
        "label-contrast",
        "grey on gold",
        Change(painted=painted(0, colour=GREY)),
        E,
        "4.5:1 is the least",
    ),
    Case("label-contrast", "ink on gold", Change(painted=painted(0)), None),
    Case(
        "label-ground", "the stories' own", Change(painted=painted(1, ground=WHITE)), E, "no line"
    ),
    Case("label-ground", "gold", Change(painted=painted(1)), None),
    Case(
        "label-words",
        "sponsored",
        Change(painted=painted(0, text="Sponsored")),
        E,
        "begins with “Sponsored”",
    ),
    Case("label-words", "an advertisement", Change(painted=painted(0)), None),
    Case(
        "label-order",
        "the label last",
        Change(painted=painted(2, text="Read on")),
        E,
        "ends on “Read on”",
    ),
    Case(
        "label-order",
        "by ear after the headline",
        Change(painted=turned),
        E,
        "is read before the label",
    ),
    Case("label-order", "first and last", Change(painted=painted(0)), None),
    Case(
        "label-inbox",
        "the advert in the preheader",
        Change(painted=painted(0), preheader=f"Plus: {edition_at_home().sponsored[0].headline}"),
        W,
        "has no label there",
    ),
    Case("label-inbox", "stories alone", Change(painted=painted(0)), None),
)
