"""What newspapers tell as hearsay is a charge, in each language by its own grammar."""

import tomllib
from pathlib import Path

import pytest

from briefing.digests.make import digest_text
from briefing.digests.senses import Sense
from briefing.digests.settings import DigestSettings
from briefing.digests.vocabulary import vocabulary
from briefing.model.digest import paragraph_of

PIECES = [
    article
    for name in ("hearsay.toml", "without_capitals.toml")
    for article in tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["article"]
]


def senses(sentence, language):
    words = vocabulary(language)
    found = 0
    for mark in words.marks(words.tokens(sentence)):
        found |= mark.senses
    return found


@pytest.mark.parametrize("case", PIECES, ids=lambda case: case["name"])
def test_hearsay_goes_with_its_answer(case):
    for window in ((30, 45), (60, 90)):
        settings = DigestSettings(words=window)
        chosen, _ = digest_text(case["text"].strip(), case["title"], settings, case["language"])
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Der Wirt soll am Montag zwei Fässer geleert haben."),
        ("fr", "Le patron aurait vidé deux fûts lundi."),
        ("es", "El dueño habría vaciado dos toneles el lunes."),
        ("it", "L’oste avrebbe svuotato due botti lunedì."),
        ("nl", "De waard zou maandag twee vaten hebben geleegd."),
        ("pl", "Gospodarz miał w poniedziałek opróżnić dwie beczki."),
        ("pt", "O dono teria esvaziado dois barris na segunda-feira."),
        ("el", "Ο ιδιοκτήτης φέρεται να άδειασε δύο βαρέλια."),
        ("ar", "يُزعم أن صاحب الحانة أفرغ برميلين."),
    ],
)
def test_the_mood_of_hearsay_charges_whatever_the_verb(language, sentence):
    assert senses(sentence, language) & Sense.ACCUSE


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("de", "Die Brücke soll am Montag öffnen."),
        ("de", "Ich habe zwei Fässer."),
        ("fr", "Le patron aurait pu vider deux fûts."),
        ("it", "L’oste avrebbe dovuto aprire lunedì."),
        ("nl", "De waard zou het niet begrijpen."),
        ("pl", "Gospodarz miał dwie beczki."),
        ("pt", "O dono teria de abrir na segunda-feira."),
    ],
)
def test_a_plan_a_duty_and_what_is_only_possible_are_no_charge(language, sentence):
    assert not senses(sentence, language) & Sense.ACCUSE


def test_that_the_accused_are_silent_is_what_they_say():
    assert senses("Der Wirt wollte sich nicht äußern.", "de") & Sense.NO_COMMENT
    assert senses("Der Wirt wollte sich nicht äußern.", "de") & Sense.ATTRIBUTION
