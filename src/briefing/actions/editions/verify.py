"""Verifying: an edition's letter is built again from what it was made of, and compared byte for byte."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace

from briefing.actions.context import Desk
from briefing.actions.editions.digest_again import digest_afresh
from briefing.actions.editions.draft import lay_out
from briefing.actions.editions.first_difference import in_text, in_values
from briefing.actions.editions.retellings import retellings
from briefing.actions.editions.sponsor_rulings import ruled
from briefing.actions.gather.gather import split_afresh
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.manifests.inputs import (
    Inputs,
    changes,
    draft_inputs,
    email_inputs,
    letter_inputs,
)
from briefing.actions.manifests.keep_manifest import (
    SAMPLE_READER,
    is_logged,
    kept_pages,
    letter_record,
    read_manifest,
)
from briefing.actions.manifests.manifest import DraftManifest, LetterRecord, Manifest
from briefing.actions.progress import Progress, Quiet
from briefing.actions.rendering.earlier_stories import as_sent, refs_of
from briefing.actions.rendering.own_editions import WHOLE
from briefing.actions.rendering.render import email_settings
from briefing.counted import counted
from briefing.editions import edited
from briefing.editions.own_edition import StoryRef, own_edition
from briefing.emails.render import render
from briefing.errors import BriefingError, StoreError
from briefing.model.approval import Approval
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing
from briefing.model.page import Page
from briefing.model.version import Version
from briefing.store import editions_json, fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step from the sources to a letter, made again."""

    name: str
    #: What it was made of, and what was compared.
    of: str
    #: A sentence for each thing that is not as it was.
    differences: tuple[str, ...] = ()
    #: A sentence for each input that is not as it was, whether or not that made a difference.
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """An edition that was sent, next to what is built of the same things now."""

    edition: str
    #: SHA-256 of the email that was sent.
    hash: str
    #: When its sending began; seconds since 1970 in UTC.
    frozen_at: float
    approvals: tuple[Approval, ...]
    steps: tuple[Step, ...]

    @property
    def is_same(self) -> bool:
        """True when every step gave the same bytes."""
        return not any(step.differences for step in self.steps)


def verify(desk: Desk, edition_id: str, progress: Progress | None = None) -> Verification:
    """Build the letter of an edition that was sent again, each step from what was kept of the one before.

    So a step that differs says where the difference came in: pages to edition, edition to email,
    email to letter. It needs the house's database, its folder of kept pages, config.toml, design,
    vocabulary and keys; nothing is asked of the network, and nothing is written.

    Raises:
        StoreError: when the edition was never sent, or what is kept of it cannot be read.
    """
    mailing = desk.store.mailings.get(edition_id)
    manifest = read_manifest(desk, edition_id, mailing.hash)
    version = desk.store.drafts.version(edition_id, manifest.version if manifest else None)
    edition = edited(version.base, version.changes).edition
    steps = (
        _records(desk, edition, mailing, manifest),
        _edition(desk, version, manifest, progress or Quiet()),
        _email(desk, edition, mailing, manifest),
        *_variants(desk, edition, mailing),
        _letter(desk, edition, mailing, manifest),
    )
    return Verification(
        edition=edition_id,
        hash=mailing.hash,
        frozen_at=mailing.frozen_at,
        approvals=desk.store.approvals.standing(edition_id, mailing.hash),
        steps=steps,
    )


def _records(desk: Desk, edition: Edition, mailing: Mailing, manifest: Manifest | None) -> Step:
    """Is what is kept of the sending as it was written?"""
    return Step(
        name="Records",
        of="the email as it was let through, its approvals, the manifest and the desk's log",
        differences=(*_altered(desk, mailing, manifest), *_pictures_gone(desk, edition)),
    )


def _pictures_gone(desk: Desk, edition: Edition) -> Iterator[str]:
    """The letter names each picture by its SHA-256: are those bytes still what its address shows?"""
    for picture in (item.picture for item in edition.items if item.picture):
        try:
            found = desk.store.pictures.find(picture.sha256)
        except StoreError as error:
            yield str(error)
        else:
            if found is None:
                yield f"The picture {picture.sha256[:16]}… is not kept here any more."


def _altered(desk: Desk, mailing: Mailing, manifest: Manifest | None) -> Iterator[str]:
    found = fingerprint(mailing.email)
    if found != mailing.hash:
        yield f"The email that is kept has the SHA-256 {found}, and {mailing.hash} was let through."
    broken = desk.store.audit_log.verify().broken
    if broken is not None:
        yield f"Line {broken} of the desk's log was changed, or the one before it is gone."
    if manifest is None:
        yield "There is no manifest: a briefing from before November 2026 sent it."
        return
    if not is_logged(desk, manifest):
        yield "The manifest is not the one that the desk's log names: one of the two was changed."
    if manifest.approvals != desk.store.approvals.standing(mailing.edition, mailing.hash):
        yield "The approvals that are kept are not those with which it was sent."


def _edition(desk: Desk, version: Version, manifest: Manifest | None, progress: Progress) -> Step:
    """From pages to the edition as its sources made it."""
    draft, name = (manifest.draft if manifest else None), version.base.briefing
    if draft is None:
        return Step(
            name="Edition", of="its pages", differences=("Nobody kept which pages they were.",)
        )
    step = Step(name="Edition", of=f"{counted(len(draft.pages), 'page')}, read {draft.at:%d %B %Y}")

    def built() -> Iterator[str]:
        pages, missing = _pages(desk, draft)
        yield from missing
        if not missing:
            yield from _laid_out_again(desk, version.base, draft, pages, progress)

    return _made(step, built, draft.inputs, lambda: draft_inputs(desk, name))


def _pages(desk: Desk, draft: DraftManifest) -> tuple[list[Page], list[str]]:
    """The pages as they were read, and a sentence for each that is not there or not as it was."""
    kept, pages, missing = kept_pages(desk), list[Page](), list[str]()
    for record in draft.pages:
        try:
            pages.append(replace(record.page, body=kept.body(record.sha256)))
        except StoreError as error:
            missing.append(f"The page {record.page.name}: {error}.")
    return pages, missing


def _laid_out_again(
    desk: Desk, base: Edition, draft: DraftManifest, pages: list[Page], progress: Progress
) -> Iterator[str]:
    split = split_afresh(ruled(desk, draft.rulings), pages, draft.at, draft.events)
    articles = [article for page in split for article in page.articles]
    fresh = draft.printed_before.fresh(articles)
    digested = digest_afresh(progress.track(fresh, "Digesting", len(fresh)), desk.config.digest)
    yield from digested.refused.values()
    others = retellings([article for article, _ in digested.stories], draft.events)
    made = lay_out(desk, base.briefing, draft.slot, digested.stories, others, draft.earlier)
    # What was waiting to be corrected, and what files and feeds said that day, is taken as it was.
    again = replace(made, corrections=base.corrections, blocks=base.blocks)
    difference = in_values(*(json.loads(editions_json().dump_json(one)) for one in (base, again)))
    if difference:
        yield difference


def _email(desk: Desk, edition: Edition, mailing: Mailing, manifest: Manifest | None) -> Step:
    """From the edition, with its editors' changes, to the email that was sent."""
    sent = mailing.email
    step = Step(
        name="Email",
        of=f"{len(sent.html.encode()):,} bytes of HTML, {len(sent.text.encode()):,} of text",
    )

    def built() -> Iterator[str]:
        again = render(edition, email_settings(desk, edition))
        yield from _emails_apart(sent, again)

    inputs = manifest.email if manifest else None
    return _made(step, built, inputs, lambda: email_inputs(desk, edition.briefing))


def _variants(desk: Desk, edition: Edition, mailing: Mailing) -> Iterator[Step]:
    """From the stories of each variant, as they were approved, to its email."""
    forms = [one for one in desk.store.mailings.forms(mailing) if one.number != WHOLE]
    if not forms:
        return

    def built() -> Iterator[str]:
        for one in forms:
            sent, again = one.form, _variant(desk, edition, refs_of(one.form.stories))
            if fingerprint(sent.email) != sent.hash:
                yield f"Variant {one.number} that is kept is not the one that was let through."
            for difference in _emails_apart(sent.email, again):
                yield f"Variant {one.number}: {difference}"

    yield _made(
        Step(name="Variants", of=f"{counted(len(forms), 'choice')} of its approved stories"),
        built,
        None,
        lambda: letter_inputs(desk, mailing.list),
    )


def _variant(desk: Desk, edition: Edition, stories: Sequence[StoryRef]) -> Email:
    """The email of a variant, of the editions its stories were approved in."""
    editions = {edition.id: edition}
    for name, _ in stories:
        if name not in editions:
            editions[name] = as_sent(desk, name)
    items = {(name, item.id): item for name, one in editions.items() for item in one.items}
    own = own_edition(edition, [items[story] for story in stories])
    return render(own, email_settings(desk, edition))


def _emails_apart(sent: Email, again: Email) -> Iterator[str]:
    # Made of the content, the nonce stands in each merge field: it would hide what else differs.
    named = {field.name: str(getattr(again, field.name)) for field in fields(Email)}
    places = [
        in_text(name, str(getattr(sent, name)), text.replace(again.nonce, sent.nonce))
        for name, text in named.items()
    ]
    found = [place for place in places if place is not None]
    yield from found
    if not found and again != sent:
        yield f"The merge fields began with {sent.nonce} then, and begin with {again.nonce} now."


def _letter(desk: Desk, edition: Edition, mailing: Mailing, manifest: Manifest | None) -> Step:
    """From the email that was sent to a reader's letter: headers, links, encoding, signatures."""
    if manifest is None:
        return Step(
            name="Letter", of="the email", differences=("Nobody kept one to compare with.",)
        )
    step = Step(name="Letter", of="the email, its headers, links and signatures")

    def built() -> Iterator[str]:
        writer = letter_writer(
            desk,
            mailing.email,
            list_name=mailing.list,
            title=edition.title,
            began=mailing.frozen_at,
        )
        yield from _letters_apart(manifest.sample, letter_record(writer.write(SAMPLE_READER)))

    return _made(step, built, manifest.letters, lambda: letter_inputs(desk, mailing.list))


def _letters_apart(was: LetterRecord, now: LetterRecord) -> Iterator[str]:
    header = in_text("Header", was.header, now.header)
    if header:
        yield header
    elif was != now:
        yield f"Body: its SHA-256 was {was.sha256} with the header, and is {now.sha256}."


def _made(
    step: Step,
    built: Callable[[], Iterable[str]],
    then: Inputs | None,
    now: Callable[[], Inputs],
) -> Step:
    """The step after it was made again; what stops it is a difference too."""
    try:
        differences = tuple(built())
        changed = changes(then, now()) if then else ()
    except BriefingError as error:
        return replace(step, differences=(f"It cannot be built again: {error}",))
    return replace(step, differences=differences, changed=changed)
