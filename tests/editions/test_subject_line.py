"""What a reader sees in the inbox."""

import pytest

from briefing.editions.subject_line import PREHEADER_LENGTH, preheader_for, subject_for
from briefing.model.article import Article, Paragraph
from briefing.model.digest import Digest
from briefing.model.edition import Item


def item(headline, paragraph="The vote was lost by nine. Nobody resigned."):
    article = Article(id="page#0", headline=headline, paragraphs=(Paragraph(text=paragraph),))
    digest = Digest(article_id="page#0", sentences=(), engine="test")
    return Item(article=article, digest=digest, kicker="", headline=headline, paragraph=paragraph)


@pytest.mark.parametrize(
    ("headline", "subject"),
    [
        ("Whips lose count", "Whips lose count"),
        (
            "The housing bill comes back to the Commons: why the whips are counting again",
            "The housing bill comes back to the Commons",
        ),
        (
            "No place in this headline of more than sixty characters lets anybody cut it",
            "No place in this headline of more than sixty characters lets anybody cut it",
        ),
    ],
)
def test_the_subject_is_the_leads_headline_cut_only_at_its_own_punctuation(headline, subject):
    assert subject_for([item(headline)], "The Staggers") == subject


def test_the_preheader_names_the_stories_below_the_lead():
    stories = [item("Lead"), item("Peers revolt"), item("A budget leaks")]
    assert preheader_for(stories) == "Plus: Peers revolt; A budget leaks"


def test_the_preheader_of_a_single_story_is_its_own_text():
    assert preheader_for([item("Lead")]) == "The vote was lost by nine. Nobody resigned."


def test_the_preheader_never_outgrows_the_inbox_row_nor_ends_inside_a_word():
    long = "A headline " + "of many words " * 20
    text = preheader_for([item("Lead"), item(long.strip())])
    assert len(text) <= PREHEADER_LENGTH + 1
    assert text.endswith("…")
    assert text.removesuffix("…").split()[-1] in long.split()


def test_no_stories_give_the_title_and_an_empty_preheader():
    assert subject_for([], "The Staggers") == "The Staggers"
    assert preheader_for([]) == ""
