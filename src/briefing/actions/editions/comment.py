"""Commenting: what editors tell each other next to a story, and a note for whoever takes over."""

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.editions.edit import story
from briefing.actions.resolve_name import the_draft
from briefing.errors import EditionError

#: Characters; more is a document.
_LONGEST = 2_000


def comment(desk: Desk, edition_id: str, item: str, text: str, *, actor: str) -> None:
    """Say something next to a story, or of the edition as a whole; readers never see it.

    Args:
        desk: the desk.
        edition_id: of which edition.
        item: next to which piece; empty for the edition as a whole.
        text: one paragraph or more.
        actor: who says it.

    Raises:
        EditionError: when there is no such piece, or the text is empty or too long.
        StoreError: when there is no such edition.
    """
    edition, words = the_draft(desk, edition_id), text.strip()
    if item:
        story(edition, item)
    if not words:
        raise EditionError("Write what you want to say first; the comment was empty.")
    if len(words) > _LONGEST:
        raise EditionError(
            f"A comment of {len(words):,} characters is too long; {_LONGEST:,} is the most."
        )
    desk.store.comments.add(edition_id, item, words, actor, desk.clock().timestamp())
    log_action(desk, actor, "comment", edition_id, f"{item or 'the edition'}: {words}")


def resolve(desk: Desk, edition_id: str, number: int, *, actor: str) -> None:
    """Put a comment aside as done.

    Raises:
        StoreError: when the edition has no such comment.
    """
    desk.store.comments.resolve(number, edition_id, actor, desk.clock().timestamp())
    log_action(desk, actor, "resolve", edition_id, f"comment {number}")
