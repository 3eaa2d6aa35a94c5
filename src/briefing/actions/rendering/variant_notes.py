"""Notes on an edition's variants: what whoever approves or sends it should know, each a sentence."""

from collections import Counter
from collections.abc import Mapping

from briefing.config import Topic
from briefing.counted import counted
from briefing.model.edition import Edition
from briefing.model.subscriber import Choice
from briefing.store import Audience


def too_many(
    edition: Edition, list_name: str, count: int, most: int, others: int
) -> tuple[str, ...]:
    """A sentence where readers want more variants than there may be.

    Args:
        edition: whose.
        list_name: its list.
        count: variants that they want.
        most: that there may be.
        others: readers who do not get their own.
    """
    if count <= most:
        return ()
    return (
        f"Readers want {count} variants of {edition.id}, and max_variants = {most}: {others:,} of them "
        "get the one that comes next to theirs, with every story they asked for where there is one. "
        f"Raise max_variants under [briefings.{edition.briefing}], or offer fewer topics under "
        f"[lists.{list_name}.topics].",
    )


def silent(edition: Edition, readers: int) -> tuple[str, ...]:
    """A sentence on readers who get no letter, if there are any."""
    if not readers:
        return ()
    who = counted(readers, "reader gets", "readers get")
    return (
        f"{who} no letter of {edition.id}: they chose other days or topics, or had every story of theirs before.",
    )


def foreseen(
    edition: Edition, groups: tuple[Audience, ...], standing: tuple[Audience, ...]
) -> tuple[str, ...]:
    """A sentence on readers to whom an edition that waits will bring stories of this one before."""
    then, now = (sum(one.readers for one in of if one.had) for of in (groups, standing))
    if groups == standing:
        return ()
    return (
        f"{counted(then, 'reader')} of {edition.id} will have had some of its stories by "
        f"another list, {now:,} until now: editions that wait bring them first. Who gets which variant is decided "
        "when it is sent.",
    )


def gone(
    choices: tuple[tuple[Choice, int], ...], topics: Mapping[str, Topic], list_name: str
) -> tuple[str, ...]:
    """A sentence for each topic that readers chose and config.toml no longer has."""
    lost: Counter[str] = Counter()
    for choice, readers in choices:
        lost.update({key: readers for key in choice.topics if key not in topics})
    return tuple(
        f"{counted(readers, 'reader')} of {list_name} chose the topic {key!r}, "
        f"which config.toml no longer has: they get the others they chose, and all where none is left. "
        f"Give it back as [lists.{list_name}.topics.{key}], or leave it: their pages ask them to choose."
        for key, readers in sorted(lost.items())
    )
