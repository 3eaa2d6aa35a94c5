"""A digest of any language, by any engine: sentences of its own, and never the end of a run."""

from pathlib import Path

import pytest

from briefing.digests.anaphora import pointing
from briefing.digests.engines import ENGINES
from briefing.digests.make import digest_text
from briefing.digests.settings import DigestSettings
from briefing.languages import SUPPORTED
from briefing.languages.splitting import split_sentences

GOLD = Path(__file__).parents[1] / "languages" / "gold"


def text_of(language):
    lines = (GOLD / f"{language}.txt").read_text("utf-8").splitlines()[1:7]
    return "\n".join(line.replace(" | ", " ").replace("||", "") for line in lines)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", SUPPORTED)
def test_every_engine_digests_every_supported_language(language, engine):
    text = text_of(language)
    sentences, _ = digest_text(text, text[:20], DigestSettings(engine=engine), language)
    assert sentences
    assert {sentence.text for sentence in sentences} <= set(split_sentences(text, language))


@pytest.mark.parametrize("engine", ENGINES)
def test_another_engine_changes_the_rating_and_nothing_around_it(engine):
    text = "What broke?\nThe quay broke in March.\nWho knew?\nThe office knew it.\nWill you go?\nNo, I shall stay."
    first, first_flags = digest_text(text, "Three questions", DigestSettings())
    other, flags = digest_text(text, "Three questions", DigestSettings(engine=engine))
    assert (other, flags) == (first, first_flags)
    claim = (
        "The mayor took money from the firm, a councillor said on Monday in the town hall of Norburg. "
        "The mayor denied it and said that he had never met anybody from the firm in his life. "
    )
    report = (
        claim + "Rain fell on the square while the council met, and the market closed early. " * 9
    )
    sentences, _ = digest_text(report, "Mayor took money", DigestSettings(engine=engine))
    printed = [one.text for one in sentences]
    assert any("denied it" in one for one in printed) or not any(
        "took money" in one for one in printed
    )
    assert sum(len(one.split()) for one in printed) <= 1.5 * DigestSettings().words[1]


@pytest.mark.parametrize("language", ["en", "de", "hi", "ja", "cy"])
@pytest.mark.parametrize("title", ["", "Ferries", "A, but B"])
@pytest.mark.parametrize("text", ["", "\n", "Only …", "The ferry left.\nOnly …", "“”", "…\n( )"])
def test_a_text_of_no_words_or_of_one_ends_no_run(language, title, text):
    sentences, _ = digest_text(text, title, DigestSettings(), language)
    assert {sentence.text for sentence in sentences} <= set(split_sentences(text, language))


@pytest.mark.parametrize("language", ["el", "he", "ja", "ko", "uk", "sv", "und", "xx-Latn", ""])
def test_a_language_nobody_has_written_tables_for_is_digested_without_stems(language):
    """sumy 0.13.0 lists Greek and raises ValueError for want of another package at its first word."""
    sentences, _ = digest_text(text_of("nl"), "", DigestSettings(), language)
    assert sentences


@pytest.mark.parametrize(
    ("language", "leans", "stands"),
    [
        ("ar", "وجاء فيه أن الجدار سليم.", "وجاء في التقرير أن الجدار سليم."),
        ("ar", "فيها ثلاث غرف واسعة.", "الدار ثلاث غرف واسعة."),
        ("cy", "Dywedodd hi fod y wal yn gadarn.", "Dywedodd y maer fod y wal yn gadarn."),
    ],
)
def test_a_pronoun_behind_a_verb_that_stands_first_points_back(language, leans, stands):
    points = pointing(language)
    assert points(leans)
    assert not points(stands)
