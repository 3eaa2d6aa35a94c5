"""Kill the sender at any moment, with a bad relay: nobody is lost and no doubt is hidden."""

import pytest
from tests.faults.chaos import CONNECTIONS, run

READERS, KILLS = 600, 8


@pytest.fixture(scope="module", params=["resend", "hold"])
def figures(request, tmp_path_factory):
    return run(tmp_path_factory.mktemp(request.param), READERS, KILLS, request.param)


def test_nobody_is_lost(figures):
    assert figures.lost == 0


def test_the_states_add_up_to_the_selected_readers_after_every_kill(figures):
    assert figures.sums_wrong == 0
    assert figures.posted + figures.bounced + figures.in_doubt == READERS


def test_extra_copies_are_only_on_rows_marked_in_doubt_and_no_more_than_could_be(figures):
    assert figures.extra_unmarked == 0
    assert figures.extra <= KILLS * CONNECTIONS + figures.replies_lost


def test_on_hold_nobody_gets_two_and_the_doubtful_wait(figures):
    if figures.on_doubt == "hold":
        assert figures.extra == 0
        assert 0 < figures.in_doubt <= figures.most_extra


def test_a_reader_refused_for_good_gets_no_letter(figures):
    assert figures.bounced > 0
    assert figures.bounced_with_letter == 0


def test_the_relay_never_saw_a_breach_of_the_protocol(figures):
    assert figures.violations == 0
