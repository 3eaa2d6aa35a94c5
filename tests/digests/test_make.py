"""A digest is the article's own sentences, in order, and stands on its own."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.articles.files.folder import read_page
from briefing.articles.split_page import split_page
from briefing.digests.anaphora import balanced, points_back
from briefing.digests.bounds import CUT
from briefing.digests.engines import ENGINES
from briefing.digests.make import digest_text, explain, make_digest
from briefing.digests.selection import Selector
from briefing.digests.settings import DigestSettings
from briefing.errors import DigestError, PageRefused
from briefing.model.article import Article, Paragraph, ParagraphKind
from briefing.model.digest import count_words

SEEDS = Path(__file__).parents[2] / "seeds"


#: Of the sample pages.
PIECES = (
    *("01-housing-vote#0", "01-housing-vote#1", "02-water-levy#0", "02-water-levy#1"),
    *("03-by-election-and-lords#0", "03-by-election-and-lords#1", "04-prisons-op-ed#0"),
    *("05-ministers-phones#0", "06-westminster-diary#0", "07-council-tax#0"),
)


def split_samples():
    for path in sorted(SEEDS.glob("*.txt")):
        try:
            yield from split_page(read_page(path))
        except PageRefused:
            continue


@cache
def sample_articles():
    """Split when the first test asks for them: to collect the tests takes no reading of pages."""
    return tuple(split_samples())


def article(*paragraphs, headline="A headline", kinds=None):
    kinds = kinds or [ParagraphKind.PROSE] * len(paragraphs)
    return Article(
        id="page#0",
        headline=headline,
        paragraphs=tuple(
            Paragraph(text=text, kind=kind) for text, kind in zip(paragraphs, kinds, strict=True)
        ),
    )


@pytest.mark.parametrize("engine", sorted(ENGINES))
@pytest.mark.parametrize("piece", PIECES)
def test_every_engine_keeps_the_promises_on_every_sample_page(engine, piece):
    assert [made.id for made in sample_articles()] == list(PIECES)
    source = sample_articles()[PIECES.index(piece)]
    digest = make_digest(source, DigestSettings(engine=engine))
    assert digest.sentences
    assert [s.start for s in digest.sentences] == sorted({s.start for s in digest.sentences})
    for sentence in digest.sentences:
        assert source.text[sentence.start : sentence.end] == sentence.text
    assert not points_back(digest.sentences[0].text) or digest.sentences[0].start == 0
    assert balanced(digest.text)
    assert digest.words <= 90


def test_most_sample_digests_are_inside_the_window_and_unflagged():
    digests = [make_digest(source, DigestSettings()) for source in sample_articles()]
    assert sum(60 <= digest.words <= 90 and not digest.flags for digest in digests) >= 0.9 * len(
        digests
    )


def test_a_sentence_that_points_back_comes_only_with_what_it_points_to():
    lead = "Ministers dropped the levy on Monday after a week of rows about reservoirs and bills."
    he = "He called it the hardest week of a long and mostly quiet career in local government."
    far = "The reservoirs will be built all the same, the department said, by the year 2041."
    filler = "Nothing in the accounts of the water companies says who will pay for that promise."
    text = "\n".join([lead, filler, "Councillor Tom Brand resigned.", he, far, filler + " Ever."])
    sentences, _ = digest_text(text, "Levy dropped", DigestSettings(words=(30, 60)))
    chosen = [sentence.text for sentence in sentences]
    if he in chosen:
        assert chosen[chosen.index(he) - 1] == "Councillor Tom Brand resigned."


def test_a_short_article_is_printed_with_the_short_sentences_that_others_do_not_stand_without():
    text = (
        "The council had promised in the spring that the ferry would sail again by August. "
        "It lied. Because of that the whole board of the harbour resigned on Tuesday night."
    )
    sentences, flags = digest_text(text, "", DigestSettings())
    assert [one.text for one in sentences] == [
        "The council had promised in the spring that the ferry would sail again by August.",
        "It lied.",
        "Because of that the whole board of the harbour resigned on Tuesday night.",
    ]
    assert "short article, printed whole" in flags[0]


def test_an_unknown_engine_is_answered_with_the_known_ones():
    with pytest.raises(DigestError, match=r"no engine 'lexrnk'; known: edmundson"):
        make_digest(article("One sentence."), DigestSettings(engine="lexrnk"))


def test_a_short_article_is_printed_whole_and_says_so():
    digest = make_digest(article("The vote was lost by nine on Tuesday."), DigestSettings())
    assert digest.text == "The vote was lost by nine on Tuesday."
    assert digest.flags == ("short article, printed whole",)


def test_a_short_article_whose_shortest_sentence_is_left_out_says_so():
    digest = make_digest(
        article("The vote was lost by nine on Tuesday. He left."), DigestSettings()
    )
    assert digest.text == "The vote was lost by nine on Tuesday."
    assert digest.flags == ("short article, printed whole but for its shortest sentences",)


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_article_without_text_says_so(text):
    sentences, flags = digest_text(text, "A headline", DigestSettings())
    assert sentences == ()
    assert flags == ("nothing to digest: the article has no text",)


@pytest.mark.parametrize("text", ["." * 30_000, "x" * 30_000, "https://a.example/" + "ab/" * 9_000])
def test_what_has_no_space_is_bounded_as_well(text):
    (sentence,), flags = digest_text(text, "A headline", DigestSettings())
    assert len(sentence.text) <= 90 * 15
    assert sentence.cut
    assert "one sentence is longer than a digest" in flags[0]


def test_an_article_of_fragments_falls_back_to_its_first_paragraph_and_says_so():
    digest = make_digest(article("No news", "None at all"), DigestSettings())
    assert digest.text == "No news"
    assert digest.flags == ("opening paragraph instead of a digest",)


def test_headings_lists_and_posts_are_left_out():
    body = "The minister said on Tuesday that the bill would come back in the spring. " * 3
    made = article(
        "What happened on the day and why it matters to everybody here.",
        body,
        kinds=[ParagraphKind.SUBHEAD, ParagraphKind.PROSE],
    )
    assert "What happened" not in make_digest(made, DigestSettings()).text


def test_a_very_long_line_is_digested_all_the_same():
    line = " ".join(
        f"Clause {n} of the bill was passed by {n + 3} votes to {n}." for n in range(900)
    )
    digest = make_digest(article(line), DigestSettings())
    assert 60 <= digest.words <= 90


def test_the_last_sentence_of_a_long_text_is_read():
    line = " ".join(f"Clause {n} was passed by {n + 3} votes to {n} on Monday." for n in range(900))
    news = "The harbour burned down while members voted, and nobody was told."
    made = article(f"{line} {news}", headline="The harbour burned down")
    assert explain(made, DigestSettings())[-1].sentence.text == news
    assert news in make_digest(made, DigestSettings()).text


def test_explaining_gives_a_reason_for_every_sentence_and_agrees_with_the_digest():
    settings = DigestSettings()
    for source in sample_articles()[:3]:
        explained = explain(source, settings)
        assert all(one.reason for one in explained)
        taken = tuple(one.sentence for one in explained if one.taken)
        assert taken == make_digest(source, settings).sentences


WORDS = st.sampled_from(
    'He But The minister “said ”that "the levy. gone, Who? No. Sir Mr. it'.split()
)


@given(st.lists(WORDS, max_size=120), st.sampled_from(["edmundson", "lexrank"]))
def test_any_text_gives_own_sentences_in_order_or_none(words, engine):
    text = " ".join(words)
    sentences, _ = digest_text(text, "", DigestSettings(engine=engine))
    assert all(text[s.start : s.end] == s.text for s in sentences)
    assert [s.start for s in sentences] == sorted({s.start for s in sentences})
    assert bool(sentences) == bool(text.strip())


def test_the_old_name_of_the_default_engine_still_means_it():
    made = sample_articles()[0]
    old, new = (make_digest(made, DigestSettings(engine=name)) for name in ("desk", "edmundson"))
    assert old == new
    assert old.engine == "edmundson"


def test_an_engine_that_raises_gives_a_flagged_paragraph(monkeypatch):
    def broken(paragraphs, language):
        raise ZeroDivisionError("no words")

    monkeypatch.setitem(ENGINES, "lexrank", broken)
    digest = make_digest(sample_articles()[0], DigestSettings(engine="lexrank"))
    assert digest.flags[0] == (
        "the engine lexrank failed (ZeroDivisionError: no words); rated by place and headline alone"
    )
    assert 60 <= digest.words <= 90


def test_one_endless_sentence_is_cut_at_a_clause_and_says_so():
    clause = (
        "the council which had been asked about the ferry put the question off until the autumn, "
    )
    made = article("So " + clause * 40 + "and went home.")
    digest = make_digest(made, DigestSettings())
    assert digest.words <= 90
    assert digest.text.endswith("autumn…")
    assert digest.flags == (CUT,)
    assert made.text.startswith(digest.sentences[0].text)


def test_a_transcript_without_a_stop_stays_inside_its_bounds():
    made = article("and then Mr Hale asked about the ferry and nobody answered so " * 1_000)
    digest = make_digest(made, DigestSettings())
    assert digest.words <= 90
    assert digest.text.endswith("…")


def test_short_sentences_are_taken_until_the_window_is_reached():
    text = " ".join(f"The {n} of the town voted for the ferry." for n in words_for_numbers(40))
    digest = make_digest(article(text), DigestSettings())
    assert 60 <= digest.words <= 90
    assert len(digest.sentences) > DigestSettings().sentences


def words_for_numbers(count):
    syllables = ("ba", "do", "ki", "lu", "me", "no", "pa")
    return [syllables[n % 7] + syllables[n // 7] + "rs" for n in range(count)]


def test_a_pair_that_only_fits_into_a_longer_window_is_printed_whole_and_flagged():
    claim = (
        "Tom Rudd accused Ann Hale of fraud " + "over the harbour land and the old mill " * 6 + "."
    )
    denial = "Ann Hale denied the charge " + "before the board and the whole of the town " * 6 + "."
    filler = "Because it is short. "
    digest = make_digest(article(claim, denial, filler * 3), DigestSettings())
    assert digest.words <= 135
    assert ("accused" in digest.text) <= ("denied" in digest.text)


def test_reasons_say_in_words_why_a_later_sentence_was_taken():
    reasons = [one.reason for made in sample_articles() for one in explain(made, DigestSettings())]
    assert "the lead" in reasons
    assert any(reason.startswith("instead of sentence ") for reason in reasons)


def test_the_same_fact_in_other_words_is_printed_once():
    fact = "The ferry to the northern islands will stop sailing in October, the minister said."
    again = "In October, the minister said, the ferry to the northern islands will stop sailing."
    rest = [
        "Islanders heard it on the radio while they were loading sheep for the market at Hallow.",
        "A petition against the end of the service was signed by 9,000 people in one night.",
        "The yard that builds the new boat is three years late and blames the price of steel.",
    ]
    digest = make_digest(article(fact, rest[0], again, *rest[1:]), DigestSettings())
    assert (fact in digest.text) + (again in digest.text) == 1


SAID_AGAIN = [
    (
        "The farm minister, Owen Tarr, quit on Tuesday over a loan that he had not declared, from a dairy.",
        "Mr Tarr stepped down late on Tuesday because he had failed to declare money lent to him by a dairy firm.",
        "His deputy, Lena Frost, takes over the department until parliament meets again in January.",
    ),
    (
        "Rents in the capital rose by 7 per cent last year, the statistics office said on Thursday.",
        "The office said that tenants in the capital paid 7 per cent more than twelve months before.",
        "In the rest of the country the rise was 3 per cent, the smallest for a decade.",
    ),
    (
        "Bus drivers in Ormley went back to work on Friday after eleven days of strike.",
        "The walkout had lasted eleven days when the drivers in Ormley returned to their buses on Friday.",
        "They will get 5 per cent more pay from April and one more free Sunday a month.",
    ),
]


@pytest.mark.parametrize("told", SAID_AGAIN, ids=lambda told: told[1][:20])
def test_a_sentence_that_names_nobody_and_no_figure_but_those_of_one_taken_is_not_printed(told):
    rest = (
        "The chairwoman of the committee, Petra Lund, called the result a beginning and no more.",
        "Two villages on the estuary have asked for a meeting with the company before the spring.",
        "A report on the cost of it all is expected when the council comes together next month.",
    )
    digest = make_digest(article(*told, *rest), DigestSettings())
    assert told[0] in digest.text
    assert told[1] not in digest.text
    assert told[2] in digest.text


def test_a_text_of_short_sentences_is_not_printed_almost_whole():
    lines = [
        f"The {word} of the county met at the harbour on Monday." for word in words_for_numbers(9)
    ]
    digest = make_digest(article(*lines), DigestSettings())
    assert digest.words <= 0.6 * sum(len(line.split()) for line in lines)
    assert digest.flags == (f"{digest.words} words, shorter than asked",)


@pytest.mark.parametrize("language", ["ja", "zh"])
@pytest.mark.parametrize("unit", ["十二日水道事業民営化案", "十二日、水道事業、民営化案"])
def test_a_sentence_without_spaces_is_cut_inside_the_bounds_as_well(language, unit):
    text = unit * 60 + "。"
    sentences, flags = digest_text(text, "", DigestSettings(), language)
    (sentence,) = sentences
    assert 45 <= count_words(sentence.printed) <= 135
    assert flags == (CUT,)
    assert text.startswith(sentence.text)


def test_where_every_line_is_too_short_the_opening_goes_on_to_the_least_of_words():
    text = "\n".join(f"Fog closed the {word}." for word in words_for_numbers(40))
    sentences, _ = digest_text(text, "", DigestSettings())
    assert 60 <= sum(len(sentence.text.split()) for sentence in sentences) <= 90


def test_what_is_short_for_want_of_sentences_says_so():
    speech = "“I did not take it and never would.” “You did, and everybody saw it.” " * 8
    _, flags = digest_text(speech, "", DigestSettings())
    assert flags == ("14 words, shorter than asked",)


def test_one_quotation_as_long_as_the_article_is_tried_once_for_all_its_answers(monkeypatch):
    """480 charges, each with 480 denials in the same quotation, took minutes."""
    tried = []
    closure = Selector._closure

    def noted(selector, place, preferred):
        tried.append(place)
        return closure(selector, place, preferred)

    monkeypatch.setattr(Selector, "_closure", noted)
    told = "The council said that the minister took money at quay {0}. The minister denied it at quay {0}."
    text = " ".join(told.format(number) for number in range(60))
    digest_text(f"“{text}”", "Minister took money", DigestSettings())
    assert len(tried) < 10 * 120
