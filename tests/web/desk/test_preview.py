"""The preview that comes with a saved change is the one its frame would ask for."""

from tests.newsrooms import EDITION, LEAD
from tests.web.desk.conftest import FROM_HERE

ASKED = FROM_HERE | {"Accept": "application/json"}
PATH = f"/editions/{EDITION}"


def test_a_saved_change_brings_the_preview_that_its_frame_would_ask_for(browser):
    browser.enter()

    def saved(query, headline):
        fields = {"kind": "rewrite", "item": LEAD, "headline": headline}
        seen = browser.desk.sheet.version
        return browser.post(f"{PATH}/change{query}", fields, headers=ASKED, seen=seen).json()

    for look in ("desktop", "stripped", "archive"):
        done = saved(f"?look={look}", f"A headline seen {look}")
        assert done["frame"] == browser.get(f"{PATH}/frame?look={look}").text
        assert f"A headline seen {look}" in done["frame"]
    assert "frame" not in saved("", "Another headline")
    odd = saved("?look=nothing", "One more headline")
    assert "is not a valid PreviewMode" in odd["frame"]
    assert browser.desk.edition.items[0].headline == "One more headline"


def test_the_first_version_is_compared_with_nothing(browser):
    browser.enter()
    first = browser.get("/editions/{edition}/versions?show=1").text
    assert "nothing stands before it to compare with" in first
    assert "no difference" not in first
    browser.desk.decide()
    assert "nothing stands before it" not in browser.get("/editions/{edition}/versions?show=2").text
