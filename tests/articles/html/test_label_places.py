"""Where a page may say that somebody paid: over the text in the headline's own element, and around the text."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

STORIES = {
    "en": (
        "Lamp oil for every island",
        "A litre of lamp oil lasts a household nine evenings, and most of them buy it by the spoon.",
        "Gullane sends a can by the morning boat and takes the empty one back, so that nobody carries it twice.",
    ),
    "de": (
        "Lampenöl für jede Insel",
        "Ein Liter Lampenöl reicht einem Haushalt neun Abende, und die meisten kaufen es löffelweise.",
        "Möwenlicht schickt eine Kanne mit dem Morgenboot und nimmt die leere mit, damit niemand zweimal trägt.",
    ),
    "ja": (
        "すべての島にランプの油を",
        "島の家では一リットルの油で九晩を過ごし、たいていの家はそれを匙で買っているという。",
        "かもめ灯は朝の船で缶を届け、空の缶を持ち帰るので、誰も二度運ばなくてよい。",
    ),
    "ar": (
        "زيت المصابيح لكل جزيرة",
        "يكفي لتر من زيت المصابيح بيتا في الجزيرة تسع ليال، ومعظم الناس يشترونه بالملعقة.",
        "ترسل شركة النورس علبة مع قارب الصباح وتعيد الفارغة، فلا يحملها أحد مرتين.",
    ),
    "zh": (
        "每座岛都有灯油",
        "岛上人家一升灯油能点九个晚上，大多数人家是用勺子一勺一勺买的。",
        "海鸥灯行每天早上用船送来一桶，再把空桶带回去，谁也不用搬两次。",
    ),
}
BARE = [
    ("en", "Advertisement"),
    ("de", "Anzeige"),
    ("ja", "広告"),
    ("ar", "إعلان"),
    ("ar", "إعلان مدفوع"),
    ("zh", "推广"),
]


def page(language, over="", within="", before=""):
    headline, *text = STORIES[language]
    told = "".join(f"<p>{paragraph}</p>" for paragraph in text)
    return (
        f"<html lang={language}><title>{headline}</title><body>{before}<main><article>{over}"
        f"<h1>{headline}</h1>{within}{told}</article></main></body></html>"
    )


def first(markup):
    """The first piece of a page."""
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))[0]


@pytest.mark.parametrize(("language", "label"), BARE)
@pytest.mark.parametrize("dated", ["", "<p>20.11.2026</p>"], ids=["", "under a date"])
def test_a_bare_label_between_headline_and_text_in_their_own_element_is_of_the_piece(
    language, label, dated
):
    found = first(page(language, within=f"{dated}<p class=k>{label}</p>"))
    assert found.verdict is Verdict.SPONSORED, found.sponsorship.evidence


@pytest.mark.parametrize(("language", "label"), BARE[:4])
@pytest.mark.parametrize(
    "frame", ["<div class=ad-slot>{}</div>", "<div id=ad-1><p>{}</p><iframe></iframe></div>"]
)
def test_a_bare_label_in_a_frame_that_is_filled_later_accuses_nobody(language, label, frame):
    found = first(page(language, within=frame.format(label)))
    assert found.verdict is Verdict.EDITORIAL, found.sponsorship.evidence
