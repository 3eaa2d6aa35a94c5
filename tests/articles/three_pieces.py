"""A page of three short pieces, and how a page in text is split."""

from briefing.articles.split_page import split_page
from briefing.model.page import Page

ONE = (
    "The town of Harle has 4,000 homes and, until last spring, almost as many gas boilers. A third of "
    "them have gone, and those who live with the new pumps say that the winter was warm.\n\n"
    "Three more towns will follow in the autumn, among them Calder and Orme, the council said."
)
TWO = (
    "The amendment passed the Lords by 31 votes last night. It was brought by Lord Askham, who has "
    "tried three times before and failed each time he tried.\n\n"
    "The government will try to overturn the vote next week, and the whips are counting again."
)
THREE = (
    "A vote in the Welsh parliament was tied at 30 each and was lost on the chair's vote, as the rules "
    "of that house demand when nobody has a majority.\n\nThe opposition said it would try again."
)
BIOGRAPHY = "Mara Quill is political editor of the Calder Post."


def split(text):
    return split_page(Page(name="page", body=text.encode()))
