"""A label inside the headline, at the end of the text, and in the footer."""

import pytest
from tests.articles.paid.adverts import HEADLINE, PAID, STANDFIRST, TEXT, the_advert

IN_HEADLINE = [
    "Sponsored: {}",
    "SPONSORED: {}",
    "Sponsored – {}",
    "Sponsored | {}",
    "[Sponsored] {}",
    "(Ad) {}",
    "AD: {}",
    "Ad | {}",
    "Advertorial: {}",
    "Advertisement feature: {}",
    "Partner content: {}",
    "Paid post: {}",
    "Promoted: {}",
    "{} (sponsored)",
    "{} [Ad]",
    "{} | Sponsored",
    "{} | Partner content",
    "{} – paid content",
    "{} - Sponsored by Harrow & Pike",
    "{} (paid for by Harrow & Pike)",
    "{} | In association with Harrow & Pike",
]

BELOW = [
    "Sponsored content",
    "Advertisement feature",
    "*Sponsored*",
    "Paid for by Harrow & Pike",
    "Paid for by Harrow & Pike.",
    "Sponsored by Harrow & Pike plc.",
    "In association with Harrow & Pike",
    "Supported by Harrow & Pike",
    "This article is sponsored content.",
    "This is sponsored content.",
    "This is an advertisement.",
    "This is a sponsored article by Harrow & Pike.",
    "This article was paid for by Harrow & Pike.",
    "This article has been paid for by Harrow & Pike, which had sight of it before publication.",
    "This feature was produced in association with Harrow & Pike.",
    "This post is brought to you by Harrow & Pike.",
    "Harrow & Pike paid for this article.",
    "Harrow & Pike is a commercial partner of the Calder Post and paid for this piece.",
    "The above is an advertisement for Harrow & Pike.",
    "The newsroom was not involved in the creation of this content.",
    "Our journalists had no part in the writing of this article.",
    "© Harrow & Pike 2026. Sponsored.",
    "Advertiser: Harrow & Pike",
    "Sponsor: Harrow & Pike",
    "Content produced by our commercial team for Harrow & Pike.",
    "This content was created by our commercial content studio.",
    "Sponsored\nby Harrow & Pike",
    "Paid for\nby\nHarrow & Pike",
]


@pytest.mark.parametrize("headline", IN_HEADLINE)
def test_a_label_inside_the_headline_makes_the_piece_sponsored_and_is_lifted_out(headline):
    article = the_advert(
        f"{headline.format(HEADLINE)}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n"
    )
    assert article.verdict is PAID
    assert article.headline == HEADLINE


@pytest.mark.parametrize("label", BELOW)
def test_a_label_after_the_text_makes_the_piece_sponsored(label):
    page = f"{HEADLINE}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n\n{label}\n"
    assert the_advert(page).verdict is PAID


@pytest.mark.parametrize("label", BELOW)
def test_a_label_in_the_footer_under_links_makes_the_piece_sponsored(label):
    page = (
        f"{HEADLINE}\n\nBy Nora Felling\n\n{TEXT}\n\nShare this article\n\n{label}\n\nBack to top\n"
    )
    assert the_advert(page).verdict is PAID
