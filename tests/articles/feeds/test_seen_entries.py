"""An entry is known again by its id, its address or its words, and by none of them alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.faults.feed_server import prose

from briefing.articles.feeds.seen_entries import Candidate, Limits, choose
from briefing.articles.text.fingerprint import fingerprint

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FIRST = Limits(first_run=0)


def entry(name, number=1, **more):
    values = {"guid": f"{name}-{number}", "url": f"https://{name}.example/{number}"} | more
    return Candidate(marks=fingerprint(prose(name, number)), **values)


def passed(*entries):
    """What is remembered of entries that were there before the source was followed."""
    return choose(entries, (), FIRST, NOW, first=True).seen


def taken(entries, seen, limits=FIRST, now=NOW):
    return choose(entries, seen, limits, now, first=False).taken


def test_a_new_id_does_not_make_a_new_entry():
    seen = passed(entry("a"))
    assert taken([entry("a", guid="new")], seen) == ()
    assert taken([entry("a", url="https://new.example/")], seen) == ()
    assert taken([entry("a", guid="new", url="https://new.example/")], seen) == ()


def test_an_edit_or_a_new_title_does_not_make_a_new_entry():
    seen = passed(entry("a"))
    edited = fingerprint(prose("a", 1) + " A sentence was added at noon.")
    assert taken([replace(entry("a", guid="new", url=""), marks=edited)], seen) == ()


def test_an_old_id_over_another_text_is_a_new_entry():
    seen = passed(entry("a"))
    assert taken([replace(entry("b"), guid="a-1", url="https://a.example/1")], seen) == (0,)


def test_an_undated_entry_grows_old_from_the_day_it_was_first_seen():
    limits = Limits(days=7)
    first = choose([entry("a")], (), limits, NOW, first=True)
    assert first.taken == (0,)
    later = NOW + timedelta(days=6)
    again = choose([entry("a")], first.seen, limits, later, first=False)
    assert again.taken == (0,)
    assert taken([entry("a")], again.seen, limits, NOW + timedelta(days=8)) == ()


ENTRIES = st.lists(
    st.builds(
        Candidate,
        guid=st.sampled_from(["", "1", "2", "3"]),
        url=st.sampled_from(["", "https://a.example/", "https://b.example/"]),
        marks=st.sampled_from(["", *(fingerprint(prose("x", n)) for n in range(4))]),
        moment=st.one_of(st.none(), st.datetimes(datetime(2026, 11, 1), NOW.replace(tzinfo=None)).map(  # noqa: DTZ001
            lambda naive: naive.replace(tzinfo=UTC))),
    ),
    max_size=12,
)  # fmt: skip


@given(ENTRIES, ENTRIES, st.integers(0, 5), st.integers(1, 5), st.integers(1, 30))
def test_every_entry_is_taken_or_counted_once(before, after, first_run, most, days):
    limits = Limits(first_run=first_run, most=most, days=days)
    seen = choose(before, (), limits, NOW, first=True).seen
    chosen = choose(after, seen, limits, NOW, first=False)
    assert len(chosen.taken) + sum(count for _, count in chosen.dropped) == len(after)
    assert len(chosen.taken) <= most
    assert len(set(chosen.taken)) == len(chosen.taken)
