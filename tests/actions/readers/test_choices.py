"""What a reader wants is kept as simply as it can be said, and ops may say it for them."""

import pytest
from tests.choosing import choosing

from briefing.actions.readers.choices import choose_for, letter_days, tidy_choice
from briefing.errors import SubscriberError
from briefing.model.subscriber import EVERYTHING, Choice


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    with choosing(tmp_path_factory.mktemp("choosing") / "house", at="06:30", days="mon-fri") as it:
        it.add("ada")
        yield it


@pytest.mark.parametrize(
    ("topics", "days", "weekly", "kept"),
    [
        ((), (), False, EVERYTHING),
        (("arts", "economy", "politics"), (1, 2, 3, 4, 5), False, EVERYTHING),
        (("arts", "gone"), (5, 1), False, Choice(topics=("arts",), days=(1, 5))),
        ((), (), True, Choice(days=(5,), weekly=True)),
        (("arts",), (2, 3), True, Choice(topics=("arts",), days=(3,), weekly=True)),
    ],
)
def test_what_means_everything_is_kept_as_everything(house, topics, days, weekly, kept):
    found = tidy_choice(house.desk, "readers", topics=topics, days=days, weekly=weekly)
    assert found == kept


def test_the_days_of_a_list_are_those_of_its_schedules_or_all_where_it_is_sent_by_hand(house):
    assert letter_days(house.desk, "readers") == (1, 2, 3, 4, 5)
    assert letter_days(house.desk, "evening") == (1, 2, 3, 4, 5, 6, 7)


def test_ops_choose_for_a_reader(house):
    choose_for(
        house.desk, "ADA@example.org", "readers", topics=("arts",), days="Fri, mon", weekly=False
    )
    (reader,) = house.desk.store.subscribers.find("ada@example.org", "readers")
    assert reader.choice == Choice(topics=("arts",), days=(1, 5))


@pytest.mark.parametrize(
    ("address", "topics", "days", "said"),
    [
        ("ada@example.org", ("sport",), "", "no topic 'sport'; there are: politics, economy, arts"),
        ("ada@example.org", (), "fri,someday", "'someday' is not a day"),
        ("bob@example.org", (), "", "is not on the list 'readers'"),
    ],
)
def test_what_cannot_be_chosen_is_said_and_changes_nothing(house, address, topics, days, said):
    with pytest.raises(SubscriberError, match=said):
        choose_for(house.desk, address, "readers", topics=topics, days=days, weekly=False)
