"""Linting: what the checks say of a rendered email, on the letter of the longest reader."""

from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.open_store import the_keys, the_store
from briefing.actions.resolve_name import the_draft
from briefing.clock import Clock
from briefing.config import Config
from briefing.emails.checks import House, LinkProbe, Proof, Sample, check
from briefing.errors import SendError
from briefing.model.edition import Edition
from briefing.model.finding import Finding
from briefing.model.mail import Email
from briefing.model.subscriber import NOBODY, Subscriber
from briefing.store import Store

#: Stands in where the list has no active reader yet.
_STAND_IN = Subscriber(email="reader@example.com", name="A. Reader", ref=NOBODY)


def lint(
    config: Config,
    store: Store,
    edition: Edition,
    email: Email,
    *,
    fetcher: LinkProbe | None = None,
) -> tuple[Finding, ...]:
    """What the checks find, errors first.

    The letter of the active reader with the longest name and address is written, as it would be
    sent, and read back; nothing is kept. A letter that cannot be written is a finding too.

    Args:
        config: whose sender, site and list hold.
        store: knows the readers.
        edition: what the email shows; pieces on hold are no matter of these checks.
        email: as rendered, with its slots open.
        fetcher: asks links and pictures; without one the rules that need the network find nothing.

    Raises:
        StoreError: when the database does not answer.
    """
    list_name = config.briefing(edition.briefing).list
    house = House(
        sender=config.send.sender,
        reply_to=config.send.reply_to,
        public_url=config.site.public_url,
        postal_address=config.site.postal_address,
        most_sponsored=config.sponsors.most,
    )
    reader = store.subscribers.longest(list_name) or _STAND_IN
    sample, unwritten = None, ""
    try:
        sample = _sample(config, edition, email, list_name, reader)
    except SendError as error:
        unwritten = str(error)
    return check(Proof(email, edition, house, sample, unwritten=unwritten, fetcher=fetcher))


def lint_edition(
    config: Config, edition_id: str, clock: Clock, *, network: bool = False
) -> tuple[Edition, tuple[Finding, ...]]:
    """A kept edition and what the checks find in its email; pieces on hold do not keep it from them.

    Args:
        config: see `lint`.
        edition_id: which edition.
        clock: tells the time.
        network: ask its links and pictures too.

    Raises:
        StoreError: when it is not there or not rendered, or the database does not answer.
    """
    fetcher = None
    if network:
        # Here, because what asks the network takes a second to import.
        from briefing.actions.rendering.link_probe import link_probe  # noqa: PLC0415

        fetcher = link_probe(config)
    with the_store(config, clock()) as store:
        edition = the_draft(store, edition_id)
        return edition, lint(config, store, edition, store.drafts.email(edition), fetcher=fetcher)


def _sample(
    config: Config, edition: Edition, email: Email, list_name: str, reader: Subscriber
) -> Sample:
    writer = letter_writer(
        config,
        email,
        list_name=list_name,
        title=edition.title,
        began=edition.slot.timestamp(),
        keys=the_keys(config),
    )
    return Sample(letter=writer.write(reader), links=writer.links(reader))
