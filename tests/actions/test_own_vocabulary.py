"""Rows of the newsroom's own: proved by `briefing check`, and used where pages are read."""

from datetime import UTC, datetime

from briefing.articles.sandbox_job import split_reading
from briefing.articles.split_in_sandbox import SplitTask
from briefing.articles.vocabulary.tables import use
from briefing.model.page import Page

ROW = """
[[row]]
class = "slot"
language = "eo"
phrase = "anoncaĵo"
example = "Anoncaĵo"
counterexample = "Anoncaĵisto"
source = "Plena Ilustrita Vortaro"
why = "The Esperanto for an advertisement."
"""
PAGE = """Anoncaĵo

The harbour board chooses a dredger

The board met in the old customs house and chose between two offers for the dredging of the inner
basin. Three members wanted to wait for the report of the inspectors, who had been aboard in June.
"""


def test_a_page_is_read_with_the_rows_of_the_tasks_folder(tmp_path):
    (tmp_path / "labels.toml").write_text(ROW, "utf-8")
    page, now = Page(name="p", body=PAGE.encode()), datetime(2026, 11, 29, tzinfo=UTC)
    try:
        (plain,) = split_reading(SplitTask(page=page), now)
        (read,) = split_reading(SplitTask(page=page, vocabulary=str(tmp_path)), now)
    finally:
        use(None)
    assert "Anoncaĵo" not in plain.labels
    assert read.labels == ("Anoncaĵo",)
    assert read.headline == "The harbour board chooses a dredger"
