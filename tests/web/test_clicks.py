"""Counted links: off unless config.toml says so, and never a way to anywhere else."""

import re
from dataclasses import replace

import pytest
from tests.desks import act
from tests.newsrooms import new_house, story
from tests.web.conftest import SITE, serving
from tests.workers.copies import copied

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.lint import lint
from briefing.actions.rendering.render import render_edition
from briefing.actions.resolve_name import the_draft
from briefing.config import load_config

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
COUNTED = {"BRIEFING_PUBLIC__COUNT_CLICKS": "true"}


@pytest.fixture(scope="module")
def counting_house(tmp_path_factory):
    folder = tmp_path_factory.mktemp("counting") / "house"
    titles = ("Ferry Fares", "Canal Works", "School Rents", "Night Courts")
    pages = {f"{number}.txt": story(title) for number, title in enumerate(titles)}
    config = new_house(folder, pages=pages, settings=COUNTED)
    edition = act(draft, config, "staggers").edition.id
    return folder, edition, lead_to(config, edition, "harbour-news.example")


def lead_to(config, name, host):
    """The edition's email, when its stories were found at this host."""
    with open_desk(config) as desk:
        edition = the_draft(desk, name)
        items = tuple(
            replace(item, article=replace(item.article, url=f"https://{host}/{number}?a=1&b=2"))
            for number, item in enumerate(edition.items)
        )
        found = replace(edition, items=items)
        desk.store.drafts.begin(found, said="drafted", actor="briefing", at=0.0)
    return act(render_edition, config, name).email


@pytest.fixture
def counting(counting_house, tmp_path):
    house, edition, _ = counting_house
    folder = tmp_path / "house"
    copied(house, folder)
    with serving(folder, edition, counted) as pages:
        yield pages


def counted(config):
    public = config.public.model_copy(update={"count_clicks": True})
    return config.model_copy(update={"public": public})


def paths(email, edition):
    return list(dict.fromkeys(re.findall(rf"{SITE}(/c/{edition}/[\w-]+)", email.html)))


def sums(public):
    return [(one.people, one.machines) for one in public.desk.store.clicks.of(public.edition)]


def test_links_lead_straight_to_the_stories_unless_clicks_are_counted(sent_house):
    folder, edition = sent_house
    email = act(render_edition, load_config(folder / "config.toml"), edition).email
    assert "/c/" not in email.html + email.text
    assert "We count" not in email.html + email.text


def test_a_counted_letter_says_so_and_every_story_has_its_link(counting_house):
    _, edition, email = counting_house
    for part in (email.html, email.text):
        assert "We count how often each link is followed, and never by whom." in " ".join(
            part.split()
        )
        assert "://harbour-news.example" not in part
    assert len(paths(email, edition)) >= 2
    assert paths(email, edition) == [
        found for found in paths(email, edition) if found.rpartition("/")[2] in email.text
    ]


def test_a_letter_whose_links_are_counted_passes_the_checks(counting_house):
    folder, edition, email = counting_house
    with open_desk(load_config(folder / "config.toml", COUNTED)) as desk:
        found = lint(desk, the_draft(desk, edition), email)
    assert [one for one in found if one.rule in ("text-part", "story-dup", "sponsor-rel")] == []


def test_a_link_leads_to_its_story_and_the_click_is_counted(counting, counting_house):
    _, edition, email = counting_house
    answer = counting.get(paths(email, edition)[0], User_Agent=PERSON)
    assert answer.status == 302
    assert re.fullmatch(r"https://harbour-news\.example/\d\?a=1&b=2", answer.headers["location"])
    assert "set-cookie" not in answer.headers
    assert sums(counting)[0] == (1, 0)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {"User_Agent": PERSON}),
        ("GET", {"User_Agent": PERSON, "Sec_Purpose": "prefetch;prerender"}),
        ("GET", {"User_Agent": PERSON, "X_Moz": "prefetch"}),
        ("GET", {"User_Agent": "Mozilla/5.0 (compatible; SafeLinks scanner)"}),
        ("GET", {"User_Agent": "curl/8.5.0"}),
        ("GET", {}),
    ],
)
def test_a_machine_is_led_on_and_counted_apart(counting, counting_house, method, headers):
    _, edition, email = counting_house
    assert counting.ask(method, paths(email, edition)[0], **headers).status == 302
    assert sums(counting)[0] == (0, 1)


def test_who_follows_three_links_within_seconds_is_a_machine_from_the_first_on(
    counting, counting_house
):
    _, edition, email = counting_house
    links = paths(email, edition)
    for link in links[:4]:
        counting.clock.wait(seconds=1)
        counting.get(link, User_Agent=PERSON, X_Forwarded_For="203.0.113.5")
    assert len(links) >= 3
    assert {people for people, _ in sums(counting)} == {0}
    assert sum(machines for _, machines in sums(counting)) == len(links[:4])


def test_a_burst_over_the_hour_leaves_no_hour_below_nothing(counting, counting_house):
    _, edition, email = counting_house
    counting.clock.wait(minutes=59, seconds=56)
    for link in paths(email, edition)[:3]:
        counting.get(link, User_Agent=PERSON)
        counting.clock.wait(seconds=3)
    rows = [line for line in counting.dump() if line.startswith('INSERT INTO "clicks"')]
    assert rows
    assert not [row for row in rows if row.endswith(",-1);")]


def test_a_reader_who_takes_their_time_is_a_person(counting, counting_house):
    _, edition, email = counting_house
    for link in paths(email, edition):
        counting.clock.wait(seconds=11)
        counting.get(link, User_Agent=PERSON)
    assert {machines for _, machines in sums(counting)} == {0}


def test_only_links_of_the_edition_lead_anywhere(counting, counting_house):
    _, edition, email = counting_house
    link = paths(email, edition)[0]
    number, mark = link.rpartition("/")[2].split("-")
    wrong = [
        f"/c/{edition}/{number}-00000000",
        f"/c/{edition}/{number}",
        f"/c/{edition}/99-{mark}",
        f"/c/{edition}/0-{mark}",
        f"/c/{edition}/-1-{mark}",
        f"/c/{edition}/https:%2F%2Fevil.example",
        f"/c/{edition}/{number}-{mark}%0d%0aLocation:%20https:%2F%2Fevil.example",
        f"/c/other/{number}-{mark}",
    ]
    for path in wrong:
        answer = counting.get(path, User_Agent=PERSON)
        assert answer.status == 404, path
        assert "location" not in answer.headers
    assert sums(counting)[0] == (0, 0)


def test_when_counting_is_switched_off_old_links_still_lead_on_and_nothing_is_counted(
    counting_house, tmp_path
):
    house, edition, email = counting_house
    folder = tmp_path / "house"
    copied(house, folder)
    with serving(folder, edition) as pages:
        assert pages.get(paths(email, edition)[0], User_Agent=PERSON).status == 302
        assert sums(pages)[0] == (0, 0)


def test_the_approved_bytes_hold_where_each_link_leads(counting_house, tmp_path):
    house, edition, email = counting_house
    copied(house, tmp_path / "house")
    config = load_config(tmp_path / "house" / "config.toml", COUNTED)
    other = lead_to(config, edition, "elsewhere.example")
    assert {path.rpartition("/")[2] for path in paths(email, edition)}.isdisjoint(
        path.rpartition("/")[2] for path in paths(other, edition)
    )
