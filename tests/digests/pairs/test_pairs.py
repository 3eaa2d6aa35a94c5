"""A claim is printed with the answer that its article prints, or not at all."""

import json
import os
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import pairs

from briefing.digests.candidates import candidates
from briefing.digests.engines import ENGINES
from briefing.digests.entries import entries_of
from briefing.digests.make import digest_text, explain, make_digest
from briefing.digests.pairs.headlines import second_half
from briefing.digests.pairs.left_out import points_at_what_is_left_out
from briefing.digests.pairs.pair import ANSWERS
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.digests.sentences import split_sentences
from briefing.digests.settings import DigestSettings
from briefing.digests.vocabulary import read_vocabulary, vocabulary, words_of
from briefing.emails.checks.pairs import _SAYS
from briefing.languages import SUPPORTED
from briefing.languages.table import read_table
from briefing.model.article import Article, Paragraph, ParagraphKind, Sponsorship, Verdict
from briefing.model.digest import PairKind, paragraph_of

HERE = Path(__file__).parent
ARTICLES = tomllib.loads((HERE / "articles.toml").read_text("utf-8"))["article"]
CHARGES = tomllib.loads((HERE / "charges.toml").read_text("utf-8"))["article"]
SPOKEN_FOR = tomllib.loads((HERE / "spoken_for.toml").read_text("utf-8"))["article"]
UNMARKED = tomllib.loads((HERE / "unmarked.toml").read_text("utf-8"))["article"]
OUTCOMES = tomllib.loads((HERE / "outcomes.toml").read_text("utf-8"))["article"]
COMEBACKS = tomllib.loads((HERE / "comebacks.toml").read_text("utf-8"))["article"]
NO_SURE_SIGN = tomllib.loads((HERE / "no_sure_sign.toml").read_text("utf-8"))["article"]
CHANCES = tomllib.loads((HERE / "chances.toml").read_text("utf-8"))["article"]
PLAIN = tomllib.loads((HERE / "plain.toml").read_text("utf-8"))["article"]
ROOM = tomllib.loads((HERE / "room_for_answers.toml").read_text("utf-8"))["article"]
ONE_BLOCK = tomllib.loads((HERE / "one_block.toml").read_text("utf-8"))["article"]
ENDINGS = tomllib.loads((HERE / "endings.toml").read_text("utf-8"))["article"]
TABLES = [code for code in SUPPORTED if "digests" in read_table(code)]
SHARED = Path(os.environ.get("BRIEFING_SHARED", "../shared")) / "cases" / "digests"


def article(text, title=""):
    paragraphs = tuple(
        Paragraph(text=block, kind=ParagraphKind.PROSE) for block in text.split("\n")
    )
    return Article(id="page#0", headline=title, paragraphs=paragraphs)


def senses_of(sentence):
    words = vocabulary("en")
    assert words
    return Wording(sentence, words).senses


def pairs_of(text, title=""):
    found = candidates(text, "en", title=title)
    return {
        (pair.kind, pair.claim, answer) for pair in found.pairs.every() for answer in pair.answers
    }


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("case", ARTICLES, ids=lambda case: case["name"])
def test_no_engine_prints_the_claim_without_its_answer(case, engine):
    sentences, _ = digest_text(case["text"], case["title"], DigestSettings(engine=engine))
    digest = paragraph_of(sentences)
    assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


@pytest.mark.parametrize(
    ("plea", "is_plea"),
    [
        ("Nora Pike, 44, of Mill Lane, pleads not guilty to all counts.", True),
        ("Nora Pike, 44, of Mill Lane, denies every one of the charges.", True),
        ("Nora Pike, 44, of Mill Lane, denies her son a dog.", False),
    ],
)
def test_who_denies_the_charge_itself_answers_the_news_whatever_they_are_called_there(
    plea, is_plea
):
    charge = "The bursar of a school took £40,000 from the trip fund, a lawyer told the jury."
    text = f"{charge}\nThe school has 900 pupils. Trips go to Ghent.\n{plea}\nIt rained."
    assert ((PairKind.DENIAL, 0, 3) in pairs_of(text)) is is_plea


@pytest.mark.parametrize("further", [0, 2, 4, 6])
@pytest.mark.parametrize("case", CHARGES, ids=lambda case: case["language"])
def test_a_charge_goes_with_its_denial_in_every_language_however_far_down(case, further):
    sentences = list(split_sentences(case["text"], case["language"]))
    denial = next(one for one in sentences if case["answer"] in one)
    sentences.remove(denial)
    sentences.insert(1 + further, denial)
    text = "\n".join(sentences)
    for window in ((30, 45), (60, 90)):
        chosen, _ = digest_text(text, case["title"], DigestSettings(words=window), case["language"])
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or case["answer"] in digest


@pytest.mark.parametrize("case", SPOKEN_FOR, ids=lambda case: case["name"])
def test_what_is_said_of_somebody_goes_with_the_reply_of_those_who_speak_for_them(case):
    for window in ((30, 45), (60, 90)):
        chosen, _ = digest_text(
            case["text"], case["title"], DigestSettings(words=window), case["language"]
        )
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or case["answer"] in digest


@pytest.mark.parametrize(
    "case", UNMARKED + OUTCOMES + COMEBACKS + ENDINGS, ids=lambda case: case["name"]
)
def test_an_act_told_as_a_fact_goes_with_the_say_of_whoever_did_it_or_with_what_became_of_it(case):
    for window in ((30, 45), (60, 90)):
        settings, language = DigestSettings(words=window), case.get("language", "en")
        chosen, _ = digest_text(case["text"].strip(), case["title"], settings, language)
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


@pytest.mark.parametrize("case", [*NO_SURE_SIGN, *CHANCES], ids=lambda case: case["name"])
def test_what_looks_most_like_an_answer_goes_with_what_no_sure_sign_answers(case):
    for window in ((30, 45), (60, 90)):
        settings = DigestSettings(words=window)
        chosen, _ = digest_text(case["text"], case["title"], settings, case["language"])
        digest = paragraph_of(chosen)
        assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


@pytest.mark.parametrize("case", ROOM + ONE_BLOCK, ids=lambda case: case["name"])
def test_room_is_left_for_what_may_answer_the_news(case):
    chosen, _ = digest_text(case["text"], case["title"], DigestSettings(), case["language"])
    digest = paragraph_of(chosen)
    assert case["claim"] not in digest or any(answer in digest for answer in case["answers"])


def test_the_lead_ends_where_it_would_leave_no_room_for_the_likeliest_answer():
    case = next(one for one in ROOM if one["name"] == "stadium-jobs")
    pairs = candidates(case["text"].strip(), "en", title=case["title"]).pairs
    assert pairs.are_doubtful
    chosen, _ = digest_text(case["text"], case["title"], DigestSettings())
    assert "It counts 1,870 of the posts as casual" in paragraph_of(chosen)


def test_what_only_may_answer_is_no_pair():
    told = FERRY.replace("an hour.", "an hour, one of them says.")
    found = candidates(told, "en", title="Pupils are on Holm, port says")
    assert 5 in found.pairs.perhaps
    assert not any(pair.claim == 0 for pair in found.pairs.every())


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("The letter named a ship.", True),
        ("Whoever took both tests passed.", True),
        ("The letter of the day was an A.", False),
        ("The letter they wrote was long.", False),
        ("The boat had a mast.", False),
        ("The moon rose at nine.", False),
    ],
)
def test_what_a_sentence_left_out_makes_known_is_not_pointed_at_where_an_answer_is_doubtful(
    sentence, points
):
    text = "Ann Hale sold a boat in Leith.\nThe port wrote a letter. It set two tests.\n" + sentence
    story = candidates(text, "en").pairs._story
    assert points_at_what_is_left_out(story, 0, 3) is points


def test_nothing_is_looked_for_that_answers_what_a_paid_piece_says():
    case, printed = ONE_BLOCK[0], ONE_BLOCK[0]["answers"][0]
    piece = article(case["text"].strip(), case["title"])
    paid = replace(piece, sponsorship=Sponsorship(verdict=Verdict.SPONSORED))
    assert printed in paragraph_of(make_digest(piece, DigestSettings()).sentences)
    assert printed not in paragraph_of(make_digest(paid, DigestSettings()).sentences)


def test_what_may_answer_is_printed_although_it_calls_somebody_as_a_sentence_that_is_left_out_does():
    text = (
        "A conductor of the night train pushed an old man onto the platform at Leith on Friday evening, and "
        "the train left without him and with all his luggage.\n"
        "The man, Karl Voss, broke a rib. A student called it the worst thing that she had seen on any train "
        "in all her years of travelling.\n"
        "The station was built in 1899. Its steps are of granite, and forty trains leave it every day. "
        "A café is to open in May.\n"
        "A choir sang there on Friday. It was cold, and the listeners wore hats and scarves.\n"
        "Mr Voss had fainted on the train, the film of a camera shows, and it was the conductor who held him "
        "by his sleeve. It is to be printed on a stamp."
    )
    chosen, _ = digest_text(text, "Man pushed from train", DigestSettings())
    assert "Mr Voss had fainted" in paragraph_of(chosen)


def test_a_sentence_that_may_answer_says_so_among_the_reasons():
    (case,) = (one for one in ROOM if one["name"] == "vaccine-rumour")
    told = explain(article(case["text"], case["title"]), DigestSettings())
    assert [one.taken for one in told if one.reason == "may answer sentence 1"].count(True) > 0


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["name"])
def test_half_a_digest_is_the_leads_own_where_nothing_is_likely_to_answer(case):
    found = candidates(case["text"], "en", title=case["title"])
    perhaps = {found.texts[at] for at in found.pairs.perhaps} if found.pairs.are_doubtful else set()
    chosen, _ = digest_text(case["text"], case["title"], DigestSettings(words=(60, 90)))
    own = sum(len(one.text.split()) for one in chosen if one.text not in perhaps)
    assert own >= 30


@pytest.mark.parametrize("case", PLAIN, ids=lambda case: case["name"])
def test_a_plain_report_is_not_given_an_answer(case):
    assert not any(claim == 0 for _, claim, _ in pairs_of(case["text"], case["title"]))


def test_where_the_best_answers_the_next_best_may_as_well():
    found = candidates(CHANCES[0]["text"], "en", title=CHANCES[0]["title"])
    (pair,) = (pair for pair in found.pairs.of(0) if pair.kind is PairKind.COMEBACK)
    assert pair.further
    assert not set(pair.further) & set(pair.answers)


def test_a_headline_in_quotation_marks_makes_the_news_a_charge_that_the_report_comes_back_to():
    text = (
        "Ann Hale kept the wool of the parish flock in May.\nThe flock grazes on the moor.\n"
        "Minutes of the March meeting, which the clerk keeps, have the price and her own vote."
    )
    assert (PairKind.COMEBACK, 0, 2) in pairs_of(text, "Vicar 'sold the flock'")
    assert not any(kind is PairKind.COMEBACK for kind, _, _ in pairs_of(text, "Wool at the fair"))


FERRY = (
    "A ferry left forty pupils behind at Holm on Friday with two teachers, a dog, the rest of their "
    "luggage and the cup that they had won in the games of the islands on the day before.\n"
    "The crossing takes an hour.\n"
    "Holm has a school of two rooms.\nThe hull was painted in May.\nFares rose by a tenth.\n"
    "The pupils' names stand signed in the log, with the hour they came aboard."
)


def test_all_signs_together_bring_an_answer_where_no_one_of_them_puts_anything_at_stake():
    told = FERRY.replace("before.\n", "before, two of them say.\n")
    assert (PairKind.COMEBACK, 0, 5) in pairs_of(told, "Pupils on Holm")


def test_where_most_sentences_tell_what_somebody_said_one_more_voice_answers_nothing():
    said = FERRY.replace(".\n", ", Ann Hale said.\n")
    assert not any(kind is PairKind.COMEBACK for kind, _, _ in pairs_of(said, "Pupils on Holm"))


def test_every_kind_of_pair_is_told_in_words_at_the_desk_and_by_lint():
    assert set(ANSWERS) == set(_SAYS) == set(PairKind)


def test_where_nothing_looks_like_an_answer_nothing_is_added():
    text = (
        "Ann Hale kept the wool of the parish flock in May.\nThe flock grazes on the moor.\n"
        "Moors are wide."
    )
    assert pairs_of(text, "Vicar 'sold the flock'") == set()


def test_a_plan_goes_with_what_it_hangs_on_and_not_with_any_if():
    plan = "Leith will open a tram line in May.\nTrams ran here before.\n"
    hangs = "The line depends on the consent of the port, whose board has put off its ruling twice."
    told = "“If it rains I take the bus,” Tom Rudd said, “and I always did.”"
    assert (PairKind.CONDITION, 0, 2) in pairs_of(plan + hangs)
    assert not any(kind is PairKind.CONDITION for kind, _, _ in pairs_of(plan + told))


@pytest.mark.parametrize(
    ("title", "half"),
    [
        ("Court frees editor, keeps his passport", "keeps his passport"),
        ("Crime falls – only thefts go up", "only thefts go up"),
        ("Tax cuts sugar, not waistlines at all", "not waistlines at all"),
        ("Wolves are back, shepherds are leaving", "shepherds are leaving"),
        ("Whispers, tellers and a missing mace", ""),
        ("Statement to the assembly, as delivered", ""),
    ],
)
def test_a_headline_has_a_second_half_where_a_mark_parts_it(title, half):
    assert second_half(title) == half


@pytest.mark.parametrize(
    "text",
    [
        # Whoever speaks first is a source of the report.
        "Ann Hale said the fund was short. She took its money. The band met. Hale said it was rain.",
        # It happened to her.
        "Ann Hale was hit by a falling slate in Leith. The band met. Hale said it was never fixed.",
        # What is told is not told of her.
        "The garden of Ann Hale destroyed a wall in Leith. The band met. Hale said it was never old.",
        # She is pleased, and answers nothing.
        "Ann Hale hid two eggs in the park in Leith. The band met. Hale said it is a pleasure to dance.",
        # What stands between is told of somebody else.
        "Ann Hale, whom he hid, is a baker in Leith. The band met. Hale said it was never warm.",
        # Somebody else speaks, whom the article gives no other name.
        "Ann Hale hid the letters of the fund. The band met. “The park was never warm”, said Ashe.",
    ],
)
def test_not_everybody_who_speaks_later_answers_a_charge(text):
    assert not any(kind is PairKind.REPLY for kind, _, _ in pairs_of(text))


def test_what_others_deny_of_a_thing_of_their_own_takes_no_charge_off_anybody():
    charge = "Ann Hale lied to the House about the boats."
    found = pairs_of(f"{charge} Trade was good all year. Officials deny that the harbour is full.")
    assert found == set()
    found = pairs_of(f"{charge} Trade was good all year. The jury found that she was not guilty.")
    assert found == {(PairKind.DENIAL, 0, 2)}


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Hale was denied bail.",
        "Ann Hale has been denied a visa twice.",
        "The judge denied her request.",
        "A court denied the firm's application.",
        "Lorries were denied entry to the pass.",
    ],
)
def test_whoever_keeps_something_back_denies_no_charge(sentence):
    assert not senses_of(sentence) & Sense.DENY


@pytest.mark.parametrize(
    "sentence",
    [
        "Ann Hale denied the charge.",
        "The charge was denied this week.",
        "It was denied by the firm.",
        "She denied that her request came late.",
    ],
)
def test_whoever_contradicts_denies(sentence):
    assert senses_of(sentence) & Sense.DENY


def test_a_place_is_nobody_and_a_day_is_no_part_of_a_name():
    text = (
        "Ann Hale sold the boat in Port Ellery.\nOn Saturday Hale said so.\n"
        "It rained in Port Ellery on Saturday.\nTom Rudd saw it."
    )
    story = candidates(text, "en").pairs._story
    called = [
        [story.texts[at][start:end] for start, end, _ in story.people.called(at)]
        for at in range(len(story))
    ]
    assert called == [["Ann Hale"], ["Hale"], [], ["Tom Rudd"]]


def test_two_that_somebody_speaks_of_are_not_the_count_of_what_was_promised():
    promise = "Mayor Ann Hale promised that nine homes would stand by the spring."
    counted = pairs_of(f"{promise} Trade was good all year. Two had roofs in May.")
    assert (PairKind.RESULT, 0, 2) in counted
    told = pairs_of(f"{promise} Trade was good all year. A baker said two were seen in Leith.")
    assert not any(kind is PairKind.RESULT for kind, _, _ in told)


def test_those_who_speak_for_a_third_do_not_answer():
    text = (
        "The regulator said in a report that Ann Hale had sold the boat twice. Trade was good this year. "
        "Lawyers for Tom Rudd said he had moved to Norburg."
    )
    assert pairs_of(text) == set()


def test_what_a_paper_calls_by_its_kind_is_the_body_that_it_named():
    text = (
        "The Harbour Party hid a loan, the commission found. Trade was good all year. "
        "The party’s treasurer, Nan Oxley, said it was repaid in May."
    )
    assert (PairKind.REPLY, 0, 2) in pairs_of(text)


def test_every_language_has_a_charge_of_its_own():
    assert {case["language"] for case in CHARGES} == set(SUPPORTED) - {"en"}


@pytest.mark.parametrize(
    "case", [case for case in ARTICLES if case["kind"] != "anaphora"], ids=lambda case: case["name"]
)
def test_the_digest_carries_the_pair_as_data(case):
    digest = make_digest(article(case["text"], case["title"]), DigestSettings())
    found = [
        pair
        for pair in digest.pairs
        if case["claim"] in pair.claim.text and pair.kind == case["kind"]
    ]
    assert any(case["answers"][0] in answer.text for pair in found for answer in pair.answers)


def test_a_charge_in_the_passive_is_answered_by_its_subject():
    text = (
        "Ann Hale was accused of theft by the harbour board. The board met in March. "
        "Hale said the boat had always been hers."
    )
    assert (PairKind.REPLY, 0, 2) in pairs_of(text)


def test_what_the_accuser_says_next_is_not_the_reply():
    text = (
        "Tom Rudd accused Ann Hale of fraud. Rudd said the papers were clear. "
        "Ann Hale said she had sold the boat at a loss."
    )
    assert pairs_of(text) == {(PairKind.REPLY, 0, 2)}


def test_a_statement_that_denies_in_its_own_words_needs_no_other():
    text = "Ann Hale, accused of fraud, denied it on Tuesday. Tom Rudd denied nothing at all."
    assert not any(claim == 0 for _, claim, _ in pairs_of(text))


def test_somebody_else_of_the_same_surname_does_not_answer():
    text = (
        "Police suspect Conrad Vale of arson in the old mill. Trade was good all year. "
        "Ellen Vale said the roses had done well."
    )
    assert pairs_of(text) == set()


def test_a_language_without_tables_has_no_pairs_and_no_error():
    assert candidates("Aon. Ach dhá.", "ga").pairs.every() == ()


@pytest.mark.parametrize("code", TABLES)
def test_every_list_has_a_source_and_examples_that_it_knows(code):
    tables = read_table(code)["digests"]
    words = read_vocabulary(tables)
    for name, row in tables.items():
        assert row["source"], name
        assert row["examples"], name
        entries = set(entries_of(row["words"]))
        for example in row["examples"]:
            tokens = words_of(example)
            assert any(
                tuple(tokens[at : at + len(entry)]) == entry
                for at in range(len(tokens))
                for entry in entries
            ), (name, example)
    assert words.inside


def test_senses_are_a_bit_each():
    assert len({int(sense) for sense in Sense}) == len(Sense)
    assert all(int(sense).bit_count() == 1 for sense in Sense)


def test_the_audit_finds_nothing_in_ours_and_something_in_the_lead(monkeypatch):
    every = pairs.systems()
    two = {name: every[name] for name in ("edmundson", "plain lead")}
    monkeypatch.setattr(pairs, "systems", lambda: two)
    rows = {row.system: row for row in pairs.audit()}
    assert rows["edmundson"].contrast <= 0.025
    assert rows["edmundson"].denial == 0
    assert rows["plain lead"].contrast + rows["plain lead"].denial > 0


@pytest.mark.skipif(not SHARED.is_dir(), reason="the house's own cases are not here")
def test_the_house_cases_in_english_are_faithful():
    for line in (SHARED / "articles.jsonl").read_text("utf-8").splitlines():
        case = json.loads(line)
        check = case["check"]
        if case["language"] != "en":
            continue
        sentences, _ = digest_text(case["text"], case["title"], DigestSettings())
        digest = paragraph_of(sentences)
        if check.get("claim", "\0") in digest:
            assert any(answer in digest for answer in check["answer_any"]), case["id"]
        assert len(digest.split()) <= check.get("max_words", 135), case["id"]
        assert not any(bad in digest for bad in check.get("bad", [])), case["id"]


def test_a_spokesman_of_somebody_called_by_another_name_replies():
    text = (
        "Villagers accused the quarry of poisoning their wells. The wells are 40 feet deep. "
        "A spokeswoman for Hale Stone said tests showed clean water."
    )
    assert (PairKind.REPLY, 0, 2) in pairs_of(text)


def test_whoever_finds_is_not_among_those_whom_the_finding_accuses():
    text = (
        "A study by Leigh University has found that pumps leak.\nThe pumps are sold in Leith.\n"
        "Leigh University said it opened 300 of them."
    )
    assert pairs_of(text) == set()


def test_a_note_at_the_foot_goes_with_what_it_says_again():
    text = (
        "The mayor of Leith bought nine swans.\nTickets for the harbour ball cost £40 this year.\n"
        "Correction: tickets for the ball cost £4."
    )
    assert (PairKind.TURN, 1, 2) in pairs_of(text)
    assert (PairKind.TURN, 0, 2) not in pairs_of(text)


def test_a_verdict_is_what_who_decides_did_and_not_what_they_heard():
    charge = "Ann Hale was accused of burning a barn in Leith.\nThe barn was red.\n"
    assert (PairKind.DENIAL, 0, 2) in pairs_of(
        charge + "It took the jury an hour to let Ann Hale go."
    )
    assert pairs_of(charge + "The jury saw pictures of the red paint.") == set()


def test_a_correction_right_behind_a_statement_answers_it():
    text = (
        "The report says the council spent £9m on chairs. "
        "The figure was a misprint for £0.9m, the treasurer said. Nobody had noticed."
    )
    assert (PairKind.DENIAL, 0, 1) in pairs_of(text)


def test_whoever_spoke_before_is_no_answer_to_plain_news():
    news = "Brackley council opened the new depot in May.\n"
    first = "Trade was good all year.\nThe depot is large. The council insisted that it was cheap."
    assert (PairKind.REPLY, 0, 3) in pairs_of(news + first)
    other = "Trade was good all year.\nThe depot is large. Tom Rudd insisted that it was cheap."
    assert pairs_of(news + other) == set()


def test_a_string_attached_goes_with_the_news_and_a_string_elsewhere_does_not():
    news = "Six ports will share the money.\nThe herring queen came too.\n"
    assert (PairKind.CONDITION, 0, 2) in pairs_of(f"{news}There is a string attached to it.")
    assert pairs_of(f"{news}There is a kipper on the plate.") == set()
