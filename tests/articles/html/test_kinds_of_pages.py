"""Letters, AMP, pages in one form, pages behind a paywall, and lists of cards, as sites build them."""

import pytest

from briefing.articles.split_page import split_page
from briefing.errors import PageRefused
from briefing.model.page import Page

TEXT = (
    "The ferry to Gull Island ran again on Friday after a week in which nobody had been able to say where its "
    "propeller was. It had been in the church, the harbour master said, under a cloth.",
    "Two hundred islanders had waited on the quay since six. The first of them aboard was the postman, who "
    "had nine "
    "sacks with him and a goose that somebody had sent to an aunt.",
    "The council has asked for a report. It wants to know who took the propeller, and why the vicar had "
    "thought that "
    "it was an offering.",
)
ONE, TWO, THREE = (f"<p>{text}</p>" for text in TEXT)
TITLE = "Ferry runs again"
CARD = "<article class=card><a href=/{0}><h2>{1}</h2></a><p>{2}</p><time>{0} March 2026</time></article>"
CARDS = "".join(
    CARD.format(number, title, told)
    for number, (title, told) in enumerate(
        (
            (
                "Goose arrives at aunt's after nine days",
                "The goose was well, and the aunt surprised.",
            ),
            ("Council asks for report on propeller", "It wants to know who took it, and why."),
            (
                "Vicar says he thought it an offering",
                "He had found it on the steps, under a cloth.",
            ),
            (
                "Price of stamps rises again in July",
                "Second class goes up by a penny, the post said.",
            ),
        ),
        start=1,
    )
)


def document(body, head="", opening="<html lang=en>"):
    start = f"<!doctype html>{opening}<head><meta charset=utf-8>{head}<title>{TITLE}</title></head>"
    return f"{start}<body>{body}</body></html>"


def read(markup):
    return split_page(Page(name="page", body=markup.encode(), media_type="text/html"))


WHOLE = {
    "AMP with slots, a list and a sidebar": document(
        f"<amp-sidebar id=s><ul><li><a href=/b>Advertise with us</a></ul></amp-sidebar><article>"
        f"<h1>{TITLE}</h1>{ONE}"
        f"<div class=w><span>Advertisement</span><amp-ad width=300></amp-ad></div>{TWO}{THREE}"
        "<amp-list src=/x><template type=amp-mustache><p>{{title}}</p></template></amp-list></article>",
        opening="<html ⚡ lang=en>",
    ),
    "AMP with links in a placeholder and a paid fallback": document(
        f"<article><h1>{TITLE}</h1>{ONE}<amp-embed type=x><div placeholder>"
        f"<p>Sponsored links you may like</p></div>"
        f"</amp-embed>{TWO}<amp-ad type=native><div fallback><p>Sponsored</p>"
        f"<p>Open an account with Tern Bank today "
        f"and your savings will earn twice what they earn now.</p></div></amp-ad>{THREE}</article>",
        opening="<html amp lang=en>",
    ),
    "one form around a page of ASP.NET": document(
        f"<form id=f method=post><div id=top><a href=/>Home</a><input name=q></div><div id=main>"
        f"<h1>{TITLE}</h1>{ONE}{TWO}"
        f"{THREE}</div><div id=n><label>Your e-mail</label><input name=e><button>Subscribe</button></div>"
        f"</form>"
    ),
    "one form with a poll in the text": document(
        f"<form action=/v><table><tr><td><h1>{TITLE}</h1>{ONE}{TWO}<fieldset><legend>Poll</legend><label>"
        f"<input type=radio>"
        f" Yes</label><label><input type=radio> No</label><button>Vote</button></fieldset>{THREE}</td></tr>"
        f"</table></form>"
    ),
    "one form without paragraphs": document(
        f"<form><div class=t><h2>{TITLE}</h2></div><div class=x>{'<br><br>'.join(TEXT)}</div>"
        f"<input type=button></form>",
        f"<meta property=og:title content='{TITLE}'>",
    ),
    "a story with cards below": document(
        f"<main><article><h1>{TITLE}</h1>{ONE}{TWO}{THREE}</article><section>{CARDS}</section></main>"
    ),
}
CUT = {
    "JSON-LD": (
        f"<article><h1>{TITLE}</h1>{ONE}<div class=paywall><h3>Read on with a subscription</h3>"
        f"<button>Subscribe now</button>"
        "<p>Already a subscriber? <a href=/l>Log in</a></p></div></article>",
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry runs '
        'again","isAccessibleForFree":"False"}</script>',
    ),
    "microdata": (
        f"<div itemscope itemtype=http://schema.org/NewsArticle>"
        f"<meta itemprop=isAccessibleForFree content=false><h1>{TITLE}"
        f"</h1>{ONE}<a href=/a>Subscribe</a></div>",
        "",
    ),
    "a tier": (
        f"<article><h1>{TITLE}</h1>{ONE}<section><h2>For subscribers</h2>"
        f"<a href=/s>Start your free trial</a></section></article>",
        "<meta name=article:content_tier content=locked>",
    ),
}
LISTS = {
    "cards": f"<main><h1>News</h1>{CARDS}<a href=?p=2>Older posts</a></main>",
    "an author's page": (
        "<main><h1>Oda Lind</h1><p>Oda Lind is the Courier's islands reporter.</p><ul>"
        "<li><a href=/1>Goose arrives at aunt's</a> 1 March</li><li>"
        "<a href=/2>Council asks for report</a> 2 March</li>"
        "<li><a href=/3>Price of stamps rises again</a> 3 March</li></ul></main>"
    ),
    "results of a search": (
        "<main><h1>Search results for ferry</h1><p>3 results</p><ol>"
        + "".join(
            f"<li><h3><a href=/{n}>Ferry story number {n}</a></h3><p>It was under a cloth. ...</p></li>"
            for n in "123"
        )
        + "</ol></main>"
    ),
}


@pytest.mark.parametrize("markup", WHOLE.values(), ids=WHOLE)
def test_the_story_is_read_whole_and_without_what_stands_around_it(markup):
    (found,) = read(markup)
    assert found.headline == TITLE
    assert found.text == "\n\n".join(TEXT)
    assert found.published is None


@pytest.mark.parametrize(("body", "head"), CUT.values(), ids=CUT)
def test_what_a_paywall_cuts_is_flagged_and_its_buttons_go(body, head):
    (found,) = read(document(body, head))
    assert found.text == TEXT[0]
    assert "cut short by a paywall" in found.flags


@pytest.mark.parametrize("body", LISTS.values(), ids=LISTS)
def test_a_page_of_cards_is_refused_with_their_number(body):
    with pytest.raises(PageRefused, match=r"a listing of \d articles"):
        read(document(body))


def test_each_letter_of_a_page_keeps_its_heading_and_its_writer():
    letters = "".join(
        f"<section><h3>{heading}</h3><p>{text}</p><p><b>{writer}</b></p></section>"
        for text, heading, writer in (
            (TEXT[0], "The wrong tide", "R. Askew, Tolby"),
            (TEXT[1], "In defence of gulls", "Juno Marsh, Harle"),
        )
    )
    (found,) = read(document(f"<main><h1>Letters to the Courier</h1>{letters}</main>"))
    texts = [part.text for part in found.paragraphs]
    assert texts[0] == "The wrong tide"
    assert "R. Askew, Tolby" in texts
    assert "Juno Marsh, Harle" in texts
