"""A story is added with a plain form too, as a file; what could not be done shows what was typed again."""

from lxml import html
from tests.newsrooms import EDITION, story
from tests.web.desk.conftest import FROM_HERE

AT = f"/editions/{EDITION}/add"


def add(browser, written="", **files):
    form = {"token": browser.token, "seen": str(browser.desk.sheet.version), "written": written}
    return browser.client.post(AT, data=form, files=files, headers=FROM_HERE)


def test_a_file_is_added_without_a_script(browser, ada):
    inside = browser.enter()
    page = html.fromstring(inside.get(f"/editions/{EDITION}").text)
    (form,) = [one for one in page.forms if one.action == AT]
    assert form.get("enctype") == "multipart/form-data"
    answer = add(inside, file=("ferry.txt", story("Ferry").encode(), "text/plain"))
    assert answer.status_code == 303
    assert inside.desk.edition.items[-1].headline == "Ferry divides the assembly"


def test_what_was_typed_stands_under_the_sentence_that_says_why_not(browser, ada):
    inside = browser.enter()
    answer = add(inside, "http://127.0.0.1:9/a <page>", file=("", b"", "text/plain"))
    assert answer.status_code == 422
    shown = html.fromstring(answer.text)
    assert [each.text for each in shown.iter("textarea")] == ["http://127.0.0.1:9/a <page>"]
    form = {
        "kind": "rewrite",
        "item": inside.desk.edition.items[0].id,
        "headline": "Words kept",
        "seen": "1",
    }
    answer = inside.post(f"/editions/{EDITION}/change", {**form, "paragraph": "", "note": "A note"})
    assert answer.status_code == 422
    assert {each.text for each in html.fromstring(answer.text).iter("textarea")} >= {"Words kept"}
