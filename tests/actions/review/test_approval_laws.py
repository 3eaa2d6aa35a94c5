"""Whatever editors do in whatever order, only bytes that enough people approved ever leave.

`make test` takes a few hundred steps; 5,000 are
`.venv/bin/pytest tests/actions/review/test_approval_laws.py --hypothesis-profile=long`.
"""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from email import message_from_bytes, policy
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.desks import act, approve_rendered
from tests.newsrooms import EDITION, LEAD, OPEN, PAID, REPORT, opened, same_but_for_slots
from tests.workers.copies import copied

from briefing.actions.editions.edit import go_back, rebuild
from briefing.actions.rendering.render import render_edition
from briefing.actions.review.approve import approve
from briefing.actions.review.readiness import readiness
from briefing.actions.sending.send import send_edition
from briefing.errors import BriefingError, EditionHeld, StoreError
from briefing.model.article import Verdict
from briefing.model.change import (
    Decide,
    Drop,
    MakeLead,
    Restore,
    Rewrite,
    SetNote,
    SetSubject,
)

NEEDED = 2
PEOPLE = st.sampled_from(["ada", "ben", "cy"])
CHANGES = st.sampled_from(
    [
        MakeLead(item=REPORT),
        MakeLead(item=LEAD),
        Drop(item=PAID),
        Restore(item=PAID),
        Drop(item=OPEN),
        Rewrite(item=LEAD, headline="Another headline"),
        SetNote(item=REPORT, note="More tomorrow."),
        SetNote(item=REPORT, note=""),
        SetSubject(subject="Ours"),
        SetSubject(subject=""),
        Decide(item=OPEN, verdict=Verdict.EDITORIAL),
        Decide(item=OPEN, verdict=Verdict.SPONSORED, sponsor="Harbour Water"),
    ]
)


def hashed(email):
    """What an approval binds to, said once more."""
    return sha256(f"{email.subject}\0{email.html}\0{email.text}".encode()).hexdigest()


class Approving(RuleBasedStateMachine):
    template: Path

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp()) / "house"
        copied(self.template, self.folder)
        self.stack = ExitStack()
        #: What was said, in order: who, of which bytes, yes or no.
        self.said = []
        #: The parts that somebody looked at, by their hash, and the hash each person saw last.
        self.looked, self.seen = {}, {}
        self.sent = None

    def teardown(self):
        self.stack.close()
        shutil.rmtree(self.folder.parent)

    @initialize(
        asks=st.sampled_from(['"required"', '"required"', '"automatic"']), decided=st.booleans()
    )
    def open(self, asks, decided):
        self.automatic = asks == '"automatic"'
        self.desk = self.stack.enter_context(
            opened(
                self.folder,
                BRIEFING_BRIEFINGS__STAGGERS__APPROVAL=asks,
                BRIEFING_BRIEFINGS__STAGGERS__APPROVERS=str(NEEDED),
            )
        )
        if decided:
            self.desk.decide()

    @property
    def room(self):
        return self.desk.room

    @property
    def outbox(self):
        return sorted((self.folder / "var" / "outbox" / EDITION).glob("*.eml"))

    def may_leave(self, content):
        """The rule, said once more."""
        if self.automatic:
            words = [yes for _, of, yes in self.said if of == content]
            return not words or words[-1]
        since = len(self.said)
        while since and self.said[since - 1][2]:
            since -= 1
        return len({who for who, of, _ in self.said[since:] if of == content}) >= NEEDED

    @rule(change=CHANGES, actor=PEOPLE)
    def edit(self, change, actor):
        before = self.desk.edition
        try:
            self.desk.change(change, actor=actor)
        except BriefingError:
            assert self.desk.edition == before
            return
        assert self.sent is None or self.desk.edition == before

    @rule(actor=PEOPLE)
    def look(self, actor):
        email = self.desk.rendered()
        found = readiness(self.room, self.desk.edition)
        assert found.hash == hashed(email)
        self.looked[found.hash] = email
        self.seen[actor] = found.hash

    @rule(actor=PEOPLE, yes=st.sampled_from([True, True, True, False]))
    def says_about_what_they_saw(self, actor, yes):
        content = self.seen.get(actor, "")
        stands = readiness(self.room, self.desk.edition).hash
        try:
            approve(
                self.room,
                EDITION,
                seen=content,
                yes=yes,
                actor=actor,
                note="so",
                accepts_warnings=True,
            )
        except BriefingError:
            return
        assert content == stands
        assert not (yes and self.desk.edition.held)
        assert self.sent is None
        self.said.append((actor, content, yes))

    @rule()
    def two_look_and_approve(self):
        for actor in ("ada", "ben"):
            self.look(actor)
            self.says_about_what_they_saw(actor, yes=True)

    @rule(actor=PEOPLE, yes=st.booleans())
    def says_at_the_terminal(self, actor, yes):
        if self.sent is not None:
            return
        try:
            done = approve_rendered(
                self.room.config,
                EDITION,
                yes=yes,
                actor=actor,
                note="so",
                clock=self.desk.clock,
            )
        except BriefingError:
            return
        email = self.room.store.drafts.email(self.desk.edition)
        assert done.approval.hash == hashed(email)
        self.looked[done.approval.hash] = email
        self.said.append((actor, done.approval.hash, yes))

    @rule()
    def render(self):
        try:
            act(render_edition, self.room.config, EDITION)
        except BriefingError:
            assert not self.desk.edition.items

    @rule(back=st.integers(1, 6), actor=PEOPLE)
    def undo(self, back, actor):
        stands = self.desk.sheet.version
        try:
            go_back(self.room, EDITION, max(1, stands - back), seen=stands, actor=actor)
        except BriefingError:
            assert self.desk.sheet.version == stands

    @rule(actor=PEOPLE, words=st.sampled_from(["Treasury", "Exchequer"]))
    def rebuild_from_other_words(self, actor, words):
        page = self.folder / "seeds" / "02-water-levy.txt"
        page.write_text(page.read_text().replace("Treasury", words).replace("Exchequer", words))
        before = self.desk.edition
        try:
            rebuild(self.room, EDITION, actor=actor)
        except BriefingError:
            assert self.desk.edition == before

    @rule(name=st.sampled_from(["Harbour Review", "The Staggers Weekly"]))
    def the_house_is_renamed(self, name):
        site = self.room.config.site.model_copy(update={"name": name})
        config = self.room.config.model_copy(update={"site": site})
        self.desk.room = replace(self.room, config=config)

    @rule(renders=st.booleans())
    def send(self, renders):
        if renders:
            self.render()
        held = self.desk.edition.held
        try:
            email = self.room.store.drafts.email(self.desk.edition)
        except StoreError:
            email = None
        try:
            done = act(send_edition, self.room.config, EDITION, clock=self.desk.clock)
        except (EditionHeld, StoreError):
            assert self.sent is None
            assert self.outbox == []
            # What enough people approved does leave.
            assert email is None or held or not self.may_leave(hashed(email))
            return
        if self.sent is not None:
            assert done.now == 0
            return
        assert not held
        frozen = self.room.store.mailings.get(EDITION)
        assert frozen.email == email
        assert frozen.hash == hashed(frozen.email)
        assert self.may_leave(frozen.hash), "these bytes were not approved by enough people"
        if not self.automatic:
            assert self.looked[frozen.hash].html == frozen.email.html
        assert done.now == len(self.outbox) == 3
        self.sent = {path.name: path.read_bytes() for path in self.outbox}
        event("it was sent")

    @invariant()
    def what_left_is_what_was_frozen_and_never_changes(self):
        if self.sent is None:
            return
        email = self.room.store.mailings.get(EDITION).email
        assert {path.name: path.read_bytes() for path in self.outbox} == self.sent
        for letter in self.sent.values():
            message = message_from_bytes(letter, policy=policy.default)
            assert message["Subject"] == email.subject
            for kind, part in (("html", email.html), ("plain", email.text)):
                shown = message.get_body((kind,)).get_content()
                assert same_but_for_slots(shown, email, part)


@pytest.fixture(scope="module", autouse=True)
def template(drafted_house):
    """The house that every run starts from."""
    Approving.template = drafted_house


#: 10 runs of 20 steps; with the profile `long` 250.
Approving.TestCase.settings = settings(
    max_examples=settings.default.max_examples // 8, stateful_step_count=20, deadline=None
)
TestApproving = Approving.TestCase
