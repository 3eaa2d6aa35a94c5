"""Two thumbs at the foot of a letter: off unless config.toml says so, a POST behind a page, and nobody's name."""

import re

import pytest
from tests.web.conftest import SITE, serving
from tests.workers.copies import copied

from briefing.actions.context import open_desk
from briefing.actions.editions.how_made import how_made
from briefing.actions.rendering.render import email_settings
from briefing.actions.reports.edition_results import edition_results
from briefing.actions.resolve_name import the_draft
from briefing.config import load_config
from briefing.emails.render import render

ASKED = {"BRIEFING_PUBLIC__ASK_OPINIONS": "true"}


def asking(config):
    public = config.public.model_copy(update={"ask_opinions": True})
    return config.model_copy(update={"public": public})


@pytest.fixture
def asked(sent_house, tmp_path):
    house, edition = sent_house
    folder = tmp_path / "house"
    copied(house, folder, "outbox")
    (folder / "var" / "outbox").mkdir()
    (folder / "var" / "outbox" / edition).symlink_to(house / "var" / "outbox" / edition)
    with serving(folder, edition, asking) as pages:
        yield pages


def said(pages):
    count = pages.desk.store.opinions.of(pages.edition)
    return count.good, count.bad


def letter(folder, edition, settings):
    with open_desk(load_config(folder / "config.toml", settings)) as desk:
        kept = the_draft(desk, edition)
        return render(kept, email_settings(desk, kept))


def test_a_letter_asks_only_where_the_house_wants_to_know(sent_house):
    folder, edition = sent_house
    plain, asking_one = (letter(folder, edition, how) for how in ({}, ASKED))
    for part in (plain.html, plain.text):
        assert "/opinion/" not in part
    for part in (asking_one.html, asking_one.text):
        assert "Was this letter worth your time?" in part
        for word in ("good", "bad"):
            assert f"{SITE}/opinion/{edition}/{word}" in part


def test_a_look_counts_nothing_and_the_button_does(asked):
    for method in ("GET", "HEAD", "GET"):
        answer = asked.ask(method, f"/opinion/{asked.edition}/good")
        assert answer.status == 200
        assert answer.headers["x-robots-tag"] == "noindex"
        assert "set-cookie" not in answer.headers
    assert "Yes, it was" in answer.body
    assert said(asked) == (0, 0)
    assert "It is counted" in asked.post(f"/opinion/{asked.edition}/good", {}).body
    asked.post(f"/opinion/{asked.edition}/bad", {"whatever": "x"})
    assert said(asked) == (1, 1)


def test_the_desk_is_told(asked):
    asked.post(f"/opinion/{asked.edition}/good", {})
    (result,) = edition_results(asked.desk, "staggers")
    assert (result.opinions.good, result.opinions.bad) == (1, 0)


def test_nothing_of_who_said_it_is_kept(asked):
    before = set(asked.dump())
    asked.post(
        f"/opinion/{asked.edition}/good", {}, X_Forwarded_For="203.0.113.5", User_Agent="Someone/1"
    )
    new = [line for line in asked.dump() if line not in before]
    assert new == [f"""INSERT INTO "opinions" VALUES('{asked.edition}', 1, 1)"""]


def test_one_network_cannot_shout_and_is_heard_again_later(asked):
    path = f"/opinion/{asked.edition}/good"
    for _ in range(25):
        assert asked.post(path, {}, X_Forwarded_For="203.0.113.5").status == 200
    assert said(asked) == (20, 0)
    asked.post(path, {}, X_Forwarded_For="203.0.113.6")
    asked.clock.wait(minutes=11)
    asked.post(path, {}, X_Forwarded_For="203.0.113.5")
    assert said(asked) == (22, 0)


@pytest.mark.parametrize(
    "path", ["/opinion/{}/great", "/opinion/staggers-1999-01-01/good", "/opinion/%00/good"]
)
def test_what_is_not_asked_is_not_there(asked, path):
    for method in ("GET", "POST"):
        assert asked.ask(method, path.format(asked.edition)).status == 404
    assert said(asked) == (0, 0)


def test_a_house_that_does_not_ask_counts_nothing(public):
    for method in ("GET", "POST"):
        assert public.ask(method, f"/opinion/{public.edition}/good").status == 404
    assert said(public) == (0, 0)


def test_each_story_of_a_letter_leads_to_its_place_on_the_page_of_how_it_was_made(public):
    kept = the_draft(public.desk, public.edition)
    html = render(kept, email_settings(public.desk, kept)).html
    page = public.get(f"/archive/staggers/{public.edition}/made").body
    made = how_made(public.desk, public.edition)
    assert len(made.pieces) == len(kept.items) + len(kept.sponsored)
    for piece in made.pieces[: len(kept.items)]:
        assert f'/made#{piece.mark}"' in html
        assert html.count(piece.mark) == 1
        assert f'<section id="{piece.mark}">' in page
    said = [int(found) for found in re.findall(r"How story (\d+) was made", html)]
    assert said == list(range(1, len(kept.items) + 1))
