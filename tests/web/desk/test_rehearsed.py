"""The desk's first page shows how the next edition went in the night."""

from tests.newsrooms import opened
from tests.web.desk.conftest import Browser

from briefing.actions.schedule.rehearse import rehearse
from briefing.web.desk import make_desk


def test_the_first_page_names_what_would_go_wrong(newsroom_folder):
    with opened(newsroom_folder, BRIEFING_BRIEFINGS__STAGGERS__AT='"06:30"') as desk:
        browser = Browser(desk, make_desk(lambda: desk.room)).enter()
        assert "Rehearsed" not in browser.get("/").text
        done = rehearse(desk.room, "staggers")
        assert [one.subject for one in done.concerns] == ["held"]
        page = browser.get("/").text
        assert "1 thing to look after" in page
        assert "nothing leaves before it is decided" in page
