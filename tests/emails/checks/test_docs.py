"""The page of rules tells of the rules as they are."""

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[3] / "docs"


def test_the_page_of_checks_is_written_from_the_table_of_rules():
    written = runpy.run_path(str(DOCS / "checks.py"))["page"]()
    assert (DOCS / "checks.md").read_text("utf-8") == written, "run .venv/bin/python docs/checks.py"
