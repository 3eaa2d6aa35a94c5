"""HTML pages: read as a reader sees them, with the labels that only the markup holds."""

import pytest

from briefing.articles.split_page import split_page
from briefing.model.article import Verdict
from briefing.model.page import Page

PARAGRAPHS = (
    "<p>The town of Harle has 4,000 homes and, until last spring, almost as many gas boilers. A third "
    "of them have gone, and those who live with the new pumps say that the winter was warm.</p>"
    "<p>An engineer from <a href='/hp'>Harrow &amp; Pike</a> told a meeting in May that the pipes under "
    "the market were older than the railway, and that nobody had drawn them.</p>"
    "<p>Three more towns will follow in the autumn, among them Calder and Orme.</p>"
)
PIECE = "<h1>How market towns heat themselves</h1><p class=byline>By Nora Felling</p>" + PARAGRAPHS

#: Names are for style sheets and tags for searches: either may say what a piece is about.
NAMES_ALONE = {
    "a class of the article": f"<body><article class='post post--sponsored'>{PIECE}</article></body>",
    "a class of the body": f"<body class='single category-sponsored-content'>{PIECE}</body>",
    "a class in camel case": f"<body><div class='paidContent'>{PIECE}</div></body>",
    "an id": f"<body><div id='partner-content'>{PIECE}</div></body>",
    "a tag among others": (
        f"<head><meta property='article:tag' content='energy, sponsored, towns'></head><body>{PIECE}</body>"
    ),
}
HIDDEN_LABELS = {
    "a data attribute that is on": f"<body><article data-sponsored='true'>{PIECE}</article></body>",
    "a data attribute without value": f"<body><article data-advertorial='1'>{PIECE}</article></body>",
    "a data attribute that names a type": f"<body><main data-type='paid-post'>{PIECE}</main></body>",
    "a data attribute that names the sponsor": (
        f"<body><article data-sponsor-name='Harrow &amp; Pike'>{PIECE}</article></body>"
    ),
    "an aria-label": f"<body><article aria-label='Sponsored content'>{PIECE}</article></body>",
    "a schema type": (
        f"<body><div itemtype='https://schema.org/AdvertiserContentArticle'>{PIECE}</div></body>"
    ),
    "a meta switch": f"<head><meta name='article:sponsored' content='true'></head><body>{PIECE}</body>",
    "a meta type": f"<head><meta name='page-type' content='Advertorial'></head><body>{PIECE}</body>",
    "a meta section": (
        f"<head><meta property='article:section' content='Partner Content'></head><body>{PIECE}</body>"
    ),
    "a meta sponsor": f"<head><meta name='sponsor' content='Harrow &amp; Pike'></head><body>{PIECE}</body>",
    "JSON-LD of an advertiser": (
        '<head><script type="application/ld+json">{"@graph": [{"@type": "AdvertiserContentArticle"}]}'
        f"</script></head><body>{PIECE}</body>"
    ),
    "JSON-LD with a sponsor": (
        '<head><script type="application/ld+json">{"@type": "NewsArticle", "sponsor": '
        f'{{"@type": "Organization", "name": "Harrow & Pike"}}}}</script></head><body>{PIECE}</body>'
    ),
    "the title of the page": f"<head><title>Warm towns | Sponsored</title></head><body>{PIECE}</body>",
    "a picture's description": f"<body><img alt='Sponsored by Harrow &amp; Pike'>{PIECE}</body>",
    "a logo behind the label": f"<body><div>In association with <img alt='Harrow'></div>{PIECE}</body>",
    "a logo without description": f"<body><div>Paid for by <img src=logo.png></div>{PIECE}</body>",
}
SEEN_LABELS = {
    "a badge over the headline": f"<body><span class=tag>Sponsored</span>{PIECE}</body>",
    "a badge in the line of the headline": (
        "<body><h1><span>Sponsored</span> How market towns heat themselves</h1>"
        + PARAGRAPHS
        + "</body>"
    ),
    "a label broken by tags": f"<body><p><b>Paid</b> <i>content</i></p>{PIECE}</body>",
    "a label broken by line breaks": f"<body><p>Paid for<br>by<br>Harrow &amp; Pike</p>{PIECE}</body>",
    "a label with a soft hyphen": f"<body><p>Adver&shy;tisement fea&shy;ture</p>{PIECE}</body>",
    "a label with joiners": f"<body><p>Spon&zwnj;sored&#8203; content</p>{PIECE}</body>",
    "a label in the site's header": f"<body><header><p>Partner content</p></header>{PIECE}</body>",
    "a label in the footer": f"<body>{PIECE}<footer><p>Advertisement feature</p></footer></body>",
    "a payer in the footer": f"<body>{PIECE}<footer>Paid for by Harrow &amp; Pike</footer></body>",
    "a label under the headline": (
        "<body><h1>How market towns heat themselves</h1><div>In partnership with Harrow &amp; Pike</div>"
        + PARAGRAPHS
        + "</body>"
    ),
    "a sentence at the foot": (
        f"<body>{PIECE}<p><small>This article was paid for by Harrow &amp; Pike.</small></p></body>"
    ),
    "a label hidden by style": f"<body><p style='display: none'>Sponsored content</p>{PIECE}</body>",
}
NOT_OF_THE_REPORT = {
    "a box of sponsored links": (
        f"<body>{PIECE}<div class='sponsored-links'><p><a href=x>Ten cars nobody wants</a></p></div></body>"
    ),
    "a teaser that is labelled": (
        f"<body>{PIECE}<aside><h2>Warm</h2><p>Sponsored by Harrow &amp; Pike</p></aside></body>"
    ),
    "a sponsored item of a list": (
        f"<body>{PIECE}<ul><li class='sponsored'><a href=x>Pumps for all</a></li></ul></body>"
    ),
    "a body with sponsored boxes": f"<body class='has-sponsored no-sponsored-content'>{PIECE}</body>",
    "a switch that is off": f"<body><article data-sponsored='false'>{PIECE}</article></body>",
    "a meta switch that is off": (
        f"<head><meta name='article:sponsored' content='false'></head><body>{PIECE}</body>"
    ),
    "an event's sponsor": (
        '<head><script type="application/ld+json">{"@type": "Event", "sponsor": {"name": "X"}}'
        f"</script></head><body>{PIECE}</body>"
    ),
    "broken structured data": (
        f'<head><script type="application/ld+json">{{"sponsor": </script></head><body>{PIECE}</body>'
    ),
    "a navigation with an advertiser's link": (
        f"<body><nav><ul><li>Partner content</li><li>Advertise</li></ul></nav>{PIECE}</body>"
    ),
    "a link named sponsored content inside the text": (
        f"<body>{PIECE}<p><a href=x>Sponsored content</a> without a label would be fined under a bill "
        "that ministers published on Tuesday, and that publishers dislike.</p></body>"
    ),
}


def split(markup, name="page"):
    body = f"<!doctype html>\n<html>{markup}</html>".encode()
    return split_page(Page(name=name, body=body, media_type="text/html"))


@pytest.mark.parametrize("markup", HIDDEN_LABELS.values(), ids=HIDDEN_LABELS)
def test_a_label_that_only_the_markup_holds_makes_the_piece_sponsored(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.SPONSORED
    assert article.headline == "How market towns heat themselves"
    assert len(article.paragraphs) == 3


@pytest.mark.parametrize("markup", SEEN_LABELS.values(), ids=SEEN_LABELS)
def test_a_label_on_the_page_makes_the_piece_sponsored(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.SPONSORED
    assert article.headline == "How market towns heat themselves"


@pytest.mark.parametrize("markup", NOT_OF_THE_REPORT.values(), ids=NOT_OF_THE_REPORT)
def test_a_label_of_something_else_on_the_page_does_not_accuse_the_report(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.EDITORIAL, article.sponsorship


def test_an_html_page_gives_the_same_article_as_its_text():
    text = "How market towns heat themselves\n\nBy Nora Felling\n\n" + PARAGRAPHS.replace(
        "</p>", "\n\n"
    ).replace("<p>", "").replace("&amp;", "&").replace("<a href='/hp'>", "").replace("</a>", "")
    (html,) = split(f"<body>{PIECE}</body>")
    (plain,) = split_page(Page(name="page", body=text.encode()))
    assert html == plain


def test_the_sites_own_furniture_is_on_record_with_its_reason():
    markup = (
        "<body><header><a href=/>The Calder Post</a></header><nav><a href=/p>Politics</a></nav>"
        f"{PIECE}<aside><p>A poll of the day</p></aside><footer><p>Calder Post Ltd</p></footer></body>"
    )
    (article,) = split(markup)
    reasons = {line.text: line.reason for line in article.removed}
    assert reasons["The Calder Post"] == "site heading"
    assert reasons["Politics"] == "navigation"
    assert reasons["A poll of the day"] == "box next to the text"
    assert reasons["Calder Post Ltd"] == "foot of the page"


def test_scripts_styles_and_comments_are_no_text():
    markup = (
        "<body><script>if (a < b) { document.write('<p>Sponsored</p>') }</script><style>p{}</style>"
        f"<!-- Sponsored content <p>by Harrow</p> --><noscript>Turn it on</noscript>{PIECE}</body>"
    )
    (article,) = split(markup)
    assert article.verdict is Verdict.EDITORIAL
    assert "document" not in article.text
    assert "Turn it on" not in article.text


def test_a_figures_caption_is_a_caption_and_no_paragraph():
    figure = (
        "<figure><img src=a alt=''><figcaption>The market in May. Photo: PA</figcaption></figure>"
    )
    (article,) = split(f"<body>{PIECE}{figure}</body>")
    assert article.captions == ("The market in May.",)


@pytest.mark.parametrize("markup", NAMES_ALONE.values(), ids=NAMES_ALONE)
def test_a_name_in_the_markup_is_no_proof_and_is_asked_about(markup):
    (article,) = split(markup)
    assert article.verdict is Verdict.UNSURE
    assert article.sponsorship.sponsor is None


def test_a_class_and_a_tag_for_what_a_report_is_about_ask_nothing():
    tags = "<head><meta name=keywords content='towns, sponsored content'></head>"
    (article,) = split(f"{tags}<body class='single tag-sponsored-content'>{PIECE}</body>")
    assert article.verdict is Verdict.EDITORIAL


def test_a_linked_section_on_advertising_over_a_signed_text_is_no_label():
    over = "<p class=section><a href=/trade>Advertising</a></p>"
    (article,) = split(f"<body><article>{over}{PIECE}</article></body>")
    assert (article.verdict, article.section) == (Verdict.EDITORIAL, "Advertising")


def test_two_articles_of_a_page_are_two_pieces_and_only_the_labelled_one_is_paid():
    report = (
        "<h2>Peers back amendment on rents by 31 votes</h2><p>By Idris Fenn</p>"
        + PARAGRAPHS.replace("4,000", "5,000")
    )
    advert = f"<article data-type='partner-content'>{PIECE.replace('h1', 'h2')}</article>"
    found = split(f"<body><article>{report}</article>{advert}</body>")
    assert [article.verdict for article in found] == [Verdict.EDITORIAL, Verdict.SPONSORED]


def test_a_text_with_a_few_tags_in_it_is_still_a_text():
    body = b"Whips lose count\n\nThe <em>Post</em> reports that a vote was lost. It was <b>nine</b> short.\n"
    (article,) = split_page(Page(name="page", body=body))
    assert article.text == "The Post reports that a vote was lost. It was nine short."


@pytest.mark.parametrize(
    "junk",
    ["<a ", "<!--", "<div>", "</div>", "<p", "&", "<script>", "<svg>", "<![CDATA[", "<p class='"],
)
def test_broken_markup_takes_no_more_than_linear_time_and_loses_no_text_above_it(junk):
    (article,) = split(f"<body>{PIECE}{junk * 20_000}</body>")
    assert len(article.paragraphs) >= 3
