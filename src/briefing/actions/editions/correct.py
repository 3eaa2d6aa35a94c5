"""Correcting: saying what was wrong in an edition that readers already have."""

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.errors import EditionError
from briefing.model.correction import Correction

_LONGEST = 1_000


def correct(desk: Desk, edition_id: str, text: str, *, actor: str) -> Correction:
    """Print a correction: on the edition's archive page, in the feed, at the head of the next one.

    Raises:
        EditionError: when the edition is not sent yet, or the text will not do.
    """
    mailing = desk.store.mailings.find(edition_id)
    if mailing is None:
        raise EditionError(f"{edition_id} has no readers yet: change it instead.")
    words = " ".join(text.split())
    if not words or len(words) > _LONGEST:
        raise EditionError(
            f"A correction has 1 to {_LONGEST:,} characters; this one has {len(words):,}."
        )
    correction = Correction(
        briefing=mailing.briefing,
        edition=edition_id,
        text=words,
        actor=actor,
        at=desk.clock().timestamp(),
    )
    desk.store.corrections.add(correction)
    log_action(desk, actor, "correct", edition_id, words, mailing.hash)
    return correction
