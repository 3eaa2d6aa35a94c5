"""What the rules of pairs take for words, in languages that write them in another way than English does."""

import pytest

from briefing.digests.candidates import candidates
from briefing.digests.pairs.headlines import halves_of
from briefing.model.digest import PairKind, count_words

LAKE = (
    "山田市の水野市長が業者から別荘を無償で借りていたと、週刊紙が報じた。\n"
    "別荘は湖の北側にある。\n野党の木村議員は「鍵まで渡していた」と話した。\n湖には白鳥が来ている。\n電話は鳴りやまない。\n庁舎は一九七一年に建った。\n"
    "だが登記簿によれば別荘は市長の妹が二十年前に買ったもので、業者は隣の土地に小屋を建てただけだと、水野氏の代理人が書類を示して説明した。\n"
    "次の議会は五日に開く。"
)
BRIDGE = (
    "नदी पर बना नया पुल सोमवार को खुला।\nपुल पर दो लेन हैं और किनारे पर पटरी है।\nबच्चों ने फूल बाँटे।\n"
    "मंडी का रास्ता अब दस मिनट का है।\nनाव घाट पर बँधी रहेगी।\nमेला अगले महीने लगेगा।"
)
RAM = (
    "Enillodd hwrdd o Lanfair y wobr gyntaf ddydd Sadwrn.\nEi berchennog yw Mair Puw o Gwm Isaf.\n"
    "Daeth tair mil o bobl i'r maes.\nRoedd y te yn boeth ac yn felys.\nCynhelir y sioe nesaf ym mis Awst."
)
FACTORY = (
    "Fietsenmaker Kroon is failliet, meldde het register op maandag.\nHet merk bestaat sinds 1921.\n"
    "Op het plein dronk men koffie.\n's Avonds laat bleek dat de rechtbank een kapper van die naam bedoelde."
)


def test_where_no_space_parts_words_an_answer_is_as_long_as_a_digest_counts_it():
    found = candidates(LAKE, "ja", title="市長に別荘疑惑")
    answer = next(at for at, text in enumerate(found.texts) if "登記簿" in text)
    story = found.pairs._story
    assert story.length(answer) == count_words(found.texts[answer]) < len(story[answer].tokens)
    answers = {at for pair in found.pairs.of(0) for at in pair.answers}
    assert answer in answers.union(found.pairs.perhaps)


def test_a_word_that_stands_in_the_middle_of_clauses_halves_no_headline():
    title = "नदी पर पुल खुला"
    assert halves_of(title, candidates(BRIDGE, "hi").pairs._story) is None
    assert halves_of(title, candidates("पुल खुला।\nनाव चली।", "hi").pairs._story)


def test_a_headline_that_ends_on_its_but_has_no_halves():
    pairs = candidates(RAM, "cy", title="Hwrdd o Lanfair yn ennill eto").pairs
    assert PairKind.HEADLINE not in {pair.kind for pair in pairs.every()}


@pytest.mark.parametrize("first", ["'s Avonds", "’t Is", "‘n Man"])
def test_a_sentence_may_open_on_what_an_apostrophe_has_left_of_a_word(first):
    found = candidates(FACTORY.replace("'s Avonds", first), "nl")
    last = next(at for at, text in enumerate(found.texts) if "laat bleek" in text)
    assert found.texts[last].startswith(first)
    assert not found.against[last]
