"""A digest of any language, by any engine: sentences of its own, and never the end of a run."""

from pathlib import Path

import pytest

from briefing.digests.engines import ENGINES
from briefing.digests.make import digest_text
from briefing.digests.settings import DigestSettings
from briefing.languages import SUPPORTED
from briefing.languages.splitting import split_sentences

GOLD = Path(__file__).parents[1] / "languages" / "gold"


def text_of(language):
    lines = (GOLD / f"{language}.txt").read_text("utf-8").splitlines()[1:13]
    return "\n".join(line.replace(" | ", " ").replace("||", "") for line in lines)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("language", SUPPORTED)
def test_every_engine_digests_every_supported_language(language, engine):
    text = text_of(language)
    sentences, _ = digest_text(text, text[:20], DigestSettings(engine=engine), language)
    assert sentences
    assert {sentence.text for sentence in sentences} <= set(split_sentences(text, language))


@pytest.mark.parametrize("language", ["el", "he", "ja", "ko", "uk", "sv", "und", "xx-Latn", ""])
def test_a_language_nobody_has_written_tables_for_is_digested_without_stems(language):
    """sumy 0.13.0 lists Greek and raises ValueError for want of another package at its first word."""
    sentences, _ = digest_text(text_of("nl"), "", DigestSettings(), language)
    assert sentences
