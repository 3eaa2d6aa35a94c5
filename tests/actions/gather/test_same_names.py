"""Two sources may hold a page of the same name: each story is its own, and the edition is whole."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from briefing.actions.admin.init import make_house
from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.config import load_config
from briefing.shipped import shipped

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)


def test_pages_of_one_name_in_two_sources_are_two_stories(tmp_path: Path) -> None:
    make_house(tmp_path)
    pages = sorted(shipped("seeds").glob("*.txt"))
    sources = ""
    for name, page in (("courier", pages[0]), ("herald", pages[1])):
        (tmp_path / name).mkdir()
        shutil.copyfile(page, tmp_path / name / "index.txt")
        sources += f'\n[sources.{name}]\nkind = "pages"\npath = "{name}"\n'
    path = tmp_path / "config.toml"
    config = path.read_text().replace('["saved_pages"]', '["courier", "herald"]')
    path.write_text(config + sources)
    with open_desk(load_config(path, {}), lambda: NOW) as desk:
        edition = draft(desk, "staggers").edition
        items = [*edition.items, *edition.sponsored]
        assert {item.article.page for item in items} == {"index"}
        assert {item.article.source for item in items} == {"courier", "herald"}
        assert len({item.id for item in items}) == len(items)
        render_edition(desk, edition.id)
