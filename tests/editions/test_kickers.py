"""The word above the headline."""

from briefing.editions.kickers import kicker
from briefing.model.article import Article, Paragraph

BODY = (
    "The revolt began in the tea room, where Labour backbenchers met on Monday. "
    "By lunch the mood among Labour members had turned, and Meg Carrow knew it. "
    "Allies of Meg Carrow said that Labour would survive, and so would Meg Carrow."
)


def article(headline, labels=(), text=BODY):
    return Article(
        id="page#0", headline=headline, labels=labels, paragraphs=(Paragraph(text=text),)
    )


def test_the_pages_own_label_comes_first():
    assert kicker(article("A revolt", labels=("Exclusive",))) == "Exclusive"


def test_it_is_the_name_the_story_keeps_coming_back_to():
    assert kicker(article("A revolt in the tea room")) == "Labour"


def test_a_name_the_headline_already_holds_is_not_said_twice():
    assert kicker(article("Labour faces a revolt")) == "Meg Carrow"


def test_a_story_without_a_recurring_name_has_none():
    assert kicker(article("A quiet day", text="Nothing much happened in the House.")) == ""
