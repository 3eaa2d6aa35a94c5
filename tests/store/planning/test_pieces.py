"""Everything read and printed is found by its words, in SQLite and in PostgreSQL alike."""

import pytest
from tests.store.conftest import DAY, NOW, housed

from briefing.model.source_record import EntryState, FoundPiece, InboxQuery, Seen
from briefing.store.planning.search_words import asked_words, search_words

AT = NOW.timestamp()


@pytest.fixture
def store(url, tmp_path):
    with housed(url, tmp_path) as house:
        yield house.store


def piece(name, headline, **more):
    more = {"page": name, "source": "gazette", "at": AT, "language": "en"} | more
    return FoundPiece(name=name, headline=headline, **more)


def found(store, written, sources=None):
    return [one.name for one in store.pieces.search(written, sources)]


def test_words_are_found_by_how_they_begin_whatever_their_case_and_accents(store):
    store.pieces.note_read([piece("a", "Élysée backs the ferry", text="Ministers agree.")], AT)
    for written in ("elysee", "FERRY minis", "Élys fer", "“ferry”"):
        assert found(store, written) == ["a"], written
    for written in ("erry", "ferry tram", "", "!?", "' OR 1=1 --"):
        assert found(store, written) == [], written


def test_scripts_without_spaces_are_found_by_any_part_of_a_word(store):
    store.pieces.note_read([piece("a", "東京都知事選が始まる"), piece("b", "大阪の港")], AT)
    assert found(store, "知事") == ["a"]
    assert found(store, "港") == ["b"]
    assert found(store, "京大") == []


def test_what_was_printed_is_found_ever_and_what_was_read_for_ninety_days(store):
    store.pieces.note_read([piece("a", "Ferry delayed")], AT)
    store.pieces.note_printed("w-1", [piece("a", "Ferry is late again", edition="w-1")])
    store.pieces.note_printed("w-1", [piece("a", "Told twice", edition="w-1")])
    assert [one.headline for one in store.pieces.search("ferry")] == [
        "Ferry is late again",
        "Ferry delayed",
    ]
    store.pieces.note_read([], AT + 91 * DAY)
    assert [one.edition for one in store.pieces.search("ferry")] == ["w-1"]
    assert store.pieces.editions() == {"w-1"}


def test_a_piece_with_other_words_is_found_by_those_and_by_the_old_ones_no_more(store):
    store.pieces.note_read([piece("a", "Ferry delayed")], AT)
    store.pieces.note_read([piece("a", "Tram delayed")], AT + 60)
    assert (found(store, "ferry"), found(store, "tram")) == ([], ["a"])
    assert store.pieces.search("tram")[0].at == AT


def test_pieces_of_sources_that_are_not_asked_for_are_not_found(store):
    store.pieces.note_read([piece("a", "Ferry"), piece("b", "Ferry", source="herald")], AT)
    assert found(store, "ferry", ("herald",)) == ["b"]


def test_an_inbox_is_newest_first_and_its_counts_sum_whatever_is_shown(store):
    rows = [
        Seen(name=f"p{n}", guid=f"g{n}", headline=f"Entry {n}", first=AT + n, last=AT + n)
        for n in range(5)
    ]
    store.entries.note("gazette", rows, {}, AT + 9)
    store.entries.tell("gazette", {"p1": (EntryState.HELD, "waits", "e", "")})
    store.pieces.note_read([piece("p3", "Third", section="Towns")], AT)
    asked_all = InboxQuery(sources=("gazette",))
    asked = InboxQuery(sources=("gazette",), states=(EntryState.HELD,))
    assert [one.entry.name for one in store.pieces.inbox(asked, 9)] == ["p1"]
    assert store.pieces.counts(asked) == {EntryState.NEW: 4, EntryState.HELD: 1}
    assert [one.entry.name for one in store.pieces.inbox(asked_all, 2, 2)] == ["p2", "p1"]
    late = InboxQuery(sources=("gazette",), since=AT + 1)
    assert [one.entry.name for one in store.pieces.inbox(late, 9)] == ["p4", "p3", "p2", "p0"]
    towns = InboxQuery(sources=("gazette",), section="Towns")
    ((shown,),) = [store.pieces.inbox(towns, 9)]
    assert [one.headline for one in shown.pieces] == ["Third"]
    assert store.pieces.kinds(towns) == (("Towns",), ("en",))
    assert store.pieces.inbox(InboxQuery(sources=()), 9) == ()


def test_words_are_spelled_one_way():
    assert search_words("  Straße, O’Neill & 10,000 café_s ") == "strasse o neill 10 000 cafe s"
    assert asked_words("bus BUS") == ("bus",)
