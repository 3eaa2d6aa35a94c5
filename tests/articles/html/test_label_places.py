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


SAID = [
    "<div class=badge><button>Paid for by Gullane</button></div>",
    "<div><button>Paid content</button><div class=tooltip>Somebody has paid for this.</div></div>",
    "<details><summary>Paid content</summary>An advertiser has paid for it and our traders made it.</details>",
    "<div class=note><p>Sponsored</p><p>Advertisers pay to have their stories told here.</p></div>",
    "<div role=note aria-label='Advertisement feature by Gullane'></div>",
    "<p>By Echo Studio for Gullane</p>",
    "<p>Echo Brand Lab for Gullane</p>",
]
TRAILS = [
    "<ol class=breadcrumb><li><a href=/>Home</a></li><li><a href=/s>Sponsored content</a></li></ol>",
    "<nav aria-label=Breadcrumb><a href=/>Home</a> <a href=/p>Partner content</a></nav>",
]


@pytest.mark.parametrize("said", SAID)
def test_what_a_button_a_note_or_a_studio_says_over_the_text_holds_the_piece(said):
    found = first(page("en", within=said))
    assert found.verdict in (Verdict.SPONSORED, Verdict.UNSURE), found.sponsorship.evidence


@pytest.mark.parametrize("trail", TRAILS)
def test_the_trail_of_sections_files_the_page_under_what_it_says(trail):
    assert first(page("en", before=trail)).verdict is Verdict.SPONSORED


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=ad-slot aria-label=Sponsored><iframe></iframe></div>",
        "<div class=box><p>Sponsored</p><p>Open an account before the summer.</p><a href=/b>Open it</a></div>",
        "<div><button>Share</button><button>Advertisement</button></div>",
        "<p>By Ada Holm for the Tolleth Echo</p>",
    ],
    ids=["a named slot", "an advert with a link", "buttons", "a writer for a paper"],
)
def test_places_of_adverts_over_the_text_accuse_nobody(markup):
    found = first(page("en", within=markup))
    assert found.verdict is Verdict.EDITORIAL, found.sponsorship.evidence


def test_the_payer_in_a_picture_ends_where_the_picture_does():
    label = 'Supported by<a href=/g><img alt="Gullane Light"></a><a href=/a>About this content</a>'
    found = first(page("en", within=f"<div class=badge>{label}</div>"))
    assert (found.verdict, found.sponsorship.sponsor) == (Verdict.SPONSORED, "Gullane Light")


def test_a_label_that_is_all_of_a_box_next_to_a_report_accuses_nobody():
    told = (
        "<p>The council spent £80,000 on posts in the year before the vote, its accounts show.</p>"
        "<p>They praised the swimming pool and did not say who had paid for them.</p>"
        "<p>“Labels were missing,” said an auditor.</p>"
    )
    aside = "<aside class=rail><p>Advertisement</p></aside>"
    found = first(
        f"<main><article><h1>Pool posts</h1><p>By Ida Orr</p>{told}{aside}</article></main>"
    )
    assert found.verdict is Verdict.EDITORIAL, found.sponsorship.evidence


@pytest.mark.parametrize(
    "note",
    [
        "<p>This is brand content provided by Gullane. No journalist of ours had a hand in it.</p>",
        "<p>Articol susținut de Gullane</p>",
    ],
)
@pytest.mark.parametrize("label", ["Advertisement", "ADVERTORIAL"])
def test_a_line_that_says_what_a_label_means_may_stand_between_it_and_the_headline(label, note):
    piece = first(page("en", over=f"<div class=label>{label}</div>{note}"))
    assert piece.verdict is Verdict.SPONSORED


def test_a_sentence_that_is_a_label_counts_over_the_headline_and_names_who_paid():
    over = "<div>ANNONS</div><p>Det här är en annons från Gullane Sängar.</p>"
    piece = first(page("en", over=over))
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.SPONSORED, "Gullane Sängar")


def test_an_empty_slot_over_a_sections_name_is_no_label_of_the_piece():
    over = "<div>Advertisement</div><p class=section>Islands</p>"
    assert first(page("en", over=over)).verdict is Verdict.EDITORIAL


@pytest.mark.parametrize("marks", ["“{}”", "«{}»", "„{}“"])
def test_a_sentence_on_the_words_of_a_label_is_a_sentence(marks):
    told = f"{marks.format('Sponsored by Gullane')} stood at the foot, in grey, where few looked."
    piece = first(page("en", within=f"<p>By Ada Holm</p><p>{told}</p>"))
    assert piece.verdict is Verdict.EDITORIAL
    assert told in [paragraph.text for paragraph in piece.paragraphs]


@pytest.mark.parametrize("named", ["cat", "rubrique", "post-cat", "seccion"])
def test_a_linked_section_on_advertising_over_a_signed_report_is_no_label(named):
    over = f'<div class={named}><a href="/advertising" rel="category tag">Advertising</a></div>'
    piece = first(page("en", over=over, within="<p>By Ada Holm</p>"))
    assert (piece.verdict, piece.section) == (Verdict.EDITORIAL, "Advertising")


def test_a_slot_in_a_box_of_its_own_over_the_head_of_a_series_is_no_label_of_the_piece():
    over = "<div class=leaderboard><span>Advertisement</span></div><p>In this series</p>"
    piece = first(page("en", over=over, within="<p>By Ada Holm</p>"))
    assert piece.verdict is Verdict.EDITORIAL


def test_a_slot_in_a_box_of_its_own_between_paragraphs_throws_no_doubt_on_what_follows():
    headline, *told = STORIES["en"]
    slot = "<div class=x1><div>Advertisement</div></div>"
    body = f"<p>{told[0]}</p>{slot}<p>Residents had raised 40,000 pounds to bring the case.</p>"
    article = f"<article><h1>{headline}</h1>{body}</article>"
    assert (
        first(f"<html lang=en><title>{headline}</title>{article}</html>").verdict
        is Verdict.EDITORIAL
    )


def test_where_a_piece_on_payment_first_stood_is_no_disclosure():
    end = (
        "<p>The can that paid for itself was originally published in Isle Notes on Medium, where people are "
        "continuing the conversation by highlighting and responding to this story.</p>"
    )
    assert first(page("en").replace("</article>", f"{end}</article>")).verdict is Verdict.EDITORIAL


@pytest.mark.parametrize(("language", "label"), [("en", "Contenu commandité"), ("zh", "特約內容")])
def test_labels_of_quebec_and_hong_kong_are_labels(language, label):
    assert first(page(language, over=f"<p>{label}</p>")).verdict is Verdict.SPONSORED


@pytest.mark.parametrize(
    ("named", "word"), [("seccio", "Publicitat"), ("kanal", "Iklan"), ("surtitre", "Publicité")]
)
def test_a_linked_section_in_any_language_over_a_signed_report_is_no_label(named, word):
    over = f"<p class={named}><a href=/x>{word}</a></p>"
    assert first(page("en", over=over, within="<p>Oleh Ada Holm</p>")).verdict is Verdict.EDITORIAL


def test_a_word_that_the_law_offers_and_reports_use_too_is_left_to_an_editor_over_a_signed_text():
    over = "<p>Collaboration commerciale</p>"
    assert first(page("en", over=over)).verdict is Verdict.SPONSORED
    assert first(page("en", over=over, within="<p>By Ada Holm</p>")).verdict is Verdict.UNSURE
