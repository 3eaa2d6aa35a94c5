"""What an editor decided about a piece is remembered wherever the piece turns up, until withdrawn."""

from datetime import timedelta

import pytest
from tests.desks import act
from tests.newsrooms import EDITION, OPEN, story

from briefing.actions.editions.draft import draft
from briefing.actions.editions.edit import go_back, rebuild
from briefing.actions.editions.edit import story as piece_of
from briefing.errors import EditionError, StoreError
from briefing.model.article import Verdict
from briefing.model.change import Decide


def tomorrow(desk):
    """The next day's edition from the same sources."""
    return act(
        draft, desk.room.config, "staggers", clock=lambda: desk.clock() + timedelta(days=1)
    ).edition


def rename(desk, text=""):
    """The held piece turns up on another page, among other pages, perhaps with other words."""
    page = desk.folder / "seeds" / f"{OPEN.partition('#')[0]}.txt"
    words = text or page.read_text()
    page.unlink()
    (desk.folder / "seeds" / "20-elsewhere.txt").write_text(words)


def test_the_ruling_names_piece_verdict_payer_person_and_what_the_program_thought(desk):
    (held,) = desk.edition.held
    desk.decide(Verdict.SPONSORED, "Harbour Water")
    (kept,) = desk.room.store.rulings.all()
    assert (kept.fingerprint, kept.headline) == (held.article.fingerprint, held.headline)
    assert (kept.verdict, kept.sponsor, kept.note) == ("sponsored", "Harbour Water", "I asked")
    assert (kept.thought, kept.score) == ("unsure", held.article.sponsorship.score)
    assert (kept.actor, kept.at) == ("ada", desk.clock().timestamp())


@pytest.mark.parametrize(
    ("verdict", "block"),
    [
        (Verdict.EDITORIAL, "items"),
        (Verdict.ISSUED, "items"),
        (Verdict.SPONSORED, "sponsored"),
    ],
)
def test_a_later_draft_knows_it_on_another_page_and_says_who_decided(desk, verdict, block):
    desk.decide(verdict, "Harbour Water" * (verdict is not Verdict.EDITORIAL))
    rename(desk)
    edition = tomorrow(desk)
    assert edition.held == ()
    (found,) = (item for item in getattr(edition, block) if item.id == "20-elsewhere#0")
    said = " ".join(one.text for one in found.article.sponsorship.evidence)
    assert "ada decided so on 23 November 2026: I asked" in said


def test_other_news_in_the_form_of_a_ruled_piece_is_asked_about(desk):
    """Two thirds of it are the form's words; names and numbers are other ones."""
    page = desk.folder / "seeds" / "08-harbour.txt"
    own = (
        "Tickets for the {} fair cost £{} at the {} gate, and {} stalls were let to growers of {}."
    )
    text = page.read_text()
    page.write_text(f"{text}\n{own.format('Hale', 12, 'Quay', 48, 'Penhallow')}\n")
    rebuild(desk.room, EDITION, actor="ada")
    desk.decide()
    page.write_text(f"{text}\n{own.format('Looe', 17, 'Mill', 93, 'Trevose')}\n")
    assert OPEN in [item.id for item in tomorrow(desk).held]


def test_a_few_other_words_are_still_the_same_piece_and_another_piece_is_not(desk):
    desk.decide()
    page = desk.folder / "seeds" / "08-harbour.txt"
    page.write_text(page.read_text().replace("would cost more.", "would cost less.", 1))
    (desk.folder / "seeds" / "30-pier.txt").write_text(
        story("Fishing Pier", label="Sponsored content")
    )
    edition = tomorrow(desk)
    assert [item.id for item in edition.held] == ["30-pier#0"]


def test_a_newer_ruling_rules_over_an_older_one(desk):
    desk.decide(Verdict.SPONSORED, "Harbour Water")
    desk.clock.wait(minutes=1)
    desk.decide(Verdict.EDITORIAL)
    assert OPEN in [item.id for item in tomorrow(desk).items]
    assert [one.verdict for one in desk.room.store.rulings.all()] == ["editorial", "sponsored"]


def test_a_withdrawn_ruling_rules_no_more_and_stays_in_the_list(desk):
    desk.decide()
    (ruling,) = desk.room.store.rulings.all()
    desk.room.store.rulings.withdraw(ruling.id, 5.0)
    assert [item.id for item in tomorrow(desk).held] == [OPEN]
    assert desk.room.store.rulings.withdraw(ruling.id, 9.0)
    (kept,) = desk.room.store.rulings.all()
    assert kept.withdrawn == 5.0
    with pytest.raises(StoreError, match="no ruling 77"):
        desk.room.store.rulings.withdraw(77, 9.0)


def test_withdrawing_the_newer_brings_the_older_back(desk):
    desk.decide(Verdict.SPONSORED, "Harbour Water")
    desk.decide(Verdict.EDITORIAL)
    desk.room.store.rulings.withdraw(desk.room.store.rulings.all()[0].id, 5.0)
    assert OPEN in [item.id for item in tomorrow(desk).sponsored]


def test_a_decision_that_is_none_is_not_remembered(desk):
    with pytest.raises(EditionError, match="name who paid"):
        desk.change(Decide(item=OPEN, verdict=Verdict.SPONSORED))
    assert desk.room.store.rulings.all() == ()


def test_going_back_before_a_decision_holds_the_piece_again_in_this_edition(desk):
    desk.decide()
    go_back(desk.room, EDITION, 1, seen=2, actor="ada")
    assert piece_of(desk.edition, OPEN).article.verdict is Verdict.UNSURE
    assert [item.id for item in desk.edition.held] == [OPEN]
