"""The docs tell of everything there is, and of nothing else."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel
from typer.main import get_command

from briefing.cli.main import app
from briefing.config.briefing import Briefing
from briefing.config.desk import DeskSettings
from briefing.config.models import (
    Alerts,
    Bounces,
    Data,
    Health,
    Public,
    Site,
    Sponsors,
)
from briefing.config.sending import (
    Dkim,
    Folder,
    ResolverSettings,
    Retry,
    Send,
    Smtp,
    WarmUpSettings,
)
from briefing.config.sources import FeedSource, Fetch, PagesSource, UrlsSource
from briefing.digests.engines import ENGINES
from briefing.sends.resolvers import RESOLVERS
from briefing.sends.transports import TRANSPORTS

ROOT = Path(__file__).parents[1]
DOCS = "\n".join(path.read_text() for path in [ROOT / "README.md", *ROOT.glob("docs/*.md")])
COMMANDS = sorted(vars(get_command(app))["commands"])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_docs_and_has_help(name):
    assert f"briefing {name}" in DOCS
    command = vars(get_command(app))["commands"][name]
    assert len(command.help or "") > 30
    assert all(getattr(parameter, "help", None) for parameter in command.params)


def test_the_table_for_ops_has_every_command_and_each_of_a_group():
    table = [
        line
        for line in (ROOT / "docs/running.md").read_text().splitlines()
        if line.startswith("| `briefing ")
    ]
    for name, command in vars(get_command(app))["commands"].items():
        rows = [line for line in table if f"`briefing {name}" in line]
        assert rows, f"docs/running.md has no row of `briefing {name}`"
        for inner in getattr(command, "commands", {}):
            assert any(inner in row for row in rows), f"briefing {name} {inner} is in no row"


@pytest.mark.parametrize(
    "table",
    [
        Site,
        Data,
        PagesSource,
        FeedSource,
        UrlsSource,
        Fetch,
        Sponsors,
        Briefing,
        Send,
        Folder,
        Smtp,
        WarmUpSettings,
        ResolverSettings,
        Retry,
        Dkim,
        Bounces,
        Public,
        Alerts,
        Health,
        DeskSettings,
    ],
)
def test_every_key_of_the_config_stands_in_the_shipped_file(table: type[BaseModel]):
    shipped = (ROOT / "config.toml").read_text()
    for name, field in table.model_fields.items():
        if name == "password":
            continue  # named as BRIEFING_SEND__SMTP__PASSWORD, never as a line of the file
        key = field.alias or name
        assert re.search(rf"(^|[#\[ .]){key}( *=|\]|\]\])", shipped, re.MULTILINE), key


@pytest.mark.parametrize("name", [*ENGINES, *TRANSPORTS, *RESOLVERS])
def test_every_engine_transport_and_resolver_is_in_the_docs(name):
    assert f"`{name}`" in DOCS


def test_every_file_that_the_docs_name_is_there():
    named = set(re.findall(r"`((?:src|docs|templates|seeds|tests|benchmarks)/[\w/.*-]+)`", DOCS))
    assert named
    assert [name for name in sorted(named) if not list(ROOT.glob(name.rstrip("/")))] == []


def test_every_test_that_holds_a_promise_is_there():
    rows = [line for line in DOCS.splitlines() if line.startswith("|") and "/test_" in line]
    named = {name for row in rows for name in re.findall(r"`((?:\w+/)+test_\w+)`", row)}
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / f"tests/{name}.py").exists()] == []


def test_every_make_target_that_the_docs_name_is_there():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", DOCS)) <= targets
    assert {"briefing", "test", "check", "regold", "shots", "bench"} <= targets


PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")]


def anchors(page):
    """What the headings of a page can be linked by, as GitHub and most other hosts spell it."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", one.lower()).replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_between_pages_leads_to_a_file_and_a_heading(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        name, _, heading = target.partition("#")
        if "://" in name or name.startswith("mailto:"):
            continue
        other = page.parent / name if name else page
        assert other.exists(), f"{target} is not there; correct the link"
        assert not heading or heading in anchors(other), f"{target}: {name} has no such heading"


def test_every_heading_that_the_code_names_is_there():
    for path in (ROOT / "src").rglob("*.py"):
        for name, heading in re.findall(r"(docs/\w+\.md)#([\w-]+)", path.read_text()):
            assert heading in anchors(ROOT / name), f"{path.name} names {name}#{heading}"


def test_each_release_is_a_dated_section_and_the_newest_is_the_version_of_the_program():
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    released = headings[headings[0] == "Unreleased" :]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+ \(\d{4}-\d\d-\d\d\)", one) for one in released), (
        "head each release like '## 0.2.0 (2026-11-29)'; what comes after it stands in '## Unreleased'"
    )
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert released[0].split()[0] == version, "a release is both a section and the version"
