"""Linting: what the checks say of a rendered email, on the letter of the longest reader."""

from typing import TYPE_CHECKING

from briefing.actions.context import Desk
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.rendering.lint_job import LintJob
from briefing.actions.resolve_name import list_of
from briefing.errors import SendError
from briefing.model.edition import Edition
from briefing.model.finding import Finding
from briefing.model.mail import Email
from briefing.model.subscriber import NOBODY, Subscriber

if TYPE_CHECKING:  # see `lint_job`
    from briefing.emails.checks import Draughtsman, LinkProbe

#: Stands in where the list has no active reader yet.
_STAND_IN = Subscriber(email="reader@example.com", name="A. Reader", ref=NOBODY)


def lint(
    desk: Desk,
    edition: Edition,
    email: Email,
    *,
    fetcher: "LinkProbe | None" = None,
    browser: "Draughtsman | None" = None,
) -> tuple[Finding, ...]:
    """What the checks find, errors first.

    The letter of the active reader with the longest name and address is written, as it would be
    sent, and read back; nothing is kept. A letter that cannot be written is a finding too.

    Args:
        desk: the desk.
        edition: what the email shows; pieces on hold are not a matter of these checks.
        email: as rendered, with its slots open.
        fetcher: asks links and pictures; without one the rules that need the network find nothing.
        browser: draws the letter; without one the rules that measure it find nothing.

    Raises:
        StoreError: when the database does not answer.
        DeskError: when the browser does not answer.
    """
    job = lint_job(desk, edition, email)
    if fetcher is None and browser is None:
        return job.findings()
    from briefing.emails.checks import check  # noqa: PLC0415 - see `lint_job`

    proof = job.proof(fetcher)
    if browser:
        proof.drawn = browser.draw(proof.html)
    return check(proof)


def lint_job(desk: Desk, edition: Edition, email: Email) -> LintJob:
    """What the checks are to look at; arguments and errors as of `lint`."""
    list_name = list_of(desk, edition)
    reader = desk.store.subscribers.longest(list_name) or _STAND_IN
    letter, links, unwritten = None, {}, ""
    try:
        writer = letter_writer(
            desk, email, list_name=list_name, title=edition.title, began=edition.slot.timestamp()
        )
        letter, links = writer.write(reader), writer.links(reader)
    except SendError as error:
        unwritten = str(error)
    house = {
        "sender": desk.config.send.sender,
        "reply_to": desk.config.send.reply_to,
        "public_url": desk.config.site.public_url,
        "postal_address": desk.config.site.postal_address,
        "most_sponsored": desk.config.sponsors.most,
    }
    return LintJob(
        email=email,
        edition=edition,
        house=house,
        letter=letter,
        unwritten=unwritten,
        links=links,
    )
