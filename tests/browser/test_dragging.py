"""Dragging: stories within the list and into blocks, what was left out into the edition, blocks among blocks."""

import pytest
from tests.browser.conftest import saved
from tests.browser.steps import decide_held
from tests.desks import act
from tests.newsrooms import story

from briefing.actions.editions.draft import draft
from briefing.actions.resolve_name import the_draft

#: Stories of its edition: one fewer than there are.
ROOM = {"BRIEFING_BRIEFINGS__STAGGERS__MAX_ITEMS": "6"}
#: The texts of headlines and buttons that a handle of their piece lies on.
COVERED = """() => [...document.querySelectorAll(".piece")].flatMap((piece) => {
    const grip = piece.querySelector(".grip").getBoundingClientRect();
    return [...piece.querySelectorAll("h3, .line button")].filter((each) => {
        const text = document.createRange();
        text.selectNodeContents(each);
        return [...(each.tagName === "H3" ? text : each).getClientRects()].some((box) =>
            box.right > grip.left && box.left < grip.right && box.bottom > grip.top && box.top < grip.bottom);
    }).map((each) => each.textContent);
})"""


def arranged(desk):
    """The page of an edition in which something is left out and something is paid for."""
    for town in ("Aldham", "Brixworth", "Cheddon"):
        (desk.folder / "seeds" / f"2-{town}.txt").write_text(story(f"{town} Bridge"))
    act(draft, desk.config, "staggers")
    page = desk.enter(viewport={"width": 1280, "height": 2600})
    page.goto(desk.path)
    decide_held(page)
    saved(page)
    return page


@pytest.fixture
def desk(tmp_path, open_desk):
    with open_desk(tmp_path / "house", **ROOM) as found:
        yield found


@pytest.fixture
def page(desk):
    return arranged(desk)


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, open_desk):
    """Such a page, for tests that change nothing."""
    with open_desk(tmp_path_factory.mktemp("looked") / "house", **ROOM) as desk:
        yield arranged(desk)


def drag(page, what, onto, *, to_tray=False):
    """By the pointer, as a person does: press, move, let go."""
    what.locator(".grip").hover()
    page.mouse.down()
    page.mouse.move(300, 300, steps=3)
    if to_tray:
        page.locator("#tray").wait_for()
    box = onto.bounding_box()
    page.mouse.move(box["x"] + 30, box["y"] + 6, steps=5)
    page.mouse.move(box["x"] + 32, box["y"] + 5, steps=2)
    page.mouse.up()
    saved(page)


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_handle_covers_neither_headline_nor_button(looked_at, width):
    looked_at.set_viewport_size({"width": width, "height": 2600})
    assert looked_at.locator(".piece .grip").first.is_visible()
    assert looked_at.evaluate(COVERED) == []


def test_a_story_a_paid_piece_and_what_was_left_out_are_dragged_into_blocks(desk, page):
    edition = the_draft(desk.room, desk.edition)
    third, out, paid = edition.items[2].id, edition.dropped[0].id, edition.sponsored[0].id
    drag(page, at(page, third), into(page, "comment"), to_tray=True)
    assert by_id(desk)[third] == "comment"
    # A place of its own, before the second story.
    drag(page, at(page, out), page.locator("#pieces > li").nth(1))
    assert desk.order()[1] == out
    # Where somebody put the story that it is dropped on.
    drag(page, at(page, out), at(page, third))
    assert by_id(desk)[out] == "comment"
    at(page, paid).locator(".grip").hover()
    page.mouse.down()
    page.mouse.move(300, 300, steps=3)
    page.locator("#tray").wait_for()
    assert into(page, "lead").is_hidden(), "nothing paid stands next to the lead"
    page.mouse.up()
    drag(page, at(page, paid), into(page, "comment"), to_tray=True)
    (piece,) = (one for one in the_draft(desk.room, desk.edition).sponsored if one.id == paid)
    assert piece.block == "comment"
    assert page.locator("#tray").is_hidden()


def test_blocks_are_dragged_into_another_order(desk, page):
    page.locator("#blocks > summary").click()
    blocks = page.locator("#block-list .block[data-name]")
    names = blocks.evaluate_all("all => all.map((each) => each.dataset.name)")
    drag(page, blocks.nth(3), blocks.nth(1))
    expected = (names[0], names[3], names[1], names[2], *names[4:])
    assert the_draft(desk.room, desk.edition).order == expected


def at(page, name):
    return page.locator(f"#main [data-item='{name}']")


def into(page, block):
    return page.locator(f"#tray [data-into='{block}']")


def by_id(desk):
    return {item.id: item.block for item in the_draft(desk.room, desk.edition).items}
