"""Each reader gets what they chose, made of the approved stories: as one of a few variants."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from tests.choosing import choosing

from briefing.actions.editions.verify import verify
from briefing.actions.open_store import beginning_alone
from briefing.actions.public.archive import viewed
from briefing.actions.rendering.own_editions import own_editions
from briefing.actions.review.approve import approve
from briefing.actions.review.preview import show
from briefing.actions.review.reader_form import reader_form
from briefing.actions.review.readiness import readiness
from briefing.actions.sending.send import begin_sending, send_edition
from briefing.errors import SendError
from briefing.model.delivery import State
from briefing.model.edition import Treatment
from briefing.model.subscriber import NOBODY, Choice, Subscriber
from briefing.store.schema.variants import variants

EDITION = "staggers-2026-11-27"


@pytest.fixture
def house(tmp_path):
    with choosing(tmp_path / "house") as found:
        yield found


def filled(house, *names):
    """A story of each topic, and readers."""
    for topic, title in (("politics", "Reed"), ("economy", "Wool"), ("arts", "Opera")):
        house.page(topic, title)
    house.add(*names)


def test_readers_get_exactly_the_topics_and_days_they_chose(house):
    filled(house, "ada", "ben", "cy", "di", "eve")
    house.choose("ben", topics=("economy", "politics"), days=(5,))
    house.choose("cy", topics=("arts",))
    house.choose("di", days=(1, 2))
    sent = house.send()
    got = {name: set(titles) for name, titles in house.titles(EDITION).items()}
    assert got == {
        "ada": {"Reed", "Wool", "Opera"},
        "ben": {"Reed", "Wool"},
        "cy": {"Opera"},
        "eve": {"Reed", "Wool", "Opera"},
    }
    assert sent.counts == {State.POSTED: 4}
    assert any(said.startswith("1 reader gets no letter of") for said in sent.skipped)


def test_who_chose_a_topic_without_a_story_gets_no_letter(house):
    filled(house, "ada", "ben")
    (house.folder / "arts" / "Opera.txt").unlink()
    house.choose("ben", topics=("arts",))
    house.send()
    assert set(house.got(EDITION)) == {"ada"}


def test_choices_that_come_to_the_same_are_one_variant(house):
    filled(house, "ada", "ben", "cy", "di")
    house.choose("ben", topics=("arts",))
    house.choose("cy", topics=("arts",), days=(4, 5))
    house.choose("di", topics=("arts", "economy", "politics"))
    own = own_editions(house.desk, house.drafted(), "readers")
    assert [(one.number, own.readers[one.number]) for one in own.variants] == [(0, 2), (1, 2)]


def test_the_subject_of_a_variant_follows_its_own_lead(house):
    filled(house, "ada", "ben")
    edition = house.drafted()
    last = edition.items[-1]
    house.choose("ben", topics=(last.article.source,))
    whole, own = own_editions(house.desk, edition, "readers").variants
    assert last.headline in own.email.subject
    assert last.headline not in whole.email.subject
    assert edition.items[0].headline not in own.email.html


def test_over_the_bound_nobody_goes_without_a_story_and_a_sentence_says_so(tmp_path):
    with choosing(tmp_path / "house", max_variants="2") as house:
        filled(house, "ada", "ben", "bea", "cy")
        for name in ("ben", "bea"):
            house.choose(name, topics=("arts",))
        house.choose("cy", topics=("economy",))
        sent = house.send()
        got = house.titles(EDITION)
    assert [set(got[name]) for name in ("ben", "bea")] == [{"Opera"}] * 2
    assert "Wool" in got["cy"]
    (said,) = [one for one in sent.skipped if "max_variants" in one]
    assert "Readers want 3 variants" in said
    assert "1 of them get the one that comes next" in said


def test_a_topic_that_is_gone_asks_for_nothing_and_is_told(house):
    filled(house, "ada", "ben", "cy")
    house.choose("ben", topics=("arts", "sport"))
    house.choose("cy", topics=("sport",))
    sent = house.send()
    got = {name: set(titles) for name, titles in house.titles(EDITION).items()}
    assert got == {"ada": got["ada"], "ben": {"Opera"}, "cy": got["ada"]}
    (said,) = [one for one in sent.skipped if "'sport'" in one]
    assert said.startswith("2 readers of readers chose the topic 'sport'")


def test_nobody_gets_the_same_story_by_two_lists(house):
    filled(house, "ada", "ben")
    house.add("ada", "cy", to="evening")
    house.send()
    house.clock.wait(hours=10)
    house.page("arts", "Ballet")
    house.send("late")
    got = house.titles("late-2026-11-27")
    assert got["ada"] == ["Ballet"]
    assert set(got["cy"]) == {"Ballet", "Reed", "Wool", "Opera"}


def test_a_weekly_letter_has_the_stories_of_the_week_and_none_twice(house):
    house.add("ada", "ben", "cy")
    house.choose("ben", days=(5,), weekly=True)
    house.clock.wait(days=-3)
    house.page("politics", "Reed")
    house.send()
    # Cy had Tuesday's letter, and chooses the weekly one after it.
    house.choose("cy", days=(5,), weekly=True)
    house.clock.wait(days=1)
    house.page("economy", "Wool")
    house.send()
    house.clock.wait(days=2)
    house.page("arts", "Opera")
    house.send()
    assert set(house.got("staggers-2026-11-24")) == {"ada", "cy"}
    got = house.titles(EDITION)
    assert got["ada"] == ["Opera"]
    assert got["ben"] == ["Opera", "Wool", "Reed"]
    assert got["cy"] == ["Opera", "Wool"]
    house.clock.wait(days=7)
    house.page("arts", "Ballet")
    house.send()
    assert house.titles("staggers-2026-12-04")["ben"] == ["Ballet"]


def approved(house, briefing="staggers", **how):
    edition = house.drafted(briefing)
    found = readiness(house.desk, edition)
    return approve(
        house.desk,
        edition.id,
        seen=found.hash,
        yes=True,
        actor="ada",
        note="",
        accepts_warnings=True,
        **how,
    )


def test_variants_are_part_of_the_approval_each_with_its_readers(tmp_path):
    with choosing(tmp_path / "house", approval="required") as house:
        filled(house, "ada", "ben", "cy")
        house.choose("ben", topics=("arts",))
        done = approved(house)
        assert done.own.readers == {0: 2, 1: 1}
        assert done.approval.variants == (done.own.variants[1].hash,)
        (kept,) = house.desk.store.approvals.of(EDITION)
        assert kept.variants == done.approval.variants
        (line, *_) = house.desk.store.audit_log.newest(5, edition=EDITION)
        assert line.verb == "approve variants"
        assert done.own.variants[1].hash in line.detail
        send_edition(house.desk, EDITION)
        assert house.titles(EDITION)["ben"] == ["Opera"]


def test_what_is_chosen_after_the_approval_gets_no_bytes_that_nobody_approved(tmp_path):
    with choosing(tmp_path / "house", approval="required") as house:
        filled(house, "ada", "ben", "cy")
        house.choose("ben", topics=("arts",))
        approved(house)
        house.choose("cy", topics=("economy",))
        sent = send_edition(house.desk, EDITION)
        got = house.titles(EDITION)
    assert got["ben"] == ["Opera"]
    assert set(got["cy"]) == {"Reed", "Wool", "Opera"}
    assert any("came up after it was approved" in said for said in sent.skipped)


def test_a_variant_that_was_not_shown_is_not_approved(tmp_path):
    with choosing(tmp_path / "house", approval="required") as house:
        filled(house, "ada", "ben")
        house.choose("ben", topics=("arts",))
        assert approved(house, seen_variants=()).approval.variants == ()


def both_lists(house):
    """Ada is on both lists; the evening's edition is approved before the morning's has left."""
    filled(house, "ada", "ben")
    house.add("ada", "cy", to="evening")
    first = house.drafted()
    house.page("arts", "Ballet")
    return first, approved(house, "late")


def test_a_list_approved_before_the_others_edition_left_repeats_no_story_to_a_reader_of_both(
    tmp_path,
):
    with choosing(tmp_path / "house", BRIEFING_BRIEFINGS__LATE__APPROVAL="required") as house:
        first, done = both_lists(house)
        assert [done.own.readers[one.number] for one in done.own.variants] == [1, 1]
        assert any("1 reader of late-2026-11-27 will have had" in one for one in done.own.facts)
        send_edition(house.desk, first.id)
        sent = send_edition(house.desk, "late-2026-11-27")
        got = house.titles("late-2026-11-27")
    assert got["ada"] == ["Ballet"]
    assert set(got["cy"]) == {"Ballet", "Reed", "Wool", "Opera"}
    assert sent.skipped == ()


def test_of_two_lists_that_begin_at_once_the_second_knows_what_the_first_holds(house):
    filled(house, "ada", "ben")
    house.add("ada", "cy", to="evening")
    first, store, now = house.drafted(), house.desk.store, house.clock.now.timestamp()
    house.page("arts", "Ballet")
    late = house.drafted("late")
    with ThreadPoolExecutor(1) as pool:
        with beginning_alone(house.desk.config):
            second = pool.submit(begin_sending, house.desk, late.id)
            # Without its turn it would be over by then.
            wait((second,), 1)
            store.mailings.freeze(first, store.drafts.email(first), "readers", now)
            printed = [(item, Treatment.PRINTED) for item in first.items]
            store.memory.remember("staggers", first.id, printed, now)
        mailing = second.result()
    letters = store.ledger(mailing.number).pending(0, 10)
    got = {one.reader.email: one.variant for one in letters}
    assert got == {"ada@example.org": 1, "cy@example.org": 0}


def test_what_did_not_leave_before_after_all_is_in_the_letter(tmp_path):
    with choosing(tmp_path / "house", BRIEFING_BRIEFINGS__LATE__APPROVAL="required") as house:
        both_lists(house)
        sent = send_edition(house.desk, "late-2026-11-27")
        got = house.titles("late-2026-11-27")
    assert set(got["ada"]) == set(got["cy"]) == {"Ballet", "Reed", "Wool", "Opera"}
    assert sent.skipped == ()


def test_an_edition_that_nobody_foresaw_moves_nobody_to_bytes_that_nobody_approved(tmp_path):
    with choosing(tmp_path / "house", BRIEFING_BRIEFINGS__LATE__APPROVAL="required") as house:
        filled(house, "ada")
        house.add("ada", to="evening")
        house.page("arts", "Ballet")
        approved(house, "late")
        (house.folder / "arts" / "Ballet.txt").unlink()
        house.send()
        sent = send_edition(house.desk, "late-2026-11-27")
        house.page("arts", "Ballet")
        got = house.titles("late-2026-11-27")
    assert set(got["ada"]) == {"Ballet", "Reed", "Wool", "Opera"}
    assert any("came up after it was approved" in said for said in sent.skipped)


def test_a_sent_variant_is_built_again_byte_for_byte_and_shown_in_the_browser(house):
    filled(house, "ada", "ben", "cy")
    house.choose("ben", topics=("arts",))
    house.send()
    (step,) = [one for one in verify(house.desk, EDITION).steps if one.name == "Variants"]
    assert step.differences == ()
    links = {}
    for name, text in house.got(EDITION).items():
        (links[name],) = [word for word in text.split() if "/view/" in word]
    pages = {name: viewed(house.desk, link.rpartition("/")[2]) for name, link in links.items()}
    assert "Opera divides" in pages["ben"]
    assert "Reed divides" not in pages["ben"]
    assert "Reed divides" in pages["ada"]


def test_a_variant_that_somebody_altered_is_not_sent_on(house):
    filled(house, "ada", "ben")
    house.choose("ben", topics=("arts",))
    house.send()
    with house.desk.store.database.write() as connection:
        connection.execute(variants.update().values(hash="0" * 64))
    with pytest.raises(SendError, match="not the one that was let through"):
        send_edition(house.desk, EDITION)
    (step,) = [one for one in verify(house.desk, EDITION).steps if one.name == "Variants"]
    assert "not the one that was let through" in step.differences[0]


def test_the_desk_shows_the_letter_of_each_variant(house):
    filled(house, "ada", "ben")
    house.choose("ben", topics=("arts",))
    edition = house.drafted()
    _, own = own_editions(house.desk, edition, "readers").variants
    shown = show(house.desk, edition, variant=own.hash[:16])
    assert "Opera divides" in shown.text
    assert "Reed divides" not in shown.text
    assert "Reed divides" in show(house.desk, edition, variant="0" * 16).text


def test_the_desk_shows_a_reader_the_form_that_this_reader_gets_before_and_after(house):
    filled(house, "ada", "ben", "cy")
    house.choose("ben", topics=("arts",))
    house.choose("cy", days=(1,))
    edition = house.drafted()

    def seen(name):
        (reader,) = house.desk.store.subscribers.find(f"{name}@example.org", "readers")
        form = reader_form(house.desk, edition, reader)
        text = "" if form.email is None else show(house.desk, edition, reader).text
        return [title for title in ("Opera", "Reed", "Wool") if f"{title} divides" in text], form

    before = {name: seen(name)[0] for name in ("ada", "ben", "cy")}
    assert before == {"ada": ["Opera", "Reed", "Wool"], "ben": ["Opera"], "cy": []}
    assert seen("ben")[1].said == "They get 1 of 3 stories: Arts."
    assert seen("cy")[1].said.startswith("No letter: they chose other days")
    typed = Subscriber(email="eve@example.org", ref=NOBODY, choice=Choice(topics=("economy",)))
    # Nobody on the list chose so yet.
    assert reader_form(house.desk, edition, typed).said == "They get 1 of 3 stories: Economy."
    assert "Wool divides" in show(house.desk, edition, typed).text
    assert "Reed divides" not in show(house.desk, edition, typed).text
    send_edition(house.desk, edition.id)
    house.choose("ben", topics=("economy",))
    assert {name: seen(name)[0] for name in ("ada", "ben", "cy")} == before
