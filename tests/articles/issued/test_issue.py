"""A body that speaks for itself is named; a report about what it said stays a report."""

from dataclasses import replace

import pytest

from briefing.articles.files.eml import letter_pages
from briefing.articles.paid.sponsor_rule import SponsorRule
from briefing.articles.split_page import split_page
from briefing.model.article import Basis, Verdict
from briefing.model.page import Page

BODY = (
    "The Guild of Ferry Masters has today asked the islands' council for a winter timetable that "
    "does not end at dusk.\n\n“Nobody plans a life around the last boat at four,” said Oona Pell, who "
    "chairs the guild.\n\nThe council runs eleven boats, of which six are older than thirty years.\n"
)
FOOT = (
    "\nNotes to editors\n\n1. The timetable of last winter is on the council's website.\n\n"
    "About the Guild of Ferry Masters\n\nThe guild speaks for 800 masters in nine ports.\n\n"
    "Media contact: Jon Reve, 01632 960 551, jon@masters.example\n"
)
HEADLINE = "Ferry masters ask for boats after dusk"


def text(written, name="page"):
    return split_page(Page(name=name, body=written.encode()))


def only(written):
    (piece,) = text(written)
    return piece


def letter(sender, subject, body):
    said = f"From: {sender}\nSubject: {subject}\nDate: Sat, 28 Nov 2026 10:00:00 +0000\n\n{body}"
    (page,) = letter_pages(Page(name="letter", body=said.encode()))
    assert isinstance(page, Page)
    (piece,) = split_page(page)
    return piece


def web(body, head="", url=None):
    page = f"<html><head><title>{HEADLINE}</title>{head}</head><body>{body}</body></html>"
    (piece,) = split_page(Page(name="page", body=page.encode(), media_type="text/html", url=url))
    return piece


def article(*around, foot=""):
    told = "".join(f"<p>{part}</p>" for part in BODY.strip().split("\n\n"))
    over, under = around[0] if around else "", foot
    return f"<main><article>{over}<h1>{HEADLINE}</h1>{told}{under}</article></main>"


@pytest.mark.parametrize(
    "over",
    ["FOR IMMEDIATE RELEASE", "Press release", "News release no. 14", "[PRESS STATEMENT]",
     "Embargoed until 00:01, Monday 30 November 2026", "Pressemitteilung", "Communiqué de presse"],
)  # fmt: skip
def test_a_text_under_the_name_of_its_form_was_issued_by_whom_its_first_sentence_names(over):
    piece = only(f"{over}\n\n{HEADLINE}\n\n{BODY}")
    assert piece.verdict is Verdict.ISSUED
    assert piece.headline == HEADLINE
    assert piece.sponsorship.sponsor == "Guild of Ferry Masters"


def test_notes_and_a_contact_for_newsrooms_prove_it_without_any_label():
    piece = only(f"{HEADLINE}\n\n{BODY}{FOOT}")
    assert piece.verdict is Verdict.ISSUED
    assert piece.sponsorship.basis is Basis.DECLARED


def test_what_stands_under_a_release_is_no_part_of_its_text():
    piece = only(f"{HEADLINE}\n\n{BODY}{FOOT}")
    assert "council's website" not in piece.text
    assert any("council's website" in line.text for line in piece.removed)


def test_ends_closes_a_release_and_nothing_below_it_is_told():
    piece = only(f"Press release\n\n{HEADLINE}\n\n{BODY}\n– ENDS –\n{FOOT}")
    assert len(piece.paragraphs) == 3


@pytest.mark.parametrize("subject", [f"PRESS RELEASE: {HEADLINE}", f"{HEADLINE} | Press release"])
def test_the_name_of_the_form_is_never_printed_with_the_headline(subject):
    piece = letter("Oona Pell <oona@masters.example>", subject, BODY)
    assert (piece.headline, piece.verdict) == (HEADLINE, Verdict.ISSUED)


def test_a_press_office_that_sends_a_text_is_asked_about():
    piece = letter("Ferry Masters Press Office <press@masters.example>", HEADLINE, BODY)
    assert (piece.verdict, piece.sponsorship.suspected) == (Verdict.UNSURE, Verdict.ISSUED)
    assert piece.byline == ()
    assert "Ferry Masters speak" in piece.sponsorship.question


def test_a_body_that_speaks_of_its_members_and_its_findings_is_asked_about():
    piece = only(
        "A fair winter for the islands\n\nFerries carry 300,000 people in the dark months. Our members "
        "have waited for a timetable since 2019, and our survey found that four in five masters would "
        "sail at night.\n\nThe council should say yes before the ice comes to the western sound.\n"
    )
    assert piece.verdict is Verdict.UNSURE
    assert "own words" in piece.sponsorship.question


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="document-type" content="press_release">',
        '<meta property="article:section" content="Press Releases">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "genre": "Press release", '
        f'"headline": "{HEADLINE}"}}</script>',
    ],
)
def test_what_a_page_declares_of_its_form_counts(head):
    assert web(article(), head).verdict is Verdict.ISSUED


def test_a_label_over_the_headline_of_a_page_counts():
    assert web(article("<p class='kicker'>Press release</p>")).verdict is Verdict.ISSUED


def test_notes_in_a_page_are_no_part_of_its_text():
    foot = (
        "<h2>Notes to editors</h2><p>The timetable of last winter is on the website.</p>"
        "<p>Media contact: Jon Reve, 01632 960 551</p>"
    )
    piece = web(article(foot=foot))
    assert piece.verdict is Verdict.ISSUED
    assert "last winter is on" not in piece.text


def test_a_menu_that_leads_to_press_releases_says_nothing_of_the_piece():
    menu = "<nav><a href='/p'>Press release</a> <a href='/q'>Media contact</a></nav>"
    foot = "<footer><p>Press office: 01632 960 551</p><p>Press release</p></footer>"
    assert web(f"{menu}{article()}{foot}").verdict is Verdict.EDITORIAL


REPORTS = [
    "The council said in a press release that the boats would sail. The press release, headed “For "
    "immediate release”, left the price out.",
    "“Our members have waited since 2019, and our survey found that four in five would sail,” she "
    "said. “We call on the council to say yes.”",
    "In a statement the guild said: “We believe in night boats.” Notes to editors below it named the "
    "six oldest boats.",
    "The guild's press office did not answer. A contact for the media was not named on its website.",
    "About the Guild of Ferry Masters little is known, and its media contact had left the island.",
]


@pytest.mark.parametrize("told", REPORTS)
def test_a_report_about_a_release_is_a_report(told):
    piece = only(
        f"Masters want boats after dusk\n\nBy Ines Calder\n\n{told}\n\nThe harbour board has met "
        "twice since October, and its minutes do not name the guild once, although three of its "
        "members sail for a living.\n"
    )
    assert piece.verdict is Verdict.EDITORIAL


@pytest.mark.parametrize("told", REPORTS)
def test_a_report_about_a_release_is_a_report_without_a_signature_too(told):
    piece = only(f"Masters want boats after dusk\n\n{told}\n\n{BODY}")
    assert piece.verdict is Verdict.EDITORIAL


def test_a_signed_comment_may_speak_for_a_body():
    piece = only(
        "Let the boats sail after dusk\n\nBy Oona Pell, chair of the Guild of Ferry Masters\n\nOur members "
        "have waited since 2019, and our survey found that four in five would sail. We call on the "
        "council to say yes before the ice comes to the western sound and the boats stay in.\n"
    )
    assert piece.verdict is Verdict.EDITORIAL


def test_a_line_that_says_who_paid_is_not_lost_among_the_notes():
    piece = only(f"{HEADLINE}\n\n{BODY}{FOOT}\nPaid for by Quay Lines\n")
    assert piece.verdict in (Verdict.SPONSORED, Verdict.UNSURE)


COMPANY = (
    "Sandbank Wind changes hands\n\nABERDEEN, Scotland, Nov. 27, 2026 -- Northlight Energy plc today "
    "announced that it has bought the Sandbank wind farm for 310 million pounds.\n\n“A proud day for our "
    "people,” said Ina Fell, its chief executive.\n\nThe price was paid from cash.\n"
)


def test_a_company_that_tells_who_it_is_and_warns_investors_issued_its_text():
    piece = only(
        f"{COMPANY}\nAbout Northlight Energy\n\nNorthlight Energy has 3,000 people.\n\n"
        "Forward-looking statements\n\nThis text contains statements about the future.\n"
    )
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.ISSUED, "Northlight Energy")
    assert len(piece.paragraphs) == 3


def test_a_text_that_a_distributor_of_releases_carries_was_issued():
    piece = only(COMPANY.replace("2026 -- ", "2026--(BUSINESS WIRE)-- "))
    assert piece.verdict is Verdict.ISSUED


def test_the_imprint_of_a_party_names_it_and_is_no_label_of_paid_copy():
    piece = only(
        "Buses for every village\n\nEvery village deserves a bus that comes, and we will give councils "
        "the power to run their own.\n\nThe government has cut 1,200 routes, and nobody was asked.\n\n"
        "Promoted by Ann Lee on behalf of the Village Party, both at 4 Mill Lane, Norwich NR1 1AA\n"
    )
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.ISSUED, "Village Party")


def test_whoever_promotes_a_text_without_the_imprint_of_the_law_has_paid():
    piece = only(f"{HEADLINE}\n\nPromoted by Quay Lines\n\n{BODY}")
    assert piece.verdict is Verdict.SPONSORED


def test_a_statement_with_a_press_team_to_call_was_issued():
    piece = only(
        "Union statement on the closure of Northgate depot\n\nThe Carriers' Union is deeply disappointed "
        "by the closure of the depot.\n\nIt asks the company to come back to the table before January.\n\n"
        "For further information please contact the union's press team on 01632 960 331.\n"
    )
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.ISSUED, "Carriers' Union")


def test_a_page_of_an_office_names_the_office_it_comes_from():
    between = "<p class='from'>From: Department for Harbours</p>"
    head = '<meta name="govuk:format" content="press_release">'
    body = article().replace("</h1>", f"</h1>{between}").replace("Guild of Ferry Masters", "crown")
    assert web(body, head).sponsorship.sponsor == "Department for Harbours"


@pytest.mark.parametrize(
    "told",
    [
        "We believe that a levy on empty homes is overdue. Our analysis found 4,000 of them in one county.",
        "One route in three has gone, our analysis of timetables shows. Our data show that villages lost most.",
        "Our correspondents spent a week on the boats. We ask what they cost, and our survey found no answer.",
    ],
)  # fmt: skip
def test_a_newsrooms_own_analysis_and_opinion_are_its_own(told):
    piece = only(
        f"What the islands pay for\n\n{told}\n\nThe council will vote before Christmas on it.\n"
    )
    assert piece.verdict is Verdict.EDITORIAL


def test_a_rule_that_names_nobody_leaves_the_piece_open():
    rule = SponsorRule(verdict=Verdict.ISSUED, headline="the islands pay")
    page = Page(name="page", body=b"What the islands pay for\n\nThe council votes on it in May.\n")
    (piece,) = split_page(page, rules=(rule,))
    assert piece.verdict is Verdict.UNSURE
    (piece,) = split_page(page, rules=(replace(rule, sponsor="Quay Guild"),))
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.ISSUED, "Quay Guild")


OWN = (
    "<article><h1>Northlight Energy buys Sandbank</h1><p>Northlight Energy today announced that it has bought "
    "the Sandbank wind farm for 310 million pounds.</p><p>The price was paid from cash, and the farm will be "
    "run from Leith.</p>{}</article>"
)
OWN_SITE = '<link rel="canonical" href="https://www.northlight-energy.example/news/sandbank">'


def test_a_company_that_announces_on_its_own_site_is_asked_about():
    piece = web(OWN.format(""), OWN_SITE)
    assert (piece.verdict, piece.sponsorship.suspected) == (Verdict.UNSURE, Verdict.ISSUED)


def test_the_same_announcement_on_a_newspapers_site_is_a_report():
    paper = OWN_SITE.replace("northlight-energy", "harbour-gazette")
    assert web(OWN.format(""), paper).verdict is Verdict.EDITORIAL


def test_notes_end_where_another_piece_begins():
    report = (
        "Treasury blinks over water bills\n\nBy Ines Calder\n\nThe Treasury has dropped its plan for a levy on "
        "water bills after a revolt of forty of its own members on Tuesday evening.\n\nThe chancellor told them "
        "that the money would come from elsewhere, and did not say from where.\n"
    )
    release, told = text(f"Press release\n\n{HEADLINE}\n\n{BODY}{FOOT}\n{report}")
    assert (release.verdict, told.verdict) == (Verdict.ISSUED, Verdict.EDITORIAL)
    assert told.headline == "Treasury blinks over water bills"


def test_a_release_in_another_language_names_its_issuer():
    piece = only(
        "PRESSEMITTEILUNG\n\nNordlicht baut in Emden\n\nEmden, 27. November 2026 – Die Nordlicht Werke haben "
        "heute den Bau eines Umspannwerks angekündigt.\n\nDie Nordlicht Werke zahlen 40 Millionen Euro dafür, "
        "und der Bau beginnt im Mai.\n"
    )
    assert (piece.verdict, piece.sponsorship.sponsor) == (Verdict.ISSUED, "Nordlicht Werke")


def test_an_end_mark_over_the_number_of_a_press_office_is_proof():
    piece = only(
        "New library at Rope Street\n\nQuayside Borough Council has opened its new library after two years of "
        "work on it.\n\nIt has 40,000 books and is open until nine in the evening.\n\n-ends-\n\nPress office: "
        "01632 960 700\n"
    )
    assert (piece.verdict, piece.sponsorship.sponsor) == (
        Verdict.ISSUED,
        "Quayside Borough Council",
    )


@pytest.mark.parametrize(
    ("address", "named"),
    [("press@lampers.example", "Lampers"), ("media@quay-lampers.example", "Quay Lampers")],
)
def test_who_a_press_mailbox_writes_for_is_named_where_the_text_says_the_name_again(address, named):
    told = (
        f"The first lamps of the winter are lit, the lamp lighters of {named} said on Monday.\n\n"
        f"{named} counted nine lamps. One of them shines on the gulls and on nobody else.\n"
    )
    found = letter(f"Lamp Desk <{address}>", "PRESS RELEASE: Nine lamps are lit", told)
    assert (found.verdict, found.sponsorship.sponsor) == (Verdict.ISSUED, named)


def test_a_press_mailbox_whose_name_the_text_does_not_say_names_nobody():
    found = letter("Lamp Desk <press@post.example>", "PRESS RELEASE: Nine lamps", BODY)
    assert found.sponsorship.sponsor != "Post"


def test_a_body_that_sends_its_release_itself_is_named_by_the_letter():
    body = (
        "For immediate release\n\nThe Department for Harbours today set out new rules for ferries.\n\nFrom March "
        "each ferry must carry two engineers.\n\nENDS\n\nNotes to editors\n\nMedia enquiries: 01632 960 551\n"
    )
    piece = letter("Norland Department for Harbours <n@h.example>", "New rules for ferries", body)
    assert piece.verdict is Verdict.ISSUED
    assert piece.sponsorship.sponsor == "Norland Department for Harbours"
