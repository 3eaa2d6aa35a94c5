"""Keeping manifests: each is written before what it is of, or with it, so that nothing is ever without one."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256

from pydantic import ValidationError

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.manifests.inputs import Inputs, email_inputs, letter_inputs
from briefing.actions.manifests.manifest import (
    DraftManifest,
    LetterRecord,
    Manifest,
    PageRecord,
    drafts_json,
    inputs_json,
    manifests_json,
)
from briefing.errors import StoreError
from briefing.model.edition import Edition
from briefing.model.mail import Email, Letter
from briefing.model.page import Page
from briefing.model.subscriber import NOBODY, Subscriber
from briefing.store import KeptPages, edition_hash, fingerprint

#: Whose letter is kept with each edition: nobody's, so that it holds nobody's links.
SAMPLE_READER = Subscriber(email="reader@example.org", name="Reader", ref=NOBODY)
#: Who begins a mailing is a person or the clock; the log has the person's approval.
_ACTOR, _VERB = "briefing", "send"
#: Of the log, more than any edition has.
_MOST_LINES = 100_000


def keep_draft(desk: Desk, base: Edition, manifest: DraftManifest) -> None:
    """Keep what an edition is made of and with."""
    content = drafts_json().dump_json(manifest).decode()
    desk.store.manifests.keep(base.id, "draft", edition_hash(base), content)


def keep_email(desk: Desk, edition: Edition, email: Email) -> None:
    """Keep the email of an edition, and what it is made with."""
    content = inputs_json().dump_json(email_inputs(desk, edition.briefing)).decode()
    desk.store.drafts.save_email(email, edition, content)


def keep_manifest(
    desk: Desk, edition: Edition, email: Email, list_name: str, sample: Letter
) -> None:
    """Keep what the letters of an edition are made of and with, and bind it into the desk's log.

    Args:
        desk: the desk.
        edition: as it is sent.
        email: that shows it.
        list_name: whose readers get it.
        sample: the letter to `SAMPLE_READER`.
    """
    content_hash = fingerprint(email)
    version = desk.store.drafts.version(edition.id)
    manifest = Manifest(
        edition=edition.id,
        hash=content_hash,
        version=version.number,
        approvals=desk.store.approvals.standing(edition.id, content_hash),
        draft=_draft_manifest(desk, version.base),
        email=_email_manifest(desk, edition),
        letters=letter_inputs(desk, list_name),
        sample=letter_record(sample),
    )
    content = manifests_json().dump_json(manifest).decode()
    desk.store.manifests.keep(edition.id, "letters", content_hash, content)
    log_action(desk, _ACTOR, _VERB, edition.id, _logged(content), content_hash)


def read_manifest(desk: Desk, edition_id: str, content_hash: str) -> Manifest | None:
    """The manifest of an edition that was sent; None where none was kept.

    Raises:
        StoreError: when it cannot be read.
    """
    content = desk.store.manifests.find(edition_id, "letters", content_hash)
    if content is None:
        return None
    try:
        return manifests_json().validate_json(content)
    except ValidationError as error:
        raise StoreError(
            f"The manifest of {edition_id} cannot be read: {error}. Another version of briefing may "
            "have written it."
        ) from error


def is_logged(desk: Desk, manifest: Manifest) -> bool:
    """True when the desk's log names this very manifest."""
    said = _logged(manifests_json().dump_json(manifest).decode())
    lines = desk.store.audit_log.newest(_MOST_LINES, edition=manifest.edition)
    return any(
        (line.verb, line.hash, line.detail) == (_VERB, manifest.hash, said) for line in lines
    )


def letter_record(letter: Letter) -> LetterRecord:
    """What is kept of a letter."""
    header, _, _ = letter.wire.partition(b"\r\n\r\n")
    return LetterRecord(header=header.decode("ascii"), sha256=sha256(letter.wire).hexdigest())


def record_pages(desk: Desk, pages: Iterable[Page]) -> tuple[PageRecord, ...]:
    """Keep the bytes of pages, and name them.

    A disk that takes no more of them stops no edition; `briefing verify` then says what it misses.
    """
    kept = kept_pages(desk)
    found = []
    for page in pages:
        with suppress(StoreError):
            kept.keep(page.body)
        bare = replace(page, body=b"")
        found.append(PageRecord(page=bare, sha256=sha256(page.body).hexdigest()))
    return tuple(found)


def kept_pages(desk: Desk) -> KeptPages:
    """Where pages are kept as they were read."""
    return KeptPages(desk.config.path(desk.config.data.path) / "pages")


def _draft_manifest(desk: Desk, base: Edition) -> DraftManifest | None:
    content = desk.store.manifests.find(base.id, "draft", edition_hash(base))
    return None if content is None else drafts_json().validate_json(content)


def _email_manifest(desk: Desk, edition: Edition) -> Inputs | None:
    content = desk.store.manifests.find(edition.id, "email", edition_hash(edition))
    return None if content is None else inputs_json().validate_json(content)


def _logged(content: str) -> str:
    return f"manifest {sha256(content.encode()).hexdigest()}"
