"""What stands at the head and foot of a text and is the house's: captions, invitations, links to other pages."""

import pytest
from tests.articles.crane_story import TEXT, TITLE, TOLD

from briefing.articles.split_page import split_page
from briefing.model.page import Page

URL = "https://pier.example/crane"


def texts(inside, url=None):
    markup = f"<html lang=en><title>{TITLE}</title><body><main><h1>{TITLE}</h1>{inside}</main></body></html>"
    page = Page(name="page", body=markup.encode(), media_type="text/html", url=url)
    return [paragraph.text for paragraph in split_page(page)[0].paragraphs]


@pytest.mark.parametrize(
    "head",
    ["<p>The quay on Monday. | Photo: L. Moor</p>", "<p>The quay (Fot. Jan Wrona / Kurier)</p>"],
)
def test_a_credited_line_over_the_text_is_a_caption(head):
    assert texts(f"{head}{TEXT}") == list(TOLD)


@pytest.mark.parametrize(
    "foot",
    [
        "<div>Follow us on Google News</div>",
        "<p><i>Join our <a href=/w>WhatsApp group</a> for the biggest stories of the quay.</i></p>",
        "<p class='postmetadata alt'>This entry was posted on Tuesday and is filed under Quays.</p>",
        "<div class=x-cta-card><p>Become a member of the pier today.</p></div>",
    ],
)
def test_an_invitation_under_the_text_is_the_houses(foot):
    assert texts(f"{TEXT}{foot}") == list(TOLD)


def test_an_invitation_over_the_text_is_not_the_standfirst():
    over = (
        "<p>Chat with us in <a href=/m>Facebook Messenger</a> and hear what the quay does next.</p>"
    )
    inside = f"<main><h1>{TITLE}</h1><header>{over}</header>{TEXT}</main>"
    markup = f"<html lang=en><title>{TITLE}</title>{inside}</html>"
    page = Page(name="page", body=markup.encode(), media_type="text/html")
    assert split_page(page)[0].standfirst is None


def test_a_last_sentence_that_names_a_platform_is_text():
    last = "The harbour master put a picture of the crane on Facebook and went to bed."
    assert texts(f"{TEXT}<p>{last}</p>")[-1] == last


def test_a_heading_over_other_pages_on_one_line_with_a_link_is_no_text():
    related = "<div><span>Related:</span><a href=/slip>The slip that nobody dredged</a></div>"
    assert texts(f"<p>{TOLD[0]}</p>{related}<p>{TOLD[1]}</p><p>{TOLD[2]}</p>") == list(TOLD)


def test_the_link_back_to_the_page_counts_whatever_its_address_says_of_the_feed():
    back = f"<p><a href={URL}>{TITLE}</a> was originally published in The Pier on Quays.</p>"
    assert texts(f"{TEXT}{back}", url=f"{URL}?source=rss-1") == list(TOLD)


@pytest.mark.parametrize(
    "foot",
    [
        "<p><em>Copyright © 2026 The Quay, All rights reserved.</em><br><br>Want to change how you receive "
        "these emails?<br>You can <a href=/p>update your preferences</a> or <a href=/u>unsubscribe</a>.</p>",
        "<p><small>When you buy through links on our site, we may earn an affiliate commission.</small></p>",
        "<p>Sent from my iPhone</p>",
    ],
)
def test_what_programs_write_under_every_text_is_no_text(foot):
    assert texts(f"{TEXT}{foot}") == list(TOLD)


def test_a_player_between_paragraphs_is_no_text():
    player = "<p><strong>Related video: The crane (Island TV)</strong></p>"
    assert texts(f"<p>{TOLD[0]}</p>{player}<p>{TOLD[1]}</p><p>{TOLD[2]}</p>") == list(TOLD)


def test_a_link_alone_behind_a_last_break_is_no_part_of_its_paragraph():
    last = "The crane fell into the harbour on the night of the storm."
    assert texts(f"{TEXT}<p>{last}<br><a href=/c>Continue reading...</a></p>") == [*TOLD, last]
