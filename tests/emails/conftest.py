"""A sample edition of the emails room: five stories and one piece that somebody paid for."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from briefing.emails import EmailSettings
from briefing.emails.render import render
from briefing.model.article import Article, Author, Basis, Paragraph, Sponsorship, Verdict
from briefing.model.digest import Digest, Sentence
from briefing.model.edition import Edition, Item

ROOT = Path(__file__).parents[2]
DESIGN = ROOT / "templates" / "email" / "staggers"


def story(name: str, headline: str, *sentences: str, kicker: str = "", **facts: object) -> Item:
    """An item whose digest is its article's whole text, as the digests room would make it."""
    text = " ".join(sentences)
    places = [(text.index(sentence), sentence) for sentence in sentences]
    article = Article(
        id=f"{name}#0",
        headline=headline,
        paragraphs=(Paragraph(text=text),),
        **facts,  # type: ignore[arg-type]  # the fields of Article, named by the caller
    )
    spans = tuple(Sentence(text=words, start=at, end=at + len(words)) for at, words in places)
    digest = Digest(article_id=article.id, sentences=spans, engine="edmundson")
    return Item(
        article=article, digest=digest, kicker=kicker, headline=headline, paragraph=digest.text
    )


LEAD = story(
    "01-fisheries",
    "Fisheries pact holds as Orkney boats win back the western grounds",
    "Ministers signed the northern fisheries pact at four o’clock this morning, eleven hours after "
    "the deadline that both sides had called final.",
    "The boats of Orkney and Shetland get back two of the three western grounds they lost in 2021.",
    "Inspectors from both countries will share one patrol ship, paid for out of landing fees.",
    "“Nobody in Stromness will dance,” says Magnus Linklater of the fishermen’s association, “but "
    "nobody will sell his boat this winter either.”",
    kicker="Exclusive",
    byline=(Author(name="Hester Vane", role="political editor", publication="Harbour Review"),),
    canonical_url="https://review.example.org/politics/2026/11/fisheries-pact?from=staggers&edition=am",
)
ITEMS = (
    LEAD,
    story(
        "02-buses",
        "The mayors want the buses back: what it would cost, and who would pay",
        "Seven metro mayors have asked the Treasury for the power to run bus companies of their own.",
        "The bill comes to £1.3bn over four years, most of it for depots that councils sold in 1986.",
        "Officials doubt that the fares freeze in the mayors’ plan survives its second winter.",
        kicker="Transport",
        byline=(
            Author(name="Tomas Adeyemi", role="transport correspondents"),
            Author(name="Ruth Pell", role="transport correspondents"),
        ),
        canonical_url="https://review.example.org/politics/2026/11/mayors-buses",
    ),
    story(
        "03-whips",
        "A whip’s notebook, found in a taxi, is back where it belongs",
        "The green notebook that a government whip left in a taxi on Wednesday was handed in at "
        "Charing Cross police station before breakfast.",
        "It held ninety names, forty ticks and one drawing of a badger.",
        byline=(Author(name="Idris Caine", role="sketch writer", publication="Harbour Review"),),
        published=date(2026, 11, 20),
    ),
    story(
        "04-courts",
        "Night courts may open in four cities by spring",
        "Magistrates in Leeds, Cardiff, Bristol and Newcastle would sit until midnight twice a week.",
        "The Law Society says that it has been told neither who will staff the courts nor who will "
        "get the defendants home.",
        kicker="Justice",
        byline=(
            Author(name="Beatrix Lowe", role="home affairs editor"),
            Author(name="Sunil Rao", role="reporter"),
        ),
        canonical_url="https://review.example.org/politics/2026/11/night-courts",
    ),
    story(
        "05-polls",
        "Poll of polls: the gap narrows to three points",
        "The average of the last nine polls puts the government on 33 per cent and the opposition "
        "on 30.",
        "Don’t knows have overtaken both in Wales.",
        kicker="Polling",
        canonical_url="https://review.example.org/politics/2026/11/poll-of-polls",
    ),
)
ADVERT = story(
    "06-turbines",
    "Why the wind off Dogger Bank will heat two million kitchens",
    "Northgate Wind has spent five years preparing the largest array of turbines in the North Sea.",
    "Our first cables come ashore at Whitby next summer.",
    "Register your street today and we will send an adviser to every household in it.",
    canonical_url="https://northgatewind.example/kitchens?utm_source=review",
    sponsorship=Sponsorship(
        verdict=Verdict.SPONSORED, sponsor="Northgate Wind", basis=Basis.DECLARED
    ),
)


def sample_edition() -> Edition:
    """Five stories and an advert, for the morning of 23 November 2026."""
    return Edition(
        id="staggers-2026-11-23",
        briefing="staggers",
        title="The Staggers",
        slot=datetime(2026, 11, 23, 7, 0, tzinfo=ZoneInfo("Europe/London")),
        items=ITEMS,
        sponsored=(ADVERT,),
        subject="Fisheries pact holds as Orkney boats win back the western grounds",
        preheader="Plus: The mayors want the buses back: what it would cost, and who would pay",
    )


def sample_settings() -> EmailSettings:
    """The shipped design in an invented house."""
    return EmailSettings(
        template=DESIGN,
        site_name="Harbour Review",
        public_url="https://briefing.example.org",
        postal_address="4 Quay Street, Leith EH6 0AA",
    )


@pytest.fixture
def edition() -> Edition:
    return sample_edition()


@pytest.fixture
def settings() -> EmailSettings:
    return sample_settings()


@pytest.fixture
def printed(edition, settings):
    """Renders the sample, its lead or the edition itself changed in the named fields."""

    def _printed(settings=settings, **changes):
        lead = {name: changes.pop(name) for name in ("headline", "paragraph") if name in changes}
        items = (replace(edition.items[0], **lead), *edition.items[1:])
        return render(replace(edition, **{"items": items, **changes}), settings)

    return _printed


@pytest.fixture
def changed():
    """An item whose article is changed in the named fields."""

    def _changed(item, **facts):
        return replace(item, article=replace(item.article, **facts))

    return _changed


@pytest.fixture
def sponsored_by(edition, changed):
    """The sample's advert with another sponsor."""

    def _sponsored_by(sponsor, basis):
        (advert,) = edition.sponsored
        verdict = replace(advert.article.sponsorship, sponsor=sponsor, basis=basis)
        return changed(advert, sponsorship=verdict)

    return _sponsored_by


@pytest.fixture
def design(tmp_path, settings):
    """Settings for a copy of the design in which one file was changed."""

    def _design(name: str, old: str, new: str) -> EmailSettings:
        folder = tmp_path / "design"
        if not folder.exists():
            shutil.copytree(DESIGN, folder)
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new, 1), "utf-8")
        return replace(settings, template=folder)

    return _design
