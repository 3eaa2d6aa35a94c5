"""An edition is whole in its newsroom's language: labels, dates, small print, both parts."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest

from briefing.emails.checks import House, Proof, check
from briefing.emails.render import render
from briefing.languages import SUPPORTED
from briefing.languages.furniture import furniture
from briefing.languages.typography import letters_of
from briefing.model.edition import FollowUp
from briefing.model.mail import Address

HOUSE = House(
    sender=Address(email="desk@example.com"),
    public_url="https://briefing.example.com",
    postal_address="1 Example Street",
)
#: Words of the English letter that no other language's may hold.
ENGLISH = (
    "Read on",
    "Unsubscribe",
    "Sponsored",
    "Also today",
    "word for word",
    "because",
    "Source:",
)


@pytest.fixture
def plainly(edition, settings):
    def _render(language):
        return render(edition, replace(settings, language=language, sponsor_label=""))

    return _render


@pytest.mark.parametrize("language", [one for one in SUPPORTED if one != "en"])
def test_no_english_is_left_in_a_letter_of_another_language(language, plainly):
    mail = plainly(language)
    assert [words for words in ENGLISH if words in mail.html or words in mail.text] == []


@pytest.mark.parametrize("language", SUPPORTED)
def test_paid_copy_is_labelled_in_words_that_the_language_takes_for_clear(
    language, plainly, edition
):
    found = {one.rule for one in check(Proof(plainly(language), edition, HOUSE))}
    assert {"sponsor-label", "sponsor-words", "lang-dir"} & found == set()


@pytest.mark.parametrize("language", SUPPORTED)
def test_both_parts_name_the_day_and_the_reading_time(language, plainly, edition):
    mail = plainly(language)
    words = furniture(language)
    day = letters_of(words.day(edition.slot, with_weekday=True))
    assert day in letters_of(mail.html)
    assert day in letters_of(mail.text)


@pytest.mark.parametrize(
    ("language", "direction", "date", "label", "words"),
    [
        ("de-AT", "ltr", "Montag, 23. November 2026", "Anzeige · Bezahlter Beitrag", "Wörter"),
        ("fr", "ltr", "lundi 23 novembre 2026", "Publicité · Communiqué", "mots"),
        ("pl", "ltr", "poniedziałek, 23 listopada 2026", "Reklama · Materiał płatny", "minut"),
        ("ar", "rtl", "الاثنين، 23 نوفمبر 2026", "إعلان · مادة إعلانية مدفوعة", "كلمة"),
        ("ja", "ltr", "2026年11月23日月曜日", "広告 · 企画・制作費提供記事", "語"),
        ("en-GB", "ltr", "Monday 23 November 2026", "Sponsored · Advertisement feature", "words"),
    ],
)
def test_the_letter_speaks_as_its_country_writes(language, direction, date, label, words, plainly):
    mail = plainly(language)
    assert f'lang="{language}" dir="{direction}"' in mail.html
    for part in (mail.html, mail.text):
        assert date in part
        assert label in part
        assert words in part


@pytest.mark.parametrize("language", SUPPORTED)
def test_behind_a_wide_colon_stands_no_space_and_behind_another_one_does(
    language, edition, settings
):
    first, *others = edition.items
    explained = replace(
        edition,
        items=(replace(first, matters="Two seats hang on it."), *others),
        corrections=("The vote was on Monday.",),
    )
    email = render(explained, replace(settings, language=language, sponsor_label=""))
    text, page = (" ".join(part.split()) for part in (email.text, unescape(email.html)))
    words = furniture(language).letter
    for label, said in (("matters", "Two seats"), ("correction", "The vote")):
        shown, gap = " ".join(words[label].split()), "" if words[label].endswith("：") else " "
        assert f"{shown}{gap}{said}" in text
        assert f"{shown}</strong>{gap}{said}" in page


def test_typography_can_be_left_out_and_changes_no_letter(edition, settings):
    first, *rest = edition.items
    told = replace(edition, items=(replace(first, headline='"We lost" -- Hale'), *rest))
    as_set, as_written = render(told, settings), render(told, replace(settings, typography=False))
    assert "“We lost” – Hale" in as_set.text
    assert '"We lost" -- Hale' in as_written.text
    assert "“We lost” – Hale" in as_set.html


@pytest.mark.parametrize("days", [2, 9])
@pytest.mark.parametrize("language", SUPPORTED)
def test_what_is_new_since_a_day_is_labelled_in_both_parts(language, days, edition, settings):
    lead, *others = edition.items
    day = edition.slot.date() - timedelta(days=days)
    before = FollowUp(
        edition="old", day=day, headline="Old", news=lead.digest.sentences[0], printed=True
    )
    told = replace(edition, items=(replace(lead, follow_up=before), *others))
    mail = render(told, replace(settings, language=language))
    label = letters_of(furniture(language).since(day, edition.slot.date()))
    assert label in letters_of(mail.html)
    assert label in letters_of(mail.text)
    figure = str(day.day)
    assert (figure in label) == (days > 7)
