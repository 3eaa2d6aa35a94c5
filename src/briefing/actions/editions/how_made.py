"""How a sent edition was made, for everybody: each sentence in its source's paragraph, and what people wrote."""

from dataclasses import dataclass

from briefing.actions.context import Desk
from briefing.actions.editions.edit import sheet
from briefing.actions.editions.word_diff import DiffRun, words_apart
from briefing.emails import mark_of
from briefing.emails.blocks.markdown import unmarked
from briefing.emails.blocks.pictures import picture_of
from briefing.emails.printable import plain, web_address
from briefing.emails.small_print import issued_by, paid_by
from briefing.languages.furniture import Furniture, furniture
from briefing.model.article import Verdict
from briefing.model.edition import Item, PrintedPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRun:
    """A run of a source's paragraph, printed or not."""

    text: str
    is_printed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePiece:
    """One piece of a sent edition and what it was made of."""

    #: By which the letter links here.
    mark: str
    headline: str
    #: What it says instead in the source; empty where nobody changed it.
    own_headline: str
    #: The label of what was paid for or issued; empty of a report.
    label: str
    url: str
    paragraphs: tuple[tuple[SourceRun, ...], ...]
    #: How the printed paragraph differs from the source's own sentences; empty while it does not.
    rewritten: tuple[DiffRun, ...]
    #: What the desk added: notes, and why it matters.
    added: tuple[str, ...]
    #: Why it is held to be paid for or issued.
    evidence: tuple[str, ...]
    #: What an editor chose to show with it.
    picture: PrintedPicture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HowMade:
    """A sent edition laid open. Nothing in it is of a reader."""

    title: str
    pieces: tuple[MadePiece, ...]
    #: What the desk wrote in blocks: words and who signs them.
    written: tuple[tuple[str, str], ...]
    #: Told at the head of the edition, and since.
    corrections: tuple[str, ...]
    #: SHA-256 of subject, HTML and text as they were sent.
    hash: str
    #: Headline and reason of each piece that was left out, where the house tells; the reason is empty where
    #: there was no room or an editor left it out.
    left_out: tuple[tuple[str, str], ...] = ()


def how_made(desk: Desk, edition_id: str) -> HowMade:
    """Lay open how a sent edition was made.

    Raises:
        StoreError: when there is no such edition, or it was not sent.
    """
    edition = sheet(desk, edition_id).edition
    words = furniture(desk.config.site.language)
    pieces = (*edition.items, *edition.sponsored)
    since = (one.text for one in desk.store.corrections.of(edition_id))
    return HowMade(
        title=edition.title,
        pieces=tuple(_piece(item, words) for item in pieces),
        written=tuple((unmarked(block.text), block.by) for block in edition.blocks),
        corrections=(*since, *edition.corrections),
        hash=desk.store.mailings.get(edition_id).hash,
        left_out=tuple((plain(item.headline), plain(item.aside)) for item in edition.dropped)
        if desk.config.public.tell_left_out
        else (),
    )


def _piece(item: Item, words: Furniture) -> MadePiece:
    article = item.article
    is_report = article.verdict is Verdict.EDITORIAL
    label = paid_by(article, words) or issued_by(article, words)[0] or words.paid["label"]
    return MadePiece(
        mark=mark_of(item.id),
        headline=plain(item.headline),
        own_headline=plain(article.headline) if item.headline != article.headline else "",
        label="" if is_report else label,
        url=web_address(*item.links),
        paragraphs=_paragraphs(item),
        rewritten=() if item.verbatim else words_apart(item.digest.text, unmarked(item.paragraph)),
        added=tuple(filter(None, (unmarked(item.matters), unmarked(item.note)))),
        evidence=()
        if is_report
        else tuple(plain(each.text) for each in article.sponsorship.evidence if each.points >= 0),
        picture=picture_of(item),
    )


def _paragraphs(item: Item) -> tuple[tuple[SourceRun, ...], ...]:
    """The paragraphs that a printed sentence stands in, each parted at its sentences."""
    found: list[tuple[SourceRun, ...]] = []
    begins = 0
    for paragraph in item.article.paragraphs:
        ends = begins + len(paragraph.text)
        spans = [
            (max(begins, one.start) - begins, min(ends, one.end) - begins)
            for one in item.digest.sentences
            if one.start < ends and begins < one.end
        ]
        if spans:
            found.append(_runs(paragraph.text, sorted(spans)))
        begins = ends + len("\n\n")
    return tuple(found)


def _runs(text: str, spans: list[tuple[int, int]]) -> tuple[SourceRun, ...]:
    runs: list[SourceRun] = []
    last = 0
    for start, end in spans:
        runs += [
            SourceRun(text=text[last:start], is_printed=False),
            SourceRun(text=text[start:end], is_printed=True),
        ]
        last = end
    runs.append(SourceRun(text=text[last:], is_printed=False))
    return tuple(run for run in runs if run.text)
