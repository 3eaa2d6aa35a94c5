"""`briefing draft`: from the sources to an edition."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from briefing.cli.console import (
    HELD,
    OK,
    Bar,
    ConfigOption,
    JsonOption,
    at_desk,
    out,
    print_json,
    show_facts,
    warn,
)
from briefing.counted import counted
from briefing.model.digest import count_words

if TYPE_CHECKING:
    from briefing.actions.editions.draft import Drafted
    from briefing.model.edition import Edition, Item

BriefingArgument = Annotated[
    str | None,
    typer.Argument(help="The briefing's name in config.toml; not needed where there is one."),
]
RepeatOption = Annotated[
    bool, typer.Option("--repeat", help="Also print what an earlier edition has printed.")
]
ExplainOption = Annotated[
    bool, typer.Option("--explain", help="Say of each story why it stands where it stands.")
]


def draft(
    briefing: BriefingArgument = None,
    repeat: RepeatOption = False,
    explain: ExplainOption = False,
    as_json: JsonOption = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Read the sources, digest every article and lay out today's edition.

    Exit code 3 means that the edition is held: somebody must decide who speaks in a piece.
    """
    from briefing.actions.editions.draft import as_json_text
    from briefing.actions.editions.draft import draft as draft_edition
    from briefing.actions.resolve_name import the_briefing

    with at_desk(config) as desk:
        drafted = draft_edition(desk, the_briefing(desk, briefing), Bar(), repeat=repeat)
    if as_json:
        print_json(as_json_text(drafted))
    else:
        out.print(edition_table(drafted.edition))
        if explain:
            out.print(places_table(drafted.edition))
        show_sources(drafted)
        out.print(Text(f"Next: briefing render {drafted.edition.id}", style="bold"))
    tell_held(drafted.edition)
    raise typer.Exit(HELD if drafted.edition.held else OK)


def edition_table(edition: Edition) -> Table:
    """The stories of an edition in print order, one row a story."""
    table = Table(
        title=f"{edition.title}, {edition.slot:%-d %B %Y}", title_justify="left", box=None
    )
    for heading in ("", "Story", "Page", "Words"):
        table.add_column(heading, justify="right" if heading == "Words" else "left")
    rows = [(_place(n, item), item) for n, item in enumerate(edition.items)]
    rows += [("paid", item) for item in edition.sponsored]
    rows += [("held", item) for item in edition.held]
    for place, item in rows:
        words = str(count_words(item.paragraph))
        table.add_row(place, Text(item.headline), Text(item.article.page), words)
    return table


def places_table(edition: Edition) -> Table:
    """Why each story stands where it stands, those left out as well."""
    from briefing.model.article import DROPPED_FROM

    table = Table(title="Why so", title_justify="left", box=None)
    for heading in ("", "Story", "Because"):
        table.add_column(heading, overflow="fold")
    rows = [(_place(n, item), item) for n, item in enumerate(edition.items)]
    rows += [("left out", item) for item in edition.dropped]
    for place, item in rows:
        flags = [flag for flag in item.article.flags if flag.startswith(DROPPED_FROM)]
        table.add_row(place, Text(item.headline), Text("; ".join([*flags, item.why]).strip("; ")))
    return table


def _place(place: int, item: Item) -> str:
    from briefing.model.article import Verdict

    number = "lead" if place == 0 else str(place + 1)
    return f"issued {number}" if item.article.verdict is Verdict.ISSUED else number


def show_sources(drafted: Drafted) -> None:
    """Pages and pieces in numbers, and every refused page with its reason."""
    from briefing.model.article import Verdict

    articles = [article for page in drafted.pages for article in page.articles]
    refused = [page for page in drafted.pages if page.refusal]
    repeated = sum(bool(article.duplicate_of) for article in articles)
    retold = [
        item for item in drafted.edition.dropped if item.aside and not item.article.duplicate_of
    ]
    kinds = dict.fromkeys(Verdict, 0)
    for article in articles:
        kinds[article.verdict] += not article.duplicate_of
    kinds[Verdict.EDITORIAL] -= len(retold)
    facts = (
        ("Pages", f"{len(drafted.pages)} read, {len(refused)} refused"),
        (
            "Pieces",
            f"{len(articles)}: {counted(kinds[Verdict.EDITORIAL], 'story', 'stories')}, {kinds[Verdict.ISSUED]} "
            f"issued, {kinds[Verdict.SPONSORED]} paid for, {kinds[Verdict.UNSURE]} held, {repeated} repeated"
            + (f", {len(retold)} told by another story" if retold else ""),
        ),
        *(("Also in", _also(item)) for item in drafted.edition.items if item.also_in),
        *(("Issued", _why(item)) for item in _issued(drafted.edition)),
        *(("Paid for", _why(item)) for item in drafted.edition.sponsored),
        ("Digests", _digest_words(drafted.edition)),
        *((("Old", _old(drafted)),) if drafted.printed_before else ()),
        *((("Follow-ups", told),) if (told := _follow_ups(drafted.edition)) else ()),
    )
    show_facts(facts)
    for page in refused:
        warn(f"{page.refusal}")
    for why in drafted.undigested.values():
        warn(why)


def _issued(edition: Edition) -> list[Item]:
    from briefing.model.article import Verdict

    return [item for item in edition.items if item.article.verdict is Verdict.ISSUED]


def _also(item: Item) -> str:
    others = ", ".join(told.publisher or told.id for told in item.also_in)
    return f"{item.headline!r} stands for {len(item.also_in)} more: {others}"


def _old(drafted: Drafted) -> str:
    editions = sorted({edition for _, edition in drafted.printed_before})
    return f"{len(drafted.printed_before)} left out; {', '.join(editions)} printed them"


def _follow_ups(edition: Edition) -> str:
    count = sum(item.follow_up is not None for item in edition.items)
    return f"{count} of the last 14 days; `briefing follow-ups` shows what is new" if count else ""


def tell_held(edition: Edition) -> None:
    """Say what is held, why, and the rule that would decide it."""
    for item in edition.held:
        warn(
            f"Held: {item.headline!r} ({item.id}). {item.article.sponsorship.question} "
            f"{_reasons(item)}\n"
            "  Decide at the desk (`briefing desk`), or with a rule in config.toml and draft again:\n"
            f'  [[sponsors.rule]]\n  fingerprint = "{item.article.fingerprint}"\n'
            f'  verdict = "{item.article.sponsorship.suspected or "sponsored"}"  # or "editorial"'
        )


def _why(item: Item) -> str:
    sponsorship = item.article.sponsorship
    named = f"{sponsorship.basis}: {sponsorship.sponsor}" if sponsorship.sponsor else "nobody named"
    return f"{item.headline!r} ({named}; {_reasons(item)})"


def _reasons(item: Item) -> str:
    found = [
        f"{re.split(r'[:(“]', reason.text)[0].strip()} {reason.points:+d}"
        for reason in item.article.sponsorship.evidence
    ]
    return f"score {item.article.sponsorship.score}: {', '.join(found) or 'no evidence'}"


def _digest_words(edition: Edition) -> str:
    lengths = [count_words(item.digest.text) for item in (*edition.items, *edition.sponsored)]
    if not lengths:
        return "none"
    if len(lengths) == 1:
        return f"1 of {lengths[0]} words"
    return f"{len(lengths)} of {min(lengths)} to {max(lengths)} words, {sum(lengths)} in all"
