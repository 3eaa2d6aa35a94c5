"""What readers chose is written out with a list and comes back with it, or the import says why not."""

import pytest
from tests.choosing import choosing
from tests.subscribers.in_rows import read_rows

from briefing.actions.readers.import_list import ReadOptions, import_list
from briefing.actions.readers.lists import export_list
from briefing.errors import SubscriberError
from briefing.model.subscriber import Choice, Standing
from briefing.subscribers.list_rows import CarriedRow

OWN = "email,name,tags,standing,list,topics,days,weekly,paused_until\n"


@pytest.fixture
def house(tmp_path):
    with choosing(tmp_path / "house") as found:
        yield found


@pytest.fixture
def file(tmp_path):
    def write(text):
        (tmp_path / "list.csv").write_text(text, "utf-8", newline="")
        return tmp_path / "list.csv"

    return write


def kept(house, on):
    readers = house.desk.store.subscribers.each(on)
    return {one.email: (one.standing, one.choice, one.resumes) for one in readers}


def take(house, path, to="evening", **how):
    return import_list(house.desk, to, path, actor="ops", **how)


def test_choices_and_pauses_go_out_and_come_back_as_they_were(house, file):
    house.add("ada", "ben", "cy", "di", "eve")
    house.choose("ben", topics=("arts", "politics"), days=(1, 5))
    house.choose("cy", topics=("economy",), days=(5,), weekly=True)
    house.choose("di", topics=("arts",))
    now = house.clock.now.timestamp()
    for name, until in (("di", now + 86_400.25), ("eve", None)):
        (reader,) = house.desk.store.subscribers.find(f"{name}@example.org", "readers")
        house.desk.store.choices.pause(reader.id, until, cause="asked", actor="reader", now=now)
    written = "".join(export_list(house.desk, "readers", None))
    assert "cy@example.org,,,active,readers,economy,fri,yes,\r\n" in written
    done = take(house, file(written))
    assert (done.added, done.waiting, done.bad) == (3, 2, 0)
    assert kept(house, "evening") == kept(house, "readers")


def test_a_readers_own_word_is_newer_than_a_file(house, file):
    house.add("ada", to="evening")
    house.choose("ada", on="evening", topics=("arts",))
    take(house, file(f"{OWN}ada@example.org,,,active,readers,economy,,,\n"))
    assert kept(house, "evening")["ada@example.org"][1] == Choice(topics=("arts",))


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("opera,,,", "the topic 'opera', which the list does not have; there are: politics"),
        (",someday,,", "'someday' is not a day"),
        (",fri,maybe,", "'maybe' does not say whether letters come weekly"),
        (",,yes,", "a weekly letter comes on one day"),
        (",,,03/04/2027", "'03/04/2027' is not a time until which letters pause"),
    ],
)
@pytest.mark.parametrize("standing", [None, Standing.ACTIVE])
def test_a_choice_that_is_not_known_stops_the_import_before_anything_is_written(
    house, file, cells, said, standing
):
    path = file(f"{OWN}ada@example.org,,,active,r,,,,\nben@example.org,,,paused,r,{cells}\n")
    with pytest.raises(SubscriberError, match=r"ben@example\.org") as caught:
        take(house, path, reading=ReadOptions(standing=standing))
    assert said in str(caught.value)
    assert kept(house, "evening") == {}


def test_the_column_may_be_passed_over_by_a_word_and_then_everything_comes(house, file):
    path = file(f"{OWN}ben@example.org,,,active,r,opera,fri,,\n")
    take(house, path, reading=ReadOptions(ignore=("topics",)))
    assert kept(house, "evening")["ben@example.org"][1] == Choice(days=(5,))


def test_who_is_active_and_paused_at_once_is_a_bad_row(house, file):
    path = file(f"{OWN}ada@example.org,,,active,r,,,,2027-01-01T06:00Z\n")
    assert take(house, path).bad == 1
    assert kept(house, "evening") == {}


def test_a_column_of_another_program_is_a_choice_only_where_somebody_says_so(file):
    path = file("email,topics\nada@example.org,arts\nben@example.org,sport\ncy@example.org,\n")
    assert [type(row) for row in read_rows(path, ReadOptions(ignore=("topics",)))] == [tuple] * 3
    named = list(read_rows(path, ReadOptions(columns={"topics": "topics"})))
    choices = [row.choice.topics for row in named if isinstance(row, CarriedRow)]
    assert choices == [("arts",), ("sport",)]


def test_a_column_of_ours_in_another_file_is_not_guessed_and_the_sentence_says_how_it_is_read(
    house, file
):
    path = file("email,topics,Days\nada@example.org,arts,\nben@example.org,arts,fri\n")
    with pytest.raises(SubscriberError, match="--column topics=topics reads what readers chose"):
        take(house, path)
    with pytest.raises(SubscriberError, match="--column days=Days reads what readers chose"):
        take(house, path, reading=ReadOptions(columns={"topics": "topics"}))
    assert kept(house, "evening") == {}
