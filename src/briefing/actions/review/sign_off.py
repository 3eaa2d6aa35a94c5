"""Signing off: whether enough people have approved exactly these bytes."""

from collections.abc import Sequence

from briefing.actions.context import Desk
from briefing.errors import EditionHeld, SendError
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing
from briefing.store import KeptForm, fingerprint


def missing(desk: Desk, edition: Edition, content: str) -> int:
    """How many more people have to approve exactly these bytes before they may leave."""
    briefing = desk.config.briefing(edition.briefing)
    if briefing.approval == "automatic":
        return 0
    return max(0, briefing.approvers - len(desk.store.approvals.standing(edition.id, content)))


def refuse_unapproved(desk: Desk, edition: Edition, email: Email) -> None:
    """Let only approved bytes pass where config.toml asks for approval.

    Raises:
        EditionHeld: when nobody approved them, somebody rejected them, or they changed since.
    """
    content = fingerprint(email)
    short = missing(desk, edition, content)
    # Where nobody is asked, a no still counts.
    rejected = desk.store.approvals.rejected(edition.id, content)
    if not short and rejected is None:
        return
    said = desk.store.approvals.of(edition.id)
    standing = desk.store.approvals.standing(edition.id, content)
    if standing:
        names = " and ".join(approval.actor for approval in standing)
        more = "one more person" if short == 1 else f"{short} more people"
        why = f"{names} approved it, and {more} must"
    elif not said:
        why = "nobody has approved it"
    elif rejected is not None or not said[-1].approved:
        no = rejected or said[-1]
        why = f"{no.actor} rejected it{f': {no.note}' if no.note else ''}"
    else:
        why = f"it has changed since {said[-1].actor} approved it"
    raise EditionHeld(
        f"{edition.id} is not sent: {why}. Look at it, then `briefing approve {edition.id}`."
    )


def let_through(desk: Desk, edition: Edition, content: str) -> frozenset[str] | None:
    """The SHA-256 of each variant that everybody saw who approved; None where nobody is asked.

    Args:
        desk: the desk.
        edition: whose.
        content: the SHA-256 of the whole edition.
    """
    if desk.config.briefing(edition.briefing).approval == "automatic":
        return None
    seen = [frozenset(one.variants) for one in desk.store.approvals.standing(edition.id, content)]
    return frozenset.intersection(*seen) if seen else frozenset()


def refuse_altered(mailing: Mailing, forms: Sequence[KeptForm] = ()) -> None:
    """Let only a mailing go on whose bytes are the ones that passed the gate when it began.

    Args:
        mailing: with its whole edition.
        forms: its variants.

    Raises:
        SendError: when an email that is kept has another SHA-256 than the one that passed.
    """
    whole = (mailing.email, mailing.hash)
    for email, passed in (whole, *((one.form.email, one.form.hash) for one in forms)):
        kept = fingerprint(email)
        if kept != passed:
            raise SendError(
                f"{mailing.edition} is not sent on: an email that is kept for it (SHA-256 "
                f"{kept[:16]}…) is not the one that was let through ({passed[:16]}…). Somebody "
                "or something changed the database: `briefing restore` a backup, or "
                f"`briefing abort {mailing.edition}`."
            )
