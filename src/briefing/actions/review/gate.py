"""The gate: the one way to readers. Every command, page, clock and worker passes it.

The verbs that begin a mailing or keep a yes call it themselves, so no door can forget it;
`tests/actions/review/test_gate.py` walks the calls and names a function that goes round it.
"""

from briefing.actions.context import Desk
from briefing.actions.open_store import house_folder
from briefing.actions.rendering.check_again import errors_again, errors_of
from briefing.actions.rendering.own_editions import OwnEditions, own_editions
from briefing.actions.resolve_name import refuse_held, the_rendered
from briefing.actions.review.checking import Checking
from briefing.actions.review.examination import refuse_ill_sender
from briefing.actions.review.sign_off import let_through, refuse_unapproved
from briefing.errors import EditionFaulty, EditionHeld
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import fingerprint


def the_sendable(
    desk: Desk, edition_id: str, checking: Checking | None = None
) -> tuple[Edition, Email]:
    """An edition that may go to its readers as it stands, and its email.

    Args:
        desk: the desk.
        edition_id: whose.
        checking: does the checks. Where it does not do them at once, the edition may go only after `passed`.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionFaulty: when the checks call something in its email an error.
        EditionHeld: when a piece waits for a person's decision, nobody approved these bytes, or providers
            would refuse every letter (`[doctor] before_sending`).
    """
    edition, email = the_rendered(desk, edition_id)
    refuse_unfit(desk, edition, email, "is not sent", checking)
    refuse_unapproved(desk, edition, email)
    refuse_ill_sender(desk, edition_id)
    return edition, email


def refuse_unfit(
    desk: Desk, edition: Edition, email: Email, refused: str, checking: Checking | None = None
) -> None:
    """Let nothing pass that is held or that the checks call an error, whatever anybody says.

    Args:
        desk: the desk.
        edition: what the email shows.
        email: as rendered.
        refused: what is refused, in words that go on after the edition's name.
        checking: as of `the_sendable`.

    Raises:
        EditionHeld: when a piece waits for a person's decision.
        EditionFaulty: with the sentence of each error, and the next step.
    """
    refuse_held(edition)
    who = checking or Checking()
    who.begin(lambda: _refuse_faulty(desk, edition, email, refused, who))


def _refuse_faulty(
    desk: Desk, edition: Edition, email: Email, refused: str, checking: Checking
) -> None:
    from briefing.actions.rendering.lint import lint_job  # noqa: PLC0415 - a mailing on its way asks no more

    last = house_folder(desk.config) / "checked" / f"{edition.briefing}.json"
    errors = errors_again(lint_job(desk, edition, email), last, checking.findings)
    if errors:
        said = " ".join(error.message for error in errors)
        raise EditionFaulty(
            f"{edition.id} {refused}: {said} `briefing lint {edition.id}` shows where; put it "
            f"right, then `briefing render {edition.id}`.",
            rules=tuple(sorted({error.rule for error in errors})),
        )


def fit_variants(desk: Desk, edition: Edition, list_name: str) -> OwnEditions:
    """The variants of an edition that the checks let pass, and who gets which.

    A reader's choice never holds an edition: one that the checks call faulty is left out, and said.

    Args:
        desk: the desk.
        edition: as it stands.
        list_name: whose readers.

    Raises:
        StoreError, TemplateError, TokenError, EditionError: as `own_editions`.
    """
    from briefing.actions.rendering.lint import lint  # noqa: PLC0415 - a mailing on its way asks no more

    own = own_editions(desk, edition, list_name)
    errors = {one.number: errors_of(lint(desk, one.edition, one.email)) for one in own.variants[1:]}
    said = " ".join(dict.fromkeys(error.message for found in errors.values() for error in found))
    return own.keeping(
        lambda one: not errors[one.number],
        f"The checks call something an error in variants of {edition.id}: {said} {{readers}} get the "
        "variant that comes next to theirs.",
    )


def sendable_variants(desk: Desk, edition: Edition, email: Email, list_name: str) -> OwnEditions:
    """The variants of an edition that may go to readers: fit, and approved where somebody is asked.

    Args:
        desk: the desk.
        edition: that passed `the_sendable`.
        email: the whole of it.
        list_name: whose readers.

    Raises:
        StoreError, TemplateError, TokenError, EditionError: as `own_editions`.
    """
    fit = fit_variants(desk, edition, list_name).as_it_stands()
    allowed = let_through(desk, edition, fingerprint(email))
    if allowed is None:
        return fit
    return fit.keeping(
        lambda one: one.hash in allowed,
        f"What {{readers}} want of {edition.id} came up after it was approved: they get the variant "
        "that comes next to theirs.",
    )


def refusal(desk: Desk, edition_id: str) -> EditionHeld | None:
    """Why an edition could not be sent now; None when it could, or is on its way already.

    Raises:
        StoreError: when it is not there or not rendered.
    """
    if desk.store.mailings.find(edition_id) is not None:
        return None
    try:
        the_sendable(desk, edition_id)
    except EditionHeld as held:
        return held
    return None
