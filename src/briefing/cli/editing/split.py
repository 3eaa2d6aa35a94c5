"""`briefing split`: what pieces a saved page holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from briefing.cli.console import (
    OK,
    REFUSED,
    Bar,
    ConfigOption,
    JsonOption,
    configuration,
    out,
    print_json,
    warn,
)
from briefing.counted import counted
from briefing.model.article import Verdict
from briefing.model.digest import count_words

if TYPE_CHECKING:
    from briefing.actions.gather.gather import SplitPage
    from briefing.model.article import Article

_COLOURS = {
    Verdict.EDITORIAL: "green",
    Verdict.UNSURE: "yellow",
    Verdict.ISSUED: "blue",
    Verdict.SPONSORED: "red",
}


def split(
    files: Annotated[list[Path], typer.Argument(help="Saved pages: text, HTML, letters or feeds.")],
    as_json: JsonOption = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the verdict's evidence and every dropped line.")
    ] = False,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Take saved pages apart into their pieces, and say who speaks in each.

    A page that holds no article (a listing, an empty file) is refused with a sentence on
    standard error and the rest goes on. Exit code 1 means that a file could not be read.
    The [[sponsors.rule]] and the [vocabulary] of config.toml are used when that file is there.
    """
    from briefing.actions.gather.gather import records_json, split_files
    from briefing.actions.gather.own_vocabulary import own_vocabulary, refuse_faulty_rows

    newsroom = configuration(config) if config.exists() else None
    if newsroom:
        refuse_faulty_rows(newsroom)
    rules = newsroom.sponsors.rule if newsroom else ()
    vocabulary = own_vocabulary(newsroom) if newsroom else None
    pages = split_files(files, rules, vocabulary, Bar() if len(files) > 1 else None)
    for page in pages:
        if page.refusal:
            warn(page.refusal)
    if as_json:
        print_json(records_json(pages))
    else:
        for page in pages:
            _show(page, explain=explain)
    raise typer.Exit(OK if all(page.readable for page in pages) else REFUSED)


def _show(page: SplitPage, *, explain: bool) -> None:
    out.print(Text(page.name, style="bold underline"))
    for article in page.articles:
        _show_article(article)
        if explain:
            _show_reasons(article)
    out.print()


def _show_article(article: Article) -> None:
    verdict = Text(f"{article.verdict:>9}  ", style=_COLOURS[article.verdict])
    out.print(verdict + Text(article.headline, style="bold"))
    facts = [
        f"{counted(len(article.paragraphs), 'paragraph')}",
        f"{count_words(article.text)} words",
    ]
    facts += [f"by {author.name}" for author in article.byline]
    if article.sponsorship.sponsor:
        what = "issuer" if Verdict.ISSUED in _kinds(article) else "sponsor"
        facts.append(f"{article.sponsorship.basis} {what}: {article.sponsorship.sponsor}")
    if article.duplicate_of:
        facts.append(f"same as {article.duplicate_of}")
    out.print(Text(f"           {' · '.join(facts)}", style="dim"))


def _kinds(article: Article) -> tuple[Verdict | None, ...]:
    """What the piece is, or may be."""
    return article.verdict, article.sponsorship.suspected


def _show_reasons(article: Article) -> None:
    rows: list[tuple[str, str, str]] = [("label", label, "magenta") for label in article.labels]
    if article.standfirst:
        cut = " (cut short on the page)" if article.standfirst_truncated else ""
        rows.append(("standfirst", article.standfirst + cut, "cyan"))
    rows += [
        ("author", f"{a.name}, {a.role}" if a.role else a.name, "cyan") for a in article.byline
    ]
    origins = dict(article.origins)
    if article.published:
        place = origins.get("published", "the page")
        said = f"{article.published}, {article.date_basis} by {place}"
        rows.append(("published", said.replace("guessed by a guess from", "guessed from"), "cyan"))
    if article.canonical_url:
        rows.append(("address", article.canonical_url, "cyan"))
    rows += [("also in", other, "cyan") for other in article.seen_in]
    rows += [("caption", caption, "cyan") for caption in article.captions]
    rows += [("flag", flag, "yellow") for flag in article.flags]
    rows += [
        (
            f"{reason.points:+d}",
            f"{reason.text} [{reason.where}]",
            "red" if reason.points > 0 else "green",
        )
        for reason in article.sponsorship.evidence
    ]
    rows += [("dropped", f"{line.text} ({line.reason})", "dim") for line in article.removed]
    rows.append(("score", str(article.sponsorship.score), "bold"))
    rows.append(("fingerprint", article.fingerprint, "dim"))
    for name, value, style in rows:
        out.print(Text(f"{name:>11}  ", style="dim") + Text(value, style=style))
