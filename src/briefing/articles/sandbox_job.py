"""The inside of the sandbox: one page, with what its source says of it, becomes its articles."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from briefing.articles.html.site_rules import Cleared, clear
from briefing.articles.make_articles import with_declared
from briefing.articles.split_in_sandbox import SplitTask, pieces, split_tasks
from briefing.articles.split_page import split_page
from briefing.articles.text.own_furniture import OwnFurniture
from briefing.articles.vocabulary.tables import use
from briefing.errors import PageRefused
from briefing.model.article import Article


def split_job(body: bytes, told: Mapping[str, str]) -> dict[str, Any]:
    """One page, as its process is told of it; the answer is what JSON can hold."""
    task = split_tasks().validate_json(told["task"])
    task = replace(task, page=replace(task.page, body=body))
    try:
        articles = split_reading(task, datetime.fromisoformat(told["now"]))
    except PageRefused as refusal:
        return {"refused": str(refusal)}
    return {"articles": json.loads(pieces().dump_json(articles))}


def split_reading(task: SplitTask, now: datetime) -> tuple[Article, ...]:
    """The pieces of a page, by the rules and with the language of its source.

    Raises:
        PageRefused: when it cannot be read, with the reason.
    """
    use(Path(task.vocabulary) if task.vocabulary else None)
    page, own = task.page, task.furniture
    cleared = clear(page, own) if own != OwnFurniture() else Cleared(page)
    first, *others = split_page(cleared.page, rules=task.rules, now=now)
    first = replace(
        first,
        removed=(*cleared.removed, *first.removed),
        flags=(*dict.fromkeys((*cleared.flags, *first.flags)),),
    )
    articles = (first, *others)
    if page.declared is not None:
        articles = with_declared(articles, page.declared)
    if task.language:
        articles = tuple(replace(article, language=task.language) for article in articles)
    return articles
