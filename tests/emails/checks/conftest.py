"""A proof that trips no rule, and the way to change one thing about it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from tests.emails.conftest import sample_edition, sample_settings

from briefing.emails.checks import Answer, DrawnPage, House, Proof, Sample
from briefing.emails.checks.colour import Colour
from briefing.emails.checks.rendered.drawn import DrawnBlock, DrawnText
from briefing.emails.render import render
from briefing.model.edition import Edition, Item
from briefing.model.mail import Address, Email, Letter
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.mime import LetterSettings, Postman

HOUSE = House(
    sender=Address(email="desk@harbour.test", name="The Staggers"),
    reply_to=Address(email="answers@harbour.test"),
    public_url="https://briefing.harbour",
    postal_address="4 Quay Street, Leith EH6 0AA",
)
LINKS = {
    name: f"https://briefing.harbour/{name}/abc"
    for name in ("unsubscribe_url", "preferences_url", "view_url")
}


def at_home(item: Item) -> Item:
    """The piece with an address that no standard reserves for examples."""
    url = (item.article.canonical_url or "").replace(".example.org", ".harbour")
    article = replace(item.article, canonical_url=url.replace(".example/", ".harbour/") or None)
    link = "" if url else f"https://review.harbour/{article.page}"
    return replace(item, article=article, link=link)


@cache
def edition_at_home() -> Edition:
    """The rooms' sample edition with a short subject."""
    edition = sample_edition()
    return replace(
        edition,
        items=tuple(map(at_home, edition.items)),
        sponsored=tuple(map(at_home, edition.sponsored)),
        subject="Fisheries pact holds",
    )


@cache
def sample() -> tuple[Edition, Email]:
    """That edition, and the email of it."""
    return edition_at_home(), render(edition_at_home(), sample_settings())


class Web:
    """Answers for addresses, as a fetcher would bring them."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self._answers = answers

    def ask(self, addresses: Iterable[str]) -> Mapping[str, Answer]:
        fine = Answer(status=200, size=1_000)
        return {address: self._answers.get(address, fine) for address in addresses}


@dataclass(frozen=True, kw_only=True)
class Change:
    """What differs from the sample."""

    #: Old and new, each in the HTML part; old must be there.
    html: tuple[tuple[str, str], ...] = ()
    text: tuple[tuple[str, str], ...] = ()
    #: Put at the end of the body, in front of </head>, or after the first headline.
    add: str = ""
    head: str = ""
    story: str = ""
    subject: str | None = None
    preheader: str | None = None
    house: dict[str, Any] = field(default_factory=dict)
    edition: Callable[[Edition], Edition] = lambda edition: edition
    #: The letter is made of the changed edition.
    drawn: bool = False
    #: With a letter, and what becomes of its bytes.
    wire: Callable[[bytes], bytes] | None = None
    unwritten: str = ""
    #: As a browser drew it, and what is different there.
    painted: Callable[[DrawnPage], DrawnPage] | None = None
    web: dict[str, Answer] | None = None


def proof_with(change: Change) -> Proof:
    """The sample's proof with one change."""
    edition, email = sample()
    if change.drawn:
        email = render(change.edition(edition), sample_settings())
    html, text = email.html, email.text
    for old, new in change.html:
        assert old in html, old
        html = html.replace(old, new)
    for old, new in change.text:
        assert old in text, old
        text = text.replace(old, new)
    html = html.replace("</body>", f"{change.add}</body>").replace(
        "</head>", f"{change.head}</head>"
    )
    html = html.replace("</h2>", f"</h2>{change.story}", 1)
    email = replace(email, html=html, text=text)
    if change.subject is not None:
        email = replace(email, subject=change.subject)
    if change.preheader is not None:
        email = replace(email, preheader=change.preheader)
    house = replace(HOUSE, **change.house)
    letter = None if change.wire is None else written(email, house, change.wire)
    proof = Proof(
        email,
        change.edition(edition),
        house,
        letter,
        unwritten=change.unwritten,
        fetcher=Web(change.web) if change.web is not None else None,
    )
    if change.painted:
        proof.drawn = (change.painted(page_of(proof.edition)),)
    return proof


def page_of(edition: Edition) -> DrawnPage:
    """A page as a browser would draw it: a kicker and a headline on white, then each paid piece in gold."""
    ink, white, gold = Colour(20, 20, 20), Colour(255, 255, 255), Colour(251, 244, 223)
    lead = edition.items[0]
    texts, blocks = [], []

    def text(words: str, top: float, ground: Colour, block: int | None = None) -> None:
        texts.append(
            DrawnText(
                text=words,
                top=top,
                bottom=top + 18,
                left=20,
                size=13,
                colour=ink,
                ground=ground,
                block=block,
            )
        )

    text(lead.kicker, 80, white)
    text(lead.headline, 100, white)
    for place, item in enumerate(edition.sponsored):
        top = 200.0 * (place + 1)
        for row, words in enumerate(
            ("Advertisement feature", item.headline, "End of advertisement feature")
        ):
            text(words, top + 30 * row, gold, place)
        blocks.append(DrawnBlock(kind="sponsored", top=top, bottom=top + 120))
    return DrawnPage(width=375, is_dark=False, texts=tuple(texts), blocks=tuple(blocks))


def written(email: Email, house: House, change: Callable[[bytes], bytes]) -> Sample:
    """A letter of the email for one reader, its bytes changed."""
    settings = LetterSettings(
        sender=house.sender, reply_to=house.reply_to, list_id="l.harbour", list_name="Readers"
    )
    postman = Postman(email, settings, date=datetime(2026, 11, 23, tzinfo=UTC), key=b"k" * 32)
    reader = Subscriber(email="reader@harbour.test", name="Ada Reader", ref="0" * 16)
    letter: Letter = postman.letter(reader, LINKS)
    return Sample(letter=replace(letter, wire=change(letter.wire)), links=LINKS)
