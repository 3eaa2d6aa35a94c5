"""From an edition to its checked email: ours with 25 stories, blocks and pictures against 12 of an earlier commit.

Usage: `python -m benchmarks.render EARLIER [--rounds N] [--profile]`. EARLIER is a checkout of another commit
with its own `.venv`, as `git worktree add ../earlier COMMIT` and `make briefing` in there leave it. Each
side is one process that renders The Staggers with MJML and premailer and asks every check of it, an edition
with other words each time. The two take turns, so that a busy machine slows both; medians of processor
time. The first edition of a process, which reads style sheets and templates, is told apart.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from briefing.model.edition import Item

HERE = Path(__file__).resolve().parent.parent
OURS, EARLIER = 25, 12
LIMIT = 0.6
ROUNDS = 15
SAID = (
    "Ministers signed pact {n} at four o’clock this morning, eleven hours after the deadline that both sides "
    "had called final.",
    "The boats of Orkney and Shetland get back two of the {n} western grounds they lost in 2021.",
    "Inspectors from both countries will share one patrol ship, paid for out of landing fees.",
)
SLOT = datetime(2026, 11, 29, 6, 30, tzinfo=UTC)


def edition(stories: int, number: int) -> object:
    """An edition of two paid pieces and so many stories; no two numbers share their words."""
    from briefing.model.article import Article, Author, Basis, Paragraph, Sponsorship, Verdict
    from briefing.model.digest import Digest, Sentence
    from briefing.model.edition import Edition, Item

    def item(place: int, **more: object) -> Item:
        said = [one.format(n=1000 * number + place) for one in SAID]
        text = " ".join(said)
        at = [text.index(one) for one in said]
        sentences = tuple(
            Sentence(text=one, start=start, end=start + len(one))
            for one, start in zip(said, at, strict=True)
        )
        article = Article(
            id=f"{place:02}-{number}#0",
            headline=f"Harbours pact {place} of day {number} holds as boats win back the grounds",
            paragraphs=(Paragraph(text=text),),
            byline=(Author(name="Idris Caine", role="political editor"),) if place % 2 else (),
            published=date(2026, 11, 28),
            canonical_url=f"https://harbour.example.org/{number}/story-{place}",
            **more,
        )
        digest = Digest(article_id=article.id, sentences=sentences, engine="benchmark")
        return Item(
            article=article,
            digest=digest,
            kicker="" if more else ("Transport", "Justice", "Water")[place % 3],
            headline=article.headline,
            paragraph=text,
        )

    paid = Sponsorship(verdict=Verdict.SPONSORED, sponsor="Northgate Wind", basis=Basis.DECLARED)
    return Edition(
        id=f"benchmark-{number}",
        briefing="benchmark",
        title="The Benchmark",
        slot=SLOT,
        items=_pictured(item(place) for place in range(stories)),
        sponsored=tuple(item(place, sponsorship=paid) for place in (90, 91)),
        subject=f"Harbours pact {number} holds",
        preheader="Plus: the mayors want the buses back, and what it would cost",
        **_blocks(Edition, number),
    )


def _pictured(items: "Iterable[Item]") -> "tuple[Item, ...]":
    """With pictures of the lead and of a comment, where items of this commit have any."""
    told = list(items)
    if "picture" in {field.name for field in fields(told[0])}:
        from briefing.emails.specimen import filled

        shown = filled(SLOT).items
        for place in (0, 2):
            told[place] = replace(
                told[place], picture=shown[place].picture, block=shown[place].block
            )
    return tuple(told)


def _blocks(kind: type, number: int) -> dict[str, object]:
    """What people wrote in every block, where editions of this commit have blocks."""
    if "blocks" not in {field.name for field in fields(kind)}:
        return {}
    from briefing.emails.specimen import filled

    written = filled(SLOT).blocks
    return {"blocks": written, "corrections": (f"The ferry of day {number} left at nine.",)}


def made(stories: int, number: int, folder: Path) -> tuple[float, int, int]:
    """Processor milliseconds from an edition to its checked email, its bytes, and how many findings."""
    from briefing.emails.checks import House, Proof, check
    from briefing.emails.render import render
    from briefing.emails.settings import EmailSettings
    from briefing.model.mail import Address

    settings = EmailSettings(
        template=folder,
        site_name="Harbour Press",
        public_url="https://press.example.org",
        postal_address="Harbour Press, 1 Quay Street, Leith",
    )
    house = House(
        sender=Address(email="desk@press.example.org", name="Harbour Press"),
        public_url="https://press.example.org",
        postal_address="Harbour Press, 1 Quay Street, Leith",
    )
    told = edition(stories, number)
    start = time.process_time()
    email = render(told, settings)
    findings = check(Proof(email, told, house))
    spent = (time.process_time() - start) * 1000
    return spent, len(email.html.encode()), len(findings)


def worker(stories: int, root: Path) -> None:
    """Answer each line of standard input with one more edition."""
    for number, _ in enumerate(sys.stdin):
        print(*made(stories, number, root / "templates/email/staggers"), flush=True)


class Side:
    """One commit at work, in a process of its own."""

    def __init__(self, root: Path, stories: int) -> None:
        python = root / ".venv/bin/python"
        environment = os.environ | {"PYTHONPATH": str(root / "src")}
        command = [python, Path(__file__), "--worker", str(stories), root]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._in: IO[str] = self._process.stdin  # type: ignore[assignment]
        self._out: IO[str] = self._process.stdout  # type: ignore[assignment]
        self.first, self.bytes, self.findings = self.once()

    def once(self) -> tuple[float, int, int]:
        self._in.write("go\n")
        self._in.flush()
        spent, size, findings = self._out.readline().split()
        return float(spent), int(size), int(findings)

    def end(self) -> None:
        self._in.close()
        self._process.wait()


def compare(earlier: Path, rounds: int) -> None:
    ours, theirs = Side(HERE, OURS), Side(earlier, EARLIER)
    pairs = [(ours.once()[0], theirs.once()[0]) for _ in range(rounds)]
    mine, other = (statistics.median(one[side] for one in pairs) for side in (0, 1))
    ratio = statistics.median(one / two for one, two in pairs)
    for name, side, stories, spent in (
        ("this commit", ours, OURS, mine),
        ("earlier", theirs, EARLIER, other),
    ):
        print(
            f"{name:>12}: {stories} stories, {spent:7.1f} ms, the first {side.first:7.1f} ms, "
            f"{side.bytes:,} bytes of HTML, {side.findings} findings"
        )
        side.end()
    print(f"ratio {ratio:.2f} (at most {LIMIT}); of the first {ours.first / theirs.first:.2f}")


def profile() -> None:
    """Where the time of this commit goes."""
    import cProfile
    import pstats

    folder = HERE / "templates/email/staggers"
    made(OURS, 0, folder)
    with cProfile.Profile() as profiler:
        for number in range(1, 6):
            made(OURS, number, folder)
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(60)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("earlier", type=Path, nargs="?")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.worker:
        worker(int(asked.worker[0]), Path(asked.worker[1]))
    elif asked.profile:
        profile()
    elif asked.earlier:
        compare(asked.earlier.resolve(), asked.rounds)
    else:
        parser.error("name a checkout of an earlier commit, or --profile")


if __name__ == "__main__":
    main()
