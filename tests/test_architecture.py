"""The picture of the rooms and the figures come from the source as it is."""

import ast
import sys
from xml.etree import ElementTree as ET

import pytest
from docs import architecture, figures
from docs.figures import branches, floors
from docs.source_tree import Tree
from docs.walks import WALKS, stays


@pytest.fixture(scope="module")
def tree():
    """The source, read once: to parse all of it takes two seconds."""
    return Tree()


@pytest.fixture(scope="module")
def drawn(tree):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(architecture, "Tree", lambda: tree)
        return architecture.picture()


def test_the_picture_shows_the_rooms_and_imports_of_today(drawn):
    kept = architecture.PICTURE.read_text("utf-8")
    assert kept == drawn, (
        "a room, a folder or an import between rooms has changed and docs/architecture.svg has not: "
        "run `make architecture`, look at the picture, and commit it with the change"
    )


def test_every_room_stands_in_the_picture_once_and_wholly_inside_it(drawn, tree):
    svg = ET.fromstring(drawn)
    _, _, width, height = map(float, svg.attrib["viewBox"].split())
    names = [text.text or "" for text in svg.iter() if text.get("class") == "name"]
    rooms = {module.room for module in tree.modules.values()} - {"__main__"}
    assert sorted(names) == sorted(rooms)
    for rect in svg.iter("{http://www.w3.org/2000/svg}rect"):
        x, y, wide, high = (float(rect.attrib[key]) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + wide <= width
        assert 0 <= y <= y + high <= height


def test_an_arrow_that_follows_from_others_is_left_out():
    uses = {"a": {"b", "c"}, "b": {"c", "model"}, "c": {"model"}, "model": set()}
    assert architecture.reduced(uses) == [("a", "b"), ("b", "c")]


def test_floors_are_the_longest_chain_and_a_circle_ends():
    assert floors({"a": ["b", "c"], "b": ["c"], "c": []}) == 3
    assert floors({"a": ["b"], "b": ["a"]}) == 2


def test_branches_of_an_inner_function_are_its_own():
    program = "def f(x):\n    def g():\n        if x: pass\n    return [y for y in x if y] or x"
    (outer,) = ast.parse(program).body
    assert branches(outer) == 3


def test_a_walk_is_a_row_of_stays_and_a_table_hides_none_of_them(tmp_path):
    (tmp_path / "start.py").write_text(
        "from program.one import first\nfrom program.two import second\n\nSTEPS = (first, second)\n\n"
        "def begin(text):\n    made = first(text.strip())\n    for each in STEPS:\n        made = each(made)\n"
        "    return second(7)\n"
    )
    (tmp_path / "one.py").write_text(
        "def first(said):\n    return _own(said)\n\ndef _own(said): ..."
    )
    (tmp_path / "two.py").write_text("def second(said): ...")
    tree = Tree(tmp_path)
    tree.package = "program"
    assert stays(tree, "start", "begin", "text") == ["start", "one"]
    assert stays(tree, "start", "begin", "text", is_open=True) == ["start", "one", "two"]
    assert stays(tree, "start", "end", "text") == []


def test_a_property_hides_no_stay_where_its_name_is_that_of_one_class(tmp_path):
    (tmp_path / "start.py").write_text("def begin(page):\n    return page.lines + page.day\n")
    (tmp_path / "nouns.py").write_text(
        "from program.cut import cut\n\nclass Page:\n    @property\n    def lines(self):\n"
        "        return cut(self.text)\n\n    @property\n    def day(self): ...\n\n"
        "class Mail:\n    day: str\n"
    )
    (tmp_path / "cut.py").write_text("def cut(text): ...")
    tree = Tree(tmp_path)
    tree.package = "program"
    assert stays(tree, "start", "begin", "page") == ["start"]
    assert stays(tree, "start", "begin", "page", is_open=True) == ["start", "nouns", "cut"]


def test_every_walk_of_the_figures_begins_at_a_function_that_is_there(tree):
    assert [walk for walk in WALKS if not stays(tree, *walk)] == []


def test_the_figures_of_every_room_are_printed(tree, monkeypatch, capsys):
    monkeypatch.setattr(figures, "Tree", lambda _folder: tree)
    monkeypatch.setattr(sys, "argv", ["figures"])
    figures.main()
    printed = capsys.readouterr().out
    for room in {module.room for module in tree.modules.values()}:
        assert f"\n  {room} " in printed
    for figure in (
        "functions",
        "branches",
        "imports a file",
        "files a folder",
        "annotated",
        "walks",
    ):
        assert f"\n{figure} " in printed
