"""A reader's form of an edition: what their choices and earlier letters make of it, or what they got."""

from dataclasses import dataclass, replace

from briefing.actions.context import Desk
from briefing.actions.rendering.own_editions import (
    WHOLE,
    OwnEdition,
    OwnEditions,
    own_of_one_more,
)
from briefing.actions.resolve_name import list_of
from briefing.actions.review.gate import fit_variants
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Standing, Subscriber
from briefing.store import Audience


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderForm:
    """Which form of an edition one reader gets, and why, in a sentence."""

    #: None for no letter.
    email: Email | None
    said: str


def reader_form(desk: Desk, edition: Edition, reader: Subscriber) -> ReaderForm:
    """The form that a reader gets of an edition as it stands; of one that is sent, the one they got.

    Args:
        desk: the desk.
        edition: as it stands.
        reader: a subscriber, or somebody who is on no list (`id` is 0) with what they would choose.

    Raises:
        StoreError, TemplateError, TokenError, EditionError: as `own_editions`.
    """
    mailing = desk.store.mailings.find(edition.id)
    if mailing is not None and reader.id:
        return _got(desk, mailing, reader)
    list_name = list_of(desk, edition)
    own = fit_variants(desk, edition, list_name)
    if not reader.id:
        group = Audience(number=0, choice=reader.choice, had=0, readers=1)
        return _told(own, own_of_one_more(desk, own, group))
    before = own.wishes.before
    waits = any(before.coming)
    groups = desk.store.mailings.groups(list_name, before, is_foreseen=waits, only_reader=reader.id)
    number = own.share(groups[0])
    form = _told(own, next((one for one in own.variants if one.number == number), None))
    if reader.standing is Standing.ACTIVE:
        return form
    return replace(form, said=f"They are {reader.standing} now. {form.said}")


def _got(desk: Desk, mailing: Mailing, reader: Subscriber) -> ReaderForm:
    letters = desk.store.kept_of_reader.letters(reader.id)
    found = [one["variant"] for one in letters if one["edition"] == mailing.edition]
    if not found:
        return ReaderForm(email=None, said=f"No letter of {mailing.edition} was made for them.")
    forms = {one.number: one.form.email for one in desk.store.mailings.forms(mailing)}
    own = [email for number, email in forms.items() if number == found[0] != WHOLE]
    said = "a variant of it" if own else "the whole edition"
    return ReaderForm(email=own[0] if own else mailing.email, said=f"Theirs is {said}.")


def _told(own: OwnEditions, form: OwnEdition | None) -> ReaderForm:
    if form is None:
        said = "No letter: they chose other days or topics, or had every story of theirs before."
        return ReaderForm(email=None, said=said)
    whole = len(own.wishes.whole)
    said = f"They get {len(form.stories)} of {whole} stories: {form.title}."
    if form.stories == own.wishes.whole:
        said = "They get the whole edition."
    return ReaderForm(email=form.email, said=said)
