"""An advert that reads like a report: third person, signed, without praise or address."""

from briefing.articles.split_page import split_page
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


def split(text):
    return split_page(Page(name="page", body=text.encode()))


def the_advert(text):
    (article,) = (found for found in split(text) if "Harle has 4,000 homes" in found.text)
    return article
