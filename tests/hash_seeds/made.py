"""What a process with a hash seed of its own makes of pages; `test_hash_seeds.py` compares several.

A process makes all that is asked: what it imports takes it longer than any of it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.desks import act
from tests.emails.conftest import sample_edition, sample_settings
from tests.newsrooms import new_house
from tests.sandbox.done_here import done_here

from briefing.actions.editions.draft import draft
from briefing.actions.rendering.render import render_edition
from briefing.articles.files.folder import read_page
from briefing.articles.split_page import split_page
from briefing.digests.engines import ENGINES
from briefing.digests.make import make_digest
from briefing.digests.settings import DigestSettings
from briefing.emails.render import render
from briefing.events.duplicates import mark_duplicates
from briefing.model.article import Article
from briefing.model.mail import Email

ROOT = Path(__file__).parents[2]
SAMPLES = sorted((ROOT / "seeds").glob("*.txt"))
REPORTS = sorted((ROOT / "tests/articles/pages/reports").glob("r*.txt"))
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


def pieces_of(paths: Sequence[Path]) -> list[Article]:
    return [piece for path in paths for piece in split_page(read_page(path))]


def digests(paths: Sequence[Path]) -> Iterator[str]:
    """Of each piece, by each engine."""
    pieces = pieces_of(paths)
    for engine in sorted(ENGINES):
        for piece in pieces:
            yield make_digest(piece, DigestSettings(engine=engine)).text


def drafted() -> Email:
    """The email of the sample edition of a new house, its pages split and digested by this process."""
    with TemporaryDirectory() as folder, done_here():
        config = new_house(Path(folder, "house"))
        edition = act(draft, config, "staggers", clock=lambda: NOW).edition
        return act(render_edition, config, edition.id).email


def parts(email: Email) -> list[str]:
    return [email.html, email.text]


def marked() -> str:
    """Pieces, verdicts and fingerprints of pages that are each there twice."""
    return repr(mark_duplicates(pieces_of(REPORTS) * 2))


def rendered() -> list[str]:
    return parts(render(sample_edition(), sample_settings()))


def made() -> dict[str, Any]:
    """All that must not hang on the seed."""
    return {
        "pieces": repr(pieces_of(SAMPLES)),
        "marked": marked(),
        "digests": list(digests(SAMPLES[:1])),
        "rendered": rendered(),
        "drafted": parts(drafted()),
    }


def made_with(seed: str) -> dict[str, Any]:
    """The same, by a process with that seed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hash_seeds.made"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def tell(who: Connection) -> None:
    """In a process that was forked from one with another seed."""
    who.send(made())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(made()))
