"""The public pages speak the newsroom's language, and are laid out in its direction."""

from types import SimpleNamespace

import pytest

from briefing.actions.public.spoken_words import spoken_words
from briefing.errors import SubscriberError
from briefing.languages import SUPPORTED


def words(language, *, typography=True):
    site = SimpleNamespace(language=language, typography=typography)
    return spoken_words(SimpleNamespace(site=site))


@pytest.mark.parametrize("language", [one for one in SUPPORTED if one != "en"])
def test_no_page_is_left_in_english(language):
    english, other = words("en").pages, words(language).pages
    same = {name for name in english if english[name] == other[name]}
    assert same <= {"feed", "name"}


def test_an_error_is_told_in_its_own_words_in_english_and_in_the_pages_words_elsewhere():
    error = SubscriberError("This link was used already.")
    assert words("en-GB").said_of(error, "fault") == "This link was used already."
    assert words("de").said_of(error, "fault").startswith("Der Link oder das Formular gilt")


def test_french_pages_have_no_break_spaces_before_their_marks_and_plain_ones_where_typography_is_off():
    assert words("fr").pages["confirm_title"] == "Voulez-vous recevoir {title}\u202f?"
    assert words("fr", typography=False).pages["confirm_title"] == "Voulez-vous recevoir {title} ?"
