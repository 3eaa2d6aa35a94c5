"""The newsroom: what every page of the editors' desk needs, opened once for all of them."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefing.actions.open_store import the_keys, the_store
from briefing.actions.readers.import_list import sync_list
from briefing.actions.rendering.lint import lint
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import the_draft
from briefing.clock import Clock
from briefing.config import Config
from briefing.errors import BriefingError, EditionError, SubscriberError
from briefing.model.audit_entry import AuditEntry
from briefing.model.edition import Edition
from briefing.model.finding import Finding
from briefing.model.mail import Email
from briefing.model.subscriber import Subscriber
from briefing.store import Store, fingerprint
from briefing.subscribers import checked_address

_LOG = logging.getLogger("briefing.desk")


#: Emails whose findings are kept: the newest of each open page.
_KEPT = 16


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """Configuration, store and clock of the desk. The configuration is exchanged on a reload."""

    config: Config
    store: Store
    keys: tuple[bytes, ...]
    clock: Clock
    _found: dict[tuple[str, int], tuple[Finding, ...]] = field(default_factory=dict, init=False)

    def note(
        self, actor: str, verb: str, edition: str = "", detail: str = "", content: str = ""
    ) -> None:
        """Write a line into the desk's log."""
        self.store.audit_log.note(
            AuditEntry(
                at=self.clock().timestamp(),
                actor=actor,
                verb=verb,
                edition=edition,
                hash=content,
                detail=detail,
            )
        )

    def edition(self, edition_id: str) -> Edition:
        """An edition as it stands: see `the_draft`."""
        return the_draft(self.store, edition_id)

    def email(self, edition: Edition) -> Email:
        """The email of an edition as it stands, rendered now if it is not.

        Once its sending began, the frozen bytes.

        Raises:
            EditionError: when it has no story.
            TemplateError: when the design does not render, with file and line.
        """
        mailing = self.store.mailings.find(edition.id)
        if mailing is not None:
            return mailing.email
        return the_email(self.config, self.store, edition)

    def refuse_begun(self, edition_id: str) -> None:
        """Let an edition pass only while it may still change.

        Raises:
            EditionError: when its letters leave or have left.
        """
        if self.store.mailings.find(edition_id) is not None:
            raise EditionError(
                f"{edition_id} is with its readers: its words cannot change any more. "
                "Print a correction instead."
            )

    def findings(self, edition: Edition, email: Email) -> tuple[Finding, ...]:
        """What the checks say of an email; asked once for the same bytes and configuration."""
        key = (fingerprint(email), id(self.config))
        if key not in self._found:
            found = lint(self.config, self.store, edition, email)
            for old in list(self._found)[: max(0, len(self._found) + 1 - _KEPT)]:
                self._found.pop(old, None)
            self._found[key] = found
        return self._found[key]

    def reader(self, briefing: str, address: str) -> Subscriber:
        """The subscriber of a briefing's list with that address.

        Raises:
            SubscriberError: when it is no address, or not on the list.
        """
        _, key = checked_address(address)
        name = self.config.briefing(briefing).list
        known = self.store.subscribers.find(key, name)
        if not known:
            raise SubscriberError(f"{address} is not on the list {name!r}; name one who is.")
        return known[0]

    def hash(self, edition: Edition) -> str:
        """SHA-256 of the email's subject, HTML and text; empty when it cannot be rendered."""
        try:
            return fingerprint(self.email(edition))
        except BriefingError:
            return ""


@contextmanager
def open_newsroom(config: Config, clock: Clock) -> Iterator[Newsroom]:
    """Open the store for the desk, and take over new readers, so that counts are right.

    Raises:
        StoreError: when it cannot be opened.
    """
    with the_store(config, clock()) as store:
        room = Newsroom(config=config, store=store, keys=the_keys(config), clock=clock)
        for name in config.lists:
            try:
                sync_list(store, config, name, clock().timestamp())
            except BriefingError as error:
                _LOG.warning("The list %s: %s", name, error)
        yield room
