"""Own editions: which variants of an edition its readers asked for, made of its approved stories.

There are as many as readers want that differ in a story, up to `max_variants`. Whoever's own would be
one more gets the one that comes next: nobody goes without a story they asked for because of a bound.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from briefing.actions.context import Desk
from briefing.actions.rendering import variant_notes
from briefing.actions.rendering.earlier_stories import (
    earlier_editions,
    letters_before,
    stories_json,
)
from briefing.actions.rendering.render import email_settings, the_email
from briefing.actions.rendering.render_again import render_each_again
from briefing.clock import time_zone
from briefing.config import Topic
from briefing.counted import counted
from briefing.editions.own_edition import Offered, StoryRef, offered, own_edition, wanted
from briefing.model.article import Verdict
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store import Audience, Form, Forms, HadBefore, fingerprint

#: The whole edition among the variants.
WHOLE = 0
_Stories = tuple[StoryRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnEdition:
    """One variant of an edition, rendered."""

    number: int
    edition: Edition
    email: Email
    stories: _Stories
    #: What most of its readers chose, in words; empty for the whole edition.
    title: str = ""

    @property
    def hash(self) -> str:
        """SHA-256 of what its readers see."""
        return fingerprint(self.email)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What readers want of an edition, by what they chose and had."""

    edition: Edition
    #: ISO weekday of the edition, where its briefing is at home.
    weekday: int
    offer: tuple[Offered, ...]
    topics: Mapping[str, Topic]
    #: Stories of a weekly letter.
    most: int
    before: HadBefore
    #: The stories of `before`, in its order.
    repeated: _Stories

    @property
    def whole(self) -> _Stories:
        """The stories of the whole edition."""
        return tuple((self.edition.id, item.id) for item in self.edition.items)

    def had(self, group: Audience) -> frozenset[StoryRef]:
        """Which stories earlier letters brought these readers."""
        bits = enumerate(self.repeated)
        return frozenset(story for place, story in bits if group.had >> place & 1)

    def wish(self, group: Audience) -> _Stories:
        """The stories that these readers want and have not had; none for no letter.

        Without a report there is no letter: what bodies issued themselves is not a letter of the newsroom's.
        """
        if self.weekday not in group.choice.days:
            return ()
        asked = wanted(group.choice, self.offer, self.edition, self.topics, self.most)
        had = self.had(group)
        stories = tuple(story for story in asked if story not in had)
        if stories == self.whole:
            return stories
        items = {one.ref: one.item for one in self.offer}
        reports = (items[story].article.verdict is Verdict.EDITORIAL for story in stories)
        return stories if any(reports) else ()


@dataclass(frozen=True, kw_only=True)
class OwnEditions:
    """The variants of an edition, and who gets which."""

    wishes: Wishes
    #: As they will be once the editions have left that wait to leave before this one.
    groups: tuple[Audience, ...]
    #: As they are now.
    standing: tuple[Audience, ...]
    #: The whole edition first.
    variants: tuple[OwnEdition, ...]
    #: What a person should know of it, each a sentence.
    notes: tuple[str, ...] = ()

    @cached_property
    def readers(self) -> Mapping[int | None, int]:
        """How many readers get each variant, by number; under None those who get no letter."""
        found: Counter[int | None] = Counter()
        for group in self.groups:
            found[self.share(group)] += group.readers
        return found

    @property
    def facts(self) -> tuple[str, ...]:
        """Sentences on readers who get no letter, or will have had some of its stories."""
        return (
            *variant_notes.foreseen(self.wishes.edition, self.groups, self.standing),
            *variant_notes.silent(self.wishes.edition, self.readers[None]),
        )

    @property
    def without_own(self) -> int:
        """How many readers want a variant that is not among these."""
        own = {one.stories for one in self.variants}
        wishes = ((self.wishes.wish(group), group.readers) for group in self.groups)
        return sum(readers for wish, readers in wishes if wish and wish not in own)

    def as_it_stands(self) -> "OwnEditions":
        """The same by what readers have had by now, whichever editions still wait."""
        return replace(self, groups=self.standing)

    def share(self, group: Audience) -> int | None:
        """The variant that readers get: their own, else the one that comes next; None for no letter.

        That is the one that lacks fewest of the stories they asked for, then repeats fewest, then has
        fewest that they did not ask for.
        """
        wish, had = self.wishes.wish(group), self.wishes.had(group)
        if not wish:
            return None

        def apart(one: OwnEdition) -> tuple[int, int, int, int]:
            held = set(one.stories)
            return len(set(wish) - held), len(held & had), len(held - set(wish)), one.number

        return min(self.variants, key=apart).number

    def keeping(self, is_kept: Callable[[OwnEdition], bool], note: str) -> "OwnEditions":
        """The same without some of its variants, whose readers get the ones that come next.

        Args:
            is_kept: says whether a variant stays; the whole edition always does.
            note: why some do not, with `{readers}` for how many readers lose their own.
        """
        kept = tuple(one for one in self.variants if one.number == WHOLE or is_kept(one))
        lost = sum(self.readers[one.number] for one in self.variants if one not in kept)
        if len(kept) == len(self.variants):
            return self
        told = note.replace("{readers}", f"{counted(lost, 'reader')}")
        return replace(self, variants=kept, notes=(*self.notes, told))

    def forms(self) -> Forms:
        """As a mailing takes them."""
        items = {one.ref: one.item for one in self.wishes.offer}
        return Forms(
            share=self.share,
            before=self.wishes.before,
            forms={
                one.number: Form(
                    email=one.email,
                    hash=one.hash,
                    stories=stories_json((ref, items[ref]) for ref in one.stories),
                )
                for one in self.variants
            },
        )


def own_editions(desk: Desk, edition: Edition, list_name: str) -> OwnEditions:
    """Make the variants of an edition that the readers of a list want now.

    Args:
        desk: the desk.
        edition: as it stands.
        list_name: whose readers.

    Raises:
        TemplateError, TokenError, EditionError: when a variant does not render.
        StoreError: when the database cannot be read.
    """
    choices = desk.store.choices.counts(list_name)
    wishes = _wishes(desk, edition, list_name, is_weekly=any(one.weekly for one, _ in choices))
    groups = standing = desk.store.mailings.groups(list_name, wishes.before)
    if any(wishes.before.coming):
        groups = desk.store.mailings.groups(list_name, wishes.before, is_foreseen=True)
    whole = OwnEdition(
        number=WHOLE, edition=edition, email=the_email(desk, edition), stories=wishes.whole
    )
    asked = _asked(wishes, groups)
    count = len(asked) + 1
    # Should what waits not leave before, readers want what they would without it.
    asked |= {one: who for one, who in _asked(wishes, standing).items() if one not in asked}
    by_size = sorted(asked, key=lambda one: -sum(group.readers for group in asked[one]))
    most = desk.config.briefing(edition.briefing).max_variants
    made = _rendered(desk, wishes, {one: asked[one][0] for one in by_size[: most - 1]})
    found = OwnEditions(wishes=wishes, groups=groups, standing=standing, variants=(whole, *made))
    notes = (
        *variant_notes.too_many(edition, list_name, count, most, found.without_own),
        *variant_notes.gone(choices, wishes.topics, list_name),
    )
    return replace(found, notes=notes)


def own_of_one_more(desk: Desk, own: OwnEditions, group: Audience) -> OwnEdition | None:
    """What a reader would get who is on no list yet and chose so; None for no letter. Errors as `own_editions`."""
    wish = own.wishes.wish(group)
    if not wish:
        return None
    found = (one for one in own.variants if one.stories == wish)
    return next(found, None) or _rendered(desk, own.wishes, {wish: group}, "one-more")[0]


def _asked(wishes: Wishes, groups: tuple[Audience, ...]) -> dict[_Stories, list[Audience]]:
    """Who wants which stories, without those who want all of them or none; the largest group first."""
    asked: dict[_Stories, list[Audience]] = {}
    for group in groups:
        if (wish := wishes.wish(group)) not in ((), wishes.whole):
            asked.setdefault(wish, []).append(group)
    return asked


def _wishes(desk: Desk, edition: Edition, list_name: str, *, is_weekly: bool) -> Wishes:
    briefing = desk.config.briefing(edition.briefing)
    topics = desk.config.lists[list_name].topics
    earlier = earlier_editions(desk, edition) if is_weekly else ()
    offer = offered(edition, earlier, topics)
    before, repeated = letters_before(desk, edition, offer)
    return Wishes(
        edition=edition,
        weekday=edition.slot.astimezone(time_zone(briefing.time_zone)).isoweekday(),
        offer=offer,
        topics=topics,
        most=briefing.max_items,
        before=before,
        repeated=repeated,
    )


def _rendered(
    desk: Desk, wishes: Wishes, asked: Mapping[_Stories, Audience], kept: str = "variants"
) -> tuple[OwnEdition, ...]:
    """The variants with these stories, each numbered by its place and named by its largest group."""
    items = {one.ref: one.item for one in wishes.offer}
    made = [own_edition(wishes.edition, [items[ref] for ref in stories]) for stories in asked]
    briefing = wishes.edition.briefing
    last = desk.config.path(desk.config.data.path) / "rendered" / f"{briefing}-{kept}.json"
    emails = render_each_again(made, email_settings(desk, wishes.edition), last)
    return tuple(
        OwnEdition(
            number=number,
            edition=edition,
            email=email,
            stories=stories,
            title=_titled(wishes, group),
        )
        for number, (edition, email, (stories, group)) in enumerate(
            zip(made, emails, asked.items(), strict=True), start=1
        )
    )


def _titled(wishes: Wishes, group: Audience) -> str:
    """What readers chose, in words."""
    named = [wishes.topics[key].title for key in group.choice.topics if key in wishes.topics]
    told = [", ".join(named) or "all topics"]
    told += ["the week’s stories"] * group.choice.weekly
    count = len(wishes.had(group))
    told += [f"without {counted(count, 'story', 'stories')} they had"] * bool(count)
    return "; ".join(told)
