"""Every way a page says "somebody paid": the label alone must carry the verdict.

The text under the label is written to deceive: third person, signed, without praise or address.
"""

import pytest

from briefing.articles import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

HEADLINE = "How market towns are learning to heat themselves"
STANDFIRST = "In Harle and three other towns the boiler is going out of fashion."
TEXT = (
    "The town of Harle has 4,000 homes and, until last spring, almost as many gas boilers. A third "
    "of them have gone, and those who live with the new pumps say that the winter was warm.\n\n"
    "The pumps were put in street by street. An engineer from Harrow & Pike told a meeting in May "
    "that the pipes under the market were older than the railway, and that nobody had drawn them.\n\n"
    "Three more towns will follow in the autumn, among them Calder and Orme."
)
PAID = Verdict.SPONSORED

#: The label as printed, alone on its line (or lines) above the headline.
ABOVE = [
    "Sponsored",
    "SPONSORED",
    "sponsored",
    "Sponsored:",
    "(Sponsored)",
    "[Sponsored]",
    "* Sponsored *",
    "— Sponsored —",
    "#sponsored",
    "#ad",
    "Sponsored content",
    "Sponsored Content |",
    "Sponsored post",
    "Sponsor content",
    "Sponsor's message",
    "Sponsored by Harrow & Pike",
    "Sponsored by: Harrow & Pike",
    "SPONSORED BY HARROW & PIKE",
    "sponsored by harrow & pike",
    "Sponsored feature from Harrow & Pike",
    "Sponsored | 12 March 2026",
    "Sponsored · 4 min read",
    "Politics | Sponsored",
    "Energy / Partner content",
    "Special report sponsored by Harrow & Pike",
    "Paid for by Harrow & Pike",
    "Paid for by: Harrow & Pike",
    "PAID FOR BY HARROW & PIKE",
    "paid for by harrow & pike",
    "Paid for and presented by Harrow & Pike",
    "Paid content",
    "Paid Content: Harrow & Pike",
    "Paid post",
    "Paid partnership",
    "Paid partnership with Harrow & Pike",
    "This content is paid for by Harrow & Pike",
    "This is a paid advertisement",
    "Advertisement feature",
    "ADVERTISEMENT FEATURE",
    "Advertisement  Feature",
    "Advertisement feature from Harrow & Pike",
    "Advertising feature",
    "Advertiser content",
    "Advert feature",
    "Ad feature",
    "Advertorial",
    "advertorial",
    "Native advertising",
    "Native ad",
    "Promoted",
    "Promoted content",
    "Promoted by Harrow & Pike",
    "Promotional feature",
    "Commercial content",
    "Commercial feature",
    "Commercial partner content",
    "Branded content",
    "Brand content",
    "Partner content",
    "PARTNER CONTENT",
    "Partner feature",
    "Partner content: Harrow & Pike",
    "Partner content by Harrow & Pike",
    "From our partners",
    "Content from our partner Harrow & Pike",
    "Content provided by Harrow & Pike",
    "In association with Harrow & Pike",
    "IN ASSOCIATION WITH HARROW & PIKE",
    "in association with harrow & pike",
    "In association with: Harrow & Pike",
    "Produced in association with Harrow & Pike",
    "In partnership with Harrow & Pike",
    "In paid partnership with Harrow & Pike",
    "Created in collaboration with Harrow & Pike",
    "Brought to you by Harrow & Pike",
    "Presented by Harrow & Pike",
    "Powered by Harrow & Pike",
    "Supported by Harrow & Pike",
    "Funded by Harrow & Pike",
    "A message from our sponsor",
    "A message from Harrow & Pike",
    "Bezahlter Inhalt",
    "Contenu sponsorisé",
    "Publirreportaje",
    # a second set, written after the rules
    "This is sponsored content",
    "Sponsored by our friends at Harrow & Pike",
    "Presented in association with Harrow & Pike",
    "Harrow & Pike | Paid partnership",
    "Harrow & Pike presents",
    "Advertiser: Harrow & Pike",
    "Produced for Harrow & Pike",
    "Created by Calder Studio for Harrow & Pike",
    "Paid promotion",
    "Paid ad",
    "Includes paid promotion",
    "Contains paid promotion",
    "Commissioned by Harrow & Pike",
    "Content by Harrow & Pike",
    "Advertisement promotion",
    "Promotional content from Harrow & Pike",
    "Sponsored Q&A",
    "Sponsored interview",
    "Sponsored supplement",
    "Media partner: Harrow & Pike",
    "Client content",
    "Hosted by Harrow & Pike",
    "A collaboration with Harrow & Pike",
    "Harrow & Pike: paid content",
    "Ad | Harrow & Pike",
    "Advertisement by Harrow & Pike",
    "Advertisement — Harrow & Pike",
    "Advertisement from Harrow & Pike",
    "Advt feature",
    "ADVERTISEMENT FEATURE BY HARROW & PIKE",
    "Sponsored by Department for Ports",
    "sponsored by the department for ports",
    "In association with the Department for Ports",
    "Paid for by HM Government",
    "A message from HM Government",
    "Together with Harrow & Pike",
    "In proud partnership with Harrow & Pike",
    "Official partner: Harrow & Pike",
    "Sponsored | Harrow & Pike | 5 min read",
    "Sponsored Content • Energy",
    "Energy • In association with Harrow & Pike",
    "PAID POST",
    "Paid Program",
    "Paid Programme from Harrow & Pike",
    "Custom content from Harrow & Pike",
    "Calder Studio | Paid content",
    "BrandVoice",
    "Sponsored Voices",
    "Sponsored guest post",
    "Gesponsert von Harrow",
    "Sponsorisé par Harrow",
    "Contenuto sponsorizzato",
    "Patrocinado por Harrow",
    "This article contains sponsored content",
    "The following is a paid advertisement by Harrow & Pike",
    "Paid-for content",
    "Paid-for editorial",
    "Advertisement features",
    "SPONSORED  CONTENT",
    "★ Sponsored ★",
    "Sponsored ⓘ",
    "ⓘ Sponsored",
    "Sponsored >",
    "[Paid content]",
    "{Sponsored}",
    "«Sponsored»",
    "“Sponsored”",
    "Sponsored.",
    "Sponsored!",
    "Sponsored content.",
    "Sponsored *",
    "_Sponsored_",
    "**Sponsored**",
    "## Sponsored",
    "Sponsored content – what is this?",
    "Sponsored (what is this?)",
    # split over lines
    "Advertisement\nfeature",
    "Sponsored\nby\nHarrow & Pike",
    "Sponsored by\nHarrow & Pike",
    "Paid for\nby Harrow & Pike",
    "Paid for by\n\nHarrow & Pike",
    "In association with\nHarrow & Pike",
    "In\nassociation\nwith\nHarrow & Pike",
    "Brought to you by\nHarrow & Pike",
    "Partner\ncontent",
    # disguised by characters nobody sees
    "Spon\u00adsored",
    "Spon\u200bsored con\u200btent",
    "Spon\u200dsored",
    "Spon\u200csored",
    "Paid\u00a0for\u00a0by\u00a0Harrow & Pike",
    "Advertisement\u00a0feature",
    "Advertisement\u2009feature",
    "\u200eSponsored\u200f",
    "\u202aSponsored\u202c",
    "\ufeffSponsored",
    "S P O N S O R E D",
    "Ｓponsored",
    "Spоnsored",  # a Cyrillic letter
    "S&shy;ponsored",
    '<span class="tag">Sponsored</span>',
    "<b>Paid</b> <i>content</i>",
]

#: Slots: the word stands over articles and over empty frames alike, so asking is right.
SLOTS = [
    "Advertisement",
    "ADVERTISEMENT",
    "Advert",
    "Ad",
    "AD",
    "[AD]",
    "Anzeige",
    "Werbung",
    "Publicité",
]


def split(text):
    return split_page(Page(name="page", body=text.encode()))


def the_advert(text):
    (article,) = (found for found in split(text) if "Harle has 4,000 homes" in found.text)
    return article


@pytest.mark.parametrize("label", ABOVE)
def test_a_label_above_the_headline_makes_the_piece_sponsored(label):
    page = f"{label}\n\n{HEADLINE}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n"
    assert the_advert(page).verdict is PAID


@pytest.mark.parametrize("label", ABOVE)
def test_a_label_glued_to_the_headline_makes_the_piece_sponsored(label):
    page = f"{label}\n{HEADLINE}\n{STANDFIRST}\nBy Nora Felling\n\n{TEXT}\n"
    assert the_advert(page).verdict is PAID


@pytest.mark.parametrize("label", ABOVE)
def test_a_label_under_the_headline_makes_the_piece_sponsored(label):
    page = f"{HEADLINE}\n\n{label}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n"
    assert the_advert(page).verdict is PAID


@pytest.mark.parametrize("label", ABOVE)
def test_a_label_between_a_report_and_an_advert_is_the_adverts(label):
    report = (
        "Peers back amendment on rents\n\nThe amendment passed the Lords by 31 votes last night. It was "
        "brought by Lord Askham, who has tried three times before and failed.\n\n"
        "Idris Fenn is political editor of the Calder Post.\n\n"
    )
    page = f"{report}{label}\n\n{HEADLINE}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n"
    found = split(page)
    assert [article.headline for article in found] == ["Peers back amendment on rents", HEADLINE]
    assert [article.verdict for article in found] == [Verdict.EDITORIAL, PAID]


@pytest.mark.parametrize("label", SLOTS)
def test_a_bare_advertisement_over_the_headline_is_never_passed_over(label):
    page = f"{label}\n\n{HEADLINE}\n\n{STANDFIRST}\n\nBy Nora Felling\n\n{TEXT}\n"
    assert the_advert(page).verdict is not Verdict.EDITORIAL
