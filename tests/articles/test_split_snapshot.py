"""Every page of the tests and seeds is split as it was when somebody last looked.

A line of the snapshot is one fact: what a reader of the difference wants to see. The rest of the
record, as `split --json` prints it, is in the digest that heads each piece.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from tests.articles.marked_pages import FOLDER, marked_pages

from briefing.articles.split_page import split_page
from briefing.articles.to_json import as_record
from briefing.errors import PageRefused
from briefing.model.page import Page

SEEDS = Path(__file__).parents[2] / "seeds"
MARKED = ("unseen.txt", "afterwards.txt", "third.txt")
_SHOWN = 48
STORY = """The harbour board chooses a dredger

By Nora Felling

The board met in the old customs house and chose between two offers for the dredging of the inner
basin. Three members wanted to wait for the report of the inspectors, who had been aboard in June.

The chairman said that the tide would not wait for a report, and the vote went his way by one hand.

Fishermen on the east quay have asked since spring where they are to land while the work goes on.
Nobody has told them yet, and the first barge is due before the herring season ends.
"""


def test_every_page_is_split_as_before(golden):
    seeds = "\n".join(line for page in pages(SEEDS) for line in described(page))
    golden("split/seeds.txt", f"{seeds}\n".encode())


def test_every_page_of_the_tests_is_split_as_before(golden):
    marked = [page.page for name in MARKED for page in marked_pages(name)]
    plain = [
        page for folder in sorted(FOLDER.iterdir()) if folder.is_dir() for page in pages(folder)
    ]
    lines = "\n".join(line for page in (*marked, *plain) for line in described(page))
    golden("split/tests.txt", f"{lines}\n".encode())


def test_every_label_of_the_table_is_read_as_before(golden):
    labels = (FOLDER / "labels.txt").read_text("utf-8").splitlines()
    found = "".join(f"{label}  →  {' '.join(read_under(label))}\n" for label in labels)
    golden("split/labels.txt", found.encode())


def read_under(label: str) -> list[str]:
    """The verdict on a story under that label, and what was taken for labels."""
    page = Page(name="label", body=f"{label}\n\n{STORY}".encode())
    return [fact for fact in described(page) if fact.startswith(("= ", "l "))]


def pages(folder: Path) -> Iterator[Page]:
    """The saved pages of a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield Page(name=f"{folder.name}/{path.stem}", body=path.read_bytes())


def described(page: Page) -> Iterator[str]:
    """A page's pieces, a fact a line."""
    yield f"# {page.name}"
    try:
        found = split_page(page)
    except PageRefused as refused:
        yield f"refused: {refused}"
        return
    for article in found:
        yield from _piece(as_record(article))


def _piece(record: dict) -> Iterator[str]:
    yield f"## {_digest(json.dumps(record, ensure_ascii=False))} {record['headline']}"
    paid = (record["sponsor"], record["sponsor_basis"], record["supplement"])
    yield f"= sponsored {record['sponsored']} {' / '.join(filter(None, paid))}".rstrip()
    for one in record["evidence"]:
        yield f"{one['points']:+d} {_short(one['text'])}"
    if record["standfirst"]:
        yield f"s {_short(record['standfirst'])}"
    for author in record["byline"]:
        yield f"@ {author['name']} = {author['role'] or ''}".rstrip(" =")
    for mark, key in (("l", "labels"), ("c", "captions"), ("f", "flags"), ("p", "paragraphs")):
        yield from (f"{mark} {_short(text)}" for text in record[key])
    for key in ("published", "canonical_url", "duplicate_of"):
        if record[key]:
            yield f"{key} {record[key]}"
    for line in record["removed"]:
        yield f"- {_short(line['text'])} ({line['reason']})"


def _short(text: str) -> str:
    """The beginning of a text, and a mark of all of it."""
    flat = " ".join(text.split())
    return flat if flat == text and len(text) <= _SHOWN else f"{flat[:_SHOWN]}… {_digest(text)}"


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
