"""Every way a page says "somebody paid": the label alone must carry the verdict.

The text under the label is written to deceive: third person, signed, without praise or address.
"""

from pathlib import Path

import pytest
from tests.articles.paid.adverts import HEADLINE, PAID, STANDFIRST, TEXT, split, the_advert

from briefing.model.article import Verdict

PAGES = Path(__file__).parents[1] / "pages"

#: The label as printed, alone on its line (or lines); the plain ones are rows of a file.
ABOVE = [
    *(PAGES / "labels.txt").read_text(encoding="utf-8").splitlines(),
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
