"""Each form's digest, on six articles of our own writing a form."""

import tomllib
from pathlib import Path

import pytest

from briefing.digests.candidates import candidates
from briefing.digests.form_words import form_words
from briefing.digests.forms import FORMS
from briefing.digests.make import digest_text
from briefing.digests.settings import DigestSettings
from briefing.languages import SUPPORTED
from briefing.model.digest import paragraph_of

ARTICLES = [
    article
    for name in ("articles.toml", "ordinary.toml")
    for article in tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["article"]
]
OTHERS = [
    article
    for name in ("other_languages.toml", "further_languages.toml")
    for article in tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["article"]
]
SETTINGS = DigestSettings()


def test_every_form_has_three_articles():
    for form in FORMS:
        assert sum(article["form"] == form for article in ARTICLES) >= 3, form


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["text"][:40])
def test_a_form_is_known_and_digested_in_its_own_way(article):
    found = candidates(article["text"], "en", title=article["title"])
    assert found.layout.form == article["form"]
    sentences, _ = digest_text(article["text"], article["title"], SETTINGS)
    digest = paragraph_of(sentences)
    assert digest.startswith(article["begins"])
    assert [wanted for wanted in article["holds"] if wanted not in digest] == []
    assert [unwanted for unwanted in article["never"] if unwanted in digest] == []
    assert len(digest.split()) <= 1.5 * SETTINGS.words[1]
    for sentence in sentences:
        assert article["text"][sentence.start : sentence.end] == sentence.text


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["text"][:40])
def test_without_its_headline_a_form_that_structure_tells_is_still_known(article):
    if (
        article["form"] in ("interview", "poll table", "letters")
        and "letter" not in article["title"]
    ):
        found = candidates(article["text"], "en").layout.form
        assert found in (article["form"], "news")


def test_a_live_blog_without_a_summary_is_told_oldest_first():
    storm = next(article for article in ARTICLES if "Storm" in article["title"])
    sentences, flags = digest_text(storm["text"], storm["title"], SETTINGS)
    starts = [sentence.start for sentence in sentences]
    assert starts == sorted(starts, reverse=True)
    assert "live blog: oldest first" in flags


def test_a_list_inside_a_story_is_not_an_agenda():
    text = (
        "The bill runs to forty clauses, and ministers named these as the main ones on Tuesday night.\n"
        "• Free lunches for all pupils\n• A fund for kitchens\n• Milk, once again\n"
        "The vote is in May. The opposition wants to see the sums before it says how it will vote."
    )
    assert candidates(text, "en", title="Seven things in the bill").layout.form == "news"


def test_lines_stay_apart_in_the_paragraph():
    text = "09:30 Fisheries, room 4\n10:15 Public accounts, room 1\n11:00 Health, room 2"
    sentences, _ = digest_text(text, "Today's programme", SETTINGS)
    assert " · " in paragraph_of(sentences)


def test_a_report_that_goes_by_the_clock_is_not_an_agenda():
    text = (
        "At 9.15am the alarm went off in the mill, and nobody heard it over the looms.\n"
        "At 9.40am the first engine came from Leith. It found the yard full of smoke.\n"
        "By 11am the roof had gone: two walls stood, and the river was black.\n"
        "The owner said at noon that the mill would be built again before the spring."
    )
    assert candidates(text, "en", title="How the mill burned").layout.form == "news"


@pytest.mark.parametrize("article", OTHERS, ids=lambda article: article["text"][:40])
def test_a_form_is_known_in_other_languages_and_digested_in_its_own_way(article):
    found = candidates(article["text"], article["language"], title=article["title"])
    assert found.layout.form == article["form"]
    sentences, _ = digest_text(article["text"], article["title"], SETTINGS, article["language"])
    digest = paragraph_of(sentences)
    assert [wanted for wanted in article["holds"] if wanted not in digest] == []
    assert [unwanted for unwanted in article["never"] if unwanted in digest] == []
    for sentence in sentences:
        assert article["text"][sentence.start : sentence.end] == sentence.text


def test_a_sign_for_the_hour_is_cut_off_with_its_time_and_not_from_a_word_that_begins_so():
    clock = form_words("ko").clock
    assert clock.match("16시 40분 시장은")[0] == "16시 40분 "
    assert clock.match("12:05 시장은")[0] == "12:05 "
    assert clock.match("09:50 저녁에")[0] == "09:50 "
    assert clock.match("16시에 열린다") is None
    assert form_words("ja").clock.match("8時に開く") is None
    assert form_words("ar").clock.match("12:05 مجلس")[0] == "12:05 "


def test_a_greeting_is_one_sentence_with_a_next_line_that_begins_with_a_small_letter():
    text = (
        "Liebe Mitbürger,\nvor einem Jahr habe ich Ihnen eine Brücke versprochen. Die Brücke steht nicht. "
        "Deshalb trete ich heute von meinem Amt als Bürgermeister dieser Stadt zurück.\n"
        "Ich danke Ihnen für elf gute Jahre."
    )
    sentences, _ = digest_text(text, "Rede des Bürgermeisters zum Neujahr", SETTINGS, "de")
    assert paragraph_of(sentences).startswith("Liebe Mitbürger, vor einem Jahr habe ich")
    assert all(text[one.start : one.end] == one.text for one in sentences)


def test_every_language_but_english_has_the_same_lists_for_forms():
    lists = {code: form_words(code).lists.keys() for code in SUPPORTED if code != "en"}
    every = lists["de"]
    # Where no space parts words, none opens an answer that says only where or when.
    missing = {"where_and_when"}
    assert {code: every - own for code, own in lists.items() if own != every} == {
        "ja": missing,
        "zh": missing,
    }
    assert form_words("en") is None
    assert form_words("sv") is None


def test_the_italian_article_is_not_the_english_i():
    text = (
        "I ministri hanno approvato la legge con sette voti contro tre dopo una notte di discussioni.\n"
        "La legge entra in vigore a luglio e riguarda tutte le imprese con più di dieci dipendenti.\n"
        "I sindacati hanno annunciato uno sciopero di otto ore per venerdì in tutte le città del nord.\n"
        "Il governo non ha ancora detto quanto costerà, e la commissione aspetta i conti da un mese."
    )
    found = candidates(text, "it", title="Approvata la legge")
    assert found.against == ("", "", "", "")


@pytest.mark.parametrize(
    ("language", "title", "text", "digest"),
    [
        (
            "en",
            "Q&A",
            "Q: What went wrong?\nA: We lost the maps.\nQ: Who knew?\nA: The office did.\nQ: Will you go?\nA: No.",
            "What went wrong? We lost the maps. Who knew? The office did. Will you go? No.",
        ),
        (
            "de",
            "Drei Fragen",
            "Was ging schief?\nWir verloren die Karten.\nWer wusste es?\nDas Hafenamt.\nTreten Sie zurück?\nNein.",
            "Was ging schief? Wir verloren die Karten. Wer wusste es? Das Hafenamt. Treten Sie zurück? Nein.",
        ),
        (
            "en",
            "Letter",
            "Sir, the ferry was late.\nAnn Hale, Norburg",
            "Sir, the ferry was late. – Ann Hale, Norburg",
        ),
        ("ja", "誰が払うのか", "誰が橋の費用を払うのか。", "誰が橋の費用を払うのか。"),
    ],
    ids=["questions", "questions without labels", "a letter", "a question"],
)
def test_what_is_shorter_than_a_digest_is_printed_whole(language, title, text, digest):
    sentences, flags = digest_text(text, title, SETTINGS, language)
    assert paragraph_of(sentences) == digest
    assert flags


@pytest.mark.parametrize(
    ("sentence", "is_left"),
    [
        ("In 1981 the critic Ida Moss wrote that he had stolen two of the tunes.", True),
        ("He was pursued by the accusation that he had robbed a bank.", True),
        ("The critic Ida Moss denied that he had stolen a tune.", False),
        ("He was called to the bar in the year his horse was stolen.", False),
    ],
)
def test_what_somebody_says_against_the_dead_is_left_to_the_page(sentence, is_left):
    text = f"Abel Trant, who has died aged 88, wrote songs.\n{sentence}\nHe kept bees. He lived in Wick."
    found = candidates(text, "en", title="Abel Trant, songwriter")
    assert found.layout.form == "obituary"
    assert (1 in found.layout.against) is is_left
