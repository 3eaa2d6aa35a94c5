"""The gate: the one way to readers. Every command, page, clock and worker passes it.

The verbs that begin a mailing or keep a yes call it themselves, so no door can forget it;
`tests/actions/review/test_gate.py` walks the calls and names a function that goes round it.
"""

from collections.abc import Iterable

from briefing.actions.open_store import the_store
from briefing.actions.rendering.lint import lint
from briefing.actions.resolve_name import refuse_held, the_rendered
from briefing.actions.review.sign_off import refuse_unapproved
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import EditionFaulty, EditionHeld
from briefing.model.edition import Edition
from briefing.model.finding import Finding, Severity
from briefing.model.mail import Email
from briefing.store import Store


def the_sendable(config: Config, store: Store, edition_id: str) -> tuple[Edition, Email]:
    """An edition that may go to its readers as it stands, and its email.

    Raises:
        StoreError: when it is not there or not rendered.
        EditionFaulty: when the checks call something in its email an error.
        EditionHeld: when a piece waits for a person's decision, or nobody approved these bytes.
    """
    edition, email = the_rendered(store, edition_id)
    refuse_unfit(config, store, edition, email, "is not sent")
    refuse_unapproved(config, store, edition, email)
    return edition, email


def refuse_unfit(
    config: Config, store: Store, edition: Edition, email: Email, refused: str
) -> None:
    """Let nothing pass that is held or that the checks call an error, whatever anybody says.

    Args:
        config: the house.
        store: knows the readers.
        edition: what the email shows.
        email: as rendered.
        refused: what is refused, in words that go on after the edition's name.

    Raises:
        EditionHeld: when a piece waits for a person's decision.
        EditionFaulty: with the sentence of each error, and the next step.
    """
    refuse_held(edition)
    errors = errors_of(lint(config, store, edition, email))
    if errors:
        said = " ".join(error.message for error in errors)
        raise EditionFaulty(
            f"{edition.id} {refused}: {said} `briefing lint {edition.id}` shows where; put it "
            f"right, then `briefing render {edition.id}`.",
            rules=tuple(sorted({error.rule for error in errors})),
        )


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What must not be sent like this."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def refusal(config: Config, edition_id: str, clock: Clock) -> EditionHeld | None:
    """Why an edition could not be sent now; None when it could, or is on its way already.

    Raises:
        StoreError: when it is not there or not rendered.
    """
    with the_store(config, clock()) as store:
        if store.mailings.find(edition_id) is not None:
            return None
        try:
            the_sendable(config, store, edition_id)
        except EditionHeld as held:
            return held
    return None
