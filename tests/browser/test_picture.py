"""A picture is chosen in a browser without script, and seen at the desk and in the preview."""

import pytest
from tests.emails.painted import photograph

from briefing.actions.resolve_name import the_draft

#: Whether the browser painted it, and how wide.
PAINTED = (
    "image => image.complete && image.naturalWidth > 0 ? image.getBoundingClientRect().width : 0"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory, open_desk):
    with open_desk(tmp_path_factory.mktemp("pictured") / "house") as found:
        yield found


def lead(desk):
    return the_draft(desk.room, desk.edition).items[0]


def send_file(page, file, content):
    file.write_bytes(content)
    form = page.locator("form[enctype]")
    form.locator("[type=file]").set_input_files(file)
    form.get_by_label("What it shows").fill("Boats at the quay")
    form.get_by_label("Credit").fill("Jo Ray")
    form.get_by_role("button", name="Use it").click()


def test_a_file_is_uploaded_without_script_and_stands_in_the_preview(desk, tmp_path):
    page, file = desk.enter(java_script_enabled=False), tmp_path / "Quay – morning.png"
    page.goto(desk.path)
    page.locator("#pieces details.edit summary").first.click()
    page.locator("#pieces").get_by_role("link", name="Picture").first.click()
    send_file(page, file, b"not a picture")
    page.get_by_role("alert").get_by_text("is not a picture").wait_for()
    typed = page.locator("form[enctype]").get_by_label("What it shows")
    assert typed.input_value() == "Boats at the quay"
    send_file(page, file, photograph())
    picture = lead(desk).picture
    assert (picture.alt, picture.credit) == ("Boats at the quay", "Jo Ray")
    assert picture.origin == file.name
    seen = desk.again(page, viewport={"width": 1280, "height": 900})
    seen.goto(page.url)
    assert seen.locator("img.printed").evaluate(PAINTED) > 300
    seen.goto(f"{desk.path}#preview")
    framed = seen.frame_locator("#frame iframe").locator("img")
    framed.wait_for()
    assert framed.evaluate(PAINTED) > 300
    assert framed.get_attribute("alt") == "Boats at the quay."
