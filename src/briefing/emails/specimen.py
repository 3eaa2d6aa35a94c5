"""Specimens: invented editions that fill every block of a design, leave them empty, and strain them."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from briefing.model.article import Article, Author, Basis, Paragraph, Sponsorship, Verdict
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import (
    BlockKind,
    Edition,
    FollowUp,
    Item,
    PrintedPicture,
    Relation,
    Retelling,
    WrittenBlock,
)

_SITE = "https://harbour.example.org"
_SAID = (
    "Ministers signed the northern harbours pact at four o’clock this morning, eleven hours after the "
    "deadline that both sides had called final.",
    "The boats of Orkney and Shetland get back two of the three western grounds they lost in 2021.",
    "Inspectors from both countries will share one patrol ship, paid for out of landing fees.",
)
_HEADLINES = (
    "Harbours pact holds as Orkney boats win back the western grounds",
    "The mayors want the buses back: what it would cost, and who would pay",
    "A whip’s notebook, found in a taxi, is back where it belongs",
    "Night courts may open in four cities by spring",
    "Poll of polls: the gap narrows to three points",
    "Water companies must publish every spill within the hour",
    "A museum in Hull returns nine bronzes to Benin City",
    "The committee on ferries has met once in three years",
    "Rents rise fastest where nothing is built, a survey finds",
    "The last lighthouse keeper of Fife writes his memoirs",
    "Peers want to sit by video again, for an hour a week",
    "Farmers ask for one inspection a year instead of six",
)
_SECTIONS = ("Exclusive", "Transport", "Westminster", "Justice", "Polling", "Water")
_WRITTEN = (
    WrittenBlock(
        name="intro",
        kind=BlockKind.INTRO,
        text="Good morning. The pact is signed, the whips have found their notebook, and **somebody** has "
        "to pay for the buses. [Write to us](https://harbour.example.org/letters) about the ferries.",
        by="Hester Vane",
    ),
    WrittenBlock(
        name="numbers",
        kind=BlockKind.NUMBERS,
        text="33% | Government\n30% | Opposition\n12% | Don’t know\n\nAverage of the last nine polls.",
    ),
    WrittenBlock(
        name="today",
        kind=BlockKind.TODAY,
        text="9.30 | Harbours questions\n12.00 | The prime minister answers\n"
        "14.15 | The ferries committee meets, for the second time",
    ),
    WrittenBlock(
        name="quote",
        kind=BlockKind.QUOTE,
        text="“Nobody in Stromness will dance, but nobody will sell his boat this winter either.”",
        by="Magnus Linklater, fishermen’s association",
    ),
    WrittenBlock(
        name="and-finally",
        kind=BlockKind.FINALLY,
        text="The badger in the whip’s notebook was drawn by a colleague. She would like it back.",
    ),
)


#: What is shown where a design is tried, 16:9: a sun over a harbour.
STAND_IN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9" fill="#9db7c9"/>'
    '<circle cx="11" cy="4.6" r="1.3" fill="#f2d6a2"/><rect y="5" width="16" height="4" fill="#4d6a73"/>'
    '<path d="M1 5h4V3.6H4V2.2H3v1.4H1zM13 5h2V1.8h-.7V1h-.6v.8H13z" fill="#3a4650"/>'
    '<path d="M5.5 6.6h3.4l-.7 1H6.3zM7 6.4V3.9l1.7 2.5z" fill="#f6f1e7"/></svg>'
)
#: Nobody keeps it.
_PICTURE = PrintedPicture(
    sha256="0" * 64,
    width=1408,
    height=792,
    size=120_000,
    alt="Boats leave the harbour of Stromness at first light",
    credit="Photograph: Ines Calder / Harbour Pictures",
)
_FACE = replace(
    _PICTURE, sha256="1" * 64, alt="A whip, who looks away from the camera", credit="Ines Calder"
)


def filled(slot: datetime, stories: int = len(_HEADLINES)) -> Edition:
    """Every block filled, two paid pieces, and so many stories."""
    items = [_story(place) for place in range(stories)]
    matters = "Two by-elections are fought in harbours this spring."
    items[0] = replace(items[0], matters=matters, picture=_PICTURE)
    if len(items) > 2:  # noqa: PLR2004 - the third
        items[2] = replace(items[2], block=BlockKind.COMMENT.value, kicker="", picture=_FACE)
    return _edition(slot, tuple(items), sponsored=(_advert(1), _advert(2)), blocks=_WRITTEN)


def empty(slot: datetime) -> Edition:
    """One story and nothing else: no block leaves a trace."""
    return _edition(slot, (replace(_story(0), kicker=""),))


def worst(slot: datetime) -> Edition:
    """Twenty-five stories, a word of ninety letters, right to left between left to right, no address.

    Whatever a letter has to say of a story now and then stands at one of them: that a body issued it, that it goes
    on from an earlier day, who else printed it, what the desk rewrote and adds; and there is a correction.
    """
    items = [_story(place) for place in range(25)]
    items[0] = _named(items[0], "Verfassungs" + "beschwerde" * 7 + "rechtsfragen")
    items[1] = _named(items[1], "الحكومة تعلن عن انتخابات مبكرة في الربيع", language="ar")
    items[2] = replace(items[2], article=replace(items[2].article, canonical_url=None))
    items[3] = _named(items[3], "<b>Ends & odds</b> {{ of }} the \\week\\ “quoted” 'twice'")
    issued = Sponsorship(verdict=Verdict.ISSUED, sponsor="Ferries Alliance", basis=Basis.DECLARED)
    items[4] = replace(items[4], article=replace(items[4].article, sponsorship=issued), kicker="")
    items[5] = replace(items[5], **_REWRITTEN)
    items[6] = _followed(items[6], slot)
    edition = _edition(slot, tuple(items), sponsored=(_advert(1), _advert(2)), blocks=_WRITTEN)
    return replace(edition, corrections=("The ferry of Monday left at nine, not at ten.",))


#: A paragraph and a note of the desk's own, and another paper that printed the piece.
_REWRITTEN: dict[str, Any] = {
    "paragraph": "The spills are **counted** now.\n\n[The list](https://harbour.example.org/spills) is long.",
    "verbatim": False,
    "note": "The companies have until noon to answer.",
    "also_in": (
        Retelling(
            id="26-specimen#0",
            headline="Every spill within the hour",
            relation=Relation.EVENT,
            publisher="The Quay",
            house="quay.example.org",
        ),
    ),
}


def _followed(item: Item, slot: datetime) -> Item:
    """With a sentence more in its article, which is what is new since the edition of two days ago."""
    day, said = slot.date() - timedelta(days=2), "Benin City has named the day of their return."
    text = f"{item.article.text} {said}"
    news = Sentence(text=said, start=text.index(said), end=len(text))
    headline = "Hull talks about its bronzes"
    earlier = FollowUp(
        edition=f"specimen-{day}", day=day, headline=headline, news=news, printed=True
    )
    article = replace(item.article, paragraphs=(Paragraph(text=text),))
    return replace(item, article=article, follow_up=earlier)


def _named(item: Item, headline: str, language: str = "en") -> Item:
    article = replace(item.article, headline=headline, language=language)
    return replace(item, article=article, headline=headline)


def _edition(
    slot: datetime,
    items: tuple[Item, ...],
    sponsored: tuple[Item, ...] = (),
    blocks: tuple[WrittenBlock, ...] = (),
) -> Edition:
    lead = items[0].headline
    return Edition(
        id="specimen",
        briefing="specimen",
        title="The Specimen",
        slot=slot,
        items=items,
        sponsored=sponsored,
        blocks=blocks,
        subject=lead[:60],
        preheader="Plus: the mayors want the buses back, and what it would cost",
    )


def _story(place: int) -> Item:
    told = place // len(_HEADLINES)
    headline = _HEADLINES[place % len(_HEADLINES)] + (f", part {told + 1}" if told else "")
    return _item(
        Article(
            id=f"{place + 1:02}-specimen#0",
            headline=headline,
            paragraphs=(Paragraph(text=" ".join(_SAID)),),
            byline=(Author(name="Idris Caine", role="political editor"),) if place % 2 else (),
            published=date(2026, 11, 20),
            canonical_url=f"{_SITE}/politics/2026/11/story-{place + 1}",
        ),
        kicker=_SECTIONS[place % len(_SECTIONS)],
    )


def _advert(place: int) -> Item:
    text = "Northgate Wind has spent five years on the largest array of turbines in the North Sea."
    return _item(
        Article(
            id=f"advert-{place}#0",
            headline=f"Why the wind off Dogger Bank will heat two million kitchens, part {place}",
            paragraphs=(Paragraph(text=text),),
            canonical_url=f"https://northgate-{place}.example/kitchens",
            sponsorship=Sponsorship(
                verdict=Verdict.SPONSORED, sponsor="Northgate Wind", basis=Basis.DECLARED
            ),
        ),
        kicker="",
    )


def _item(article: Article, kicker: str) -> Item:
    digest = Digest(article_id=article.id, sentences=_sentences(article.text), engine="specimen")
    return Item(
        article=article,
        digest=digest,
        kicker=kicker,
        headline=article.headline,
        paragraph=digest.text,
    )


def _sentences(text: str) -> tuple[Sentence, ...]:
    found = [said for said in _SAID if said in text] or [text]
    places = [(text.index(said), said) for said in found]
    return tuple(Sentence(text=said, start=at, end=at + len(said)) for at, said in places)
