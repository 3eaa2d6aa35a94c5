"""A text that cannot be digested in time is left out of the edition and told; nobody waits for it."""

import pytest
from tests.desks import act
from tests.newsrooms import settled, story

from briefing.actions.editions.draft import draft
from briefing.errors import EditionError
from briefing.sandbox import pool


@pytest.fixture
def quick_limit(monkeypatch):
    """Two seconds, and not ten."""
    monkeypatch.setattr(pool.Workers.__init__, "__defaults__", (3, 2, 512))


def endless():
    words = (f"Member {at} of ward {at % 977} voted {at * 7919 % 9973}." for at in range(60_000))
    return "Very long\n\nBy Ines Calder\n\n" + " ".join(words) + "\n"


def test_the_edition_is_made_without_it_and_says_so(newsroom_folder, quick_limit):
    (newsroom_folder / "seeds" / "20-long.txt").write_text(endless())
    (newsroom_folder / "seeds" / "21-mill.txt").write_text(story("Upper Mill"))
    made = act(draft, settled(newsroom_folder), "staggers", repeat=True)
    said = {**made.unread, **{page.name: page.refusal for page in made.pages if page.refusal}}
    assert any("takes more than 2 seconds" in why for why in said.values()), said
    assert any(item.article.page == "21-mill" for item in made.edition.items)


def test_an_edition_of_nothing_else_is_refused(newsroom_folder, quick_limit):
    for page in (newsroom_folder / "seeds").glob("0*.txt"):
        page.unlink()
    (newsroom_folder / "seeds" / "20-long.txt").write_text(endless())
    with pytest.raises(EditionError):
        act(draft, settled(newsroom_folder), "staggers", repeat=True)
