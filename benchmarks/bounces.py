"""How many real bounces are read, and how rightly, by family and by reason.

Usage: `python -m benchmarks.bounces FOLDER`. FOLDER is a checkout of sisimai (github.com/
sisimai/rb-sisimai), whose samples (`set-of-emails/maildir/bsd`) and their labels (the tables in
`test/public`) are its own, or any folder of messages with a file `labels.csv` of the columns `file`,
`kind` (hard, soft, complaint or none) and `reason`. Nothing of either is part of this repository.

Of sisimai's labels, `hard` is its flag for a hard bounce, `complaint` its feedback of abuse or opt-out,
`soft` whatever else says that the letter did not reach a mailbox for the mailbox's or its host's sake;
the rest (policy, reputation, content, authentication, size) asks for no act. Its reason `filtered` is a
refusal in words such as "user unknown" after the letter itself was sent: a `hard` verdict on one is
counted apart. Recall is of messages that ask for an act and led to any.
"""

import argparse
import csv
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.sends.bounces import read_report

KEY = b"k" * 32
_SOFT = frozenset(
    "mailboxfull expired networkerror suspend systemerror mailererror exceedlimit systemfull "
    "filtered onhold undefined".split()
)
_TABLE = re.compile(r"IsExpected = \{(.*)", re.DOTALL)
_MESSAGE = re.compile(r"'(\d+)'\s*=>\s*\[(\[.*?\])\]\s*,", re.DOTALL)
_ROW = re.compile(r"\['[^']*',\s*'[^']*',\s*'([^']*)',\s*(true|false)(?:,\s*'([^']*)')?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A message and what it is."""

    path: Path
    kind: str
    reason: str

    @property
    def family(self) -> str:
        """Who wrote it, by the file's name."""
        return re.sub(r"[-_]?\d*$", "", self.path.stem)


def samples(folder: Path) -> Iterator[Sample]:
    """The labelled messages of a folder."""
    labels = folder / "labels.csv"
    if labels.exists():
        with labels.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield Sample(path=folder / row["file"], kind=row["kind"], reason=row["reason"])
        return
    for table in sorted((folder / "test" / "public").glob("*.rb")):
        found = _TABLE.search(table.read_text("utf-8"))
        for number, rows in _MESSAGE.findall(found[1] if found else ""):
            path = folder / "set-of-emails" / "maildir" / "bsd" / f"{table.stem}-{number}.eml"
            if path.exists():
                yield _labelled(path, _ROW.findall(rows))


def _labelled(path: Path, rows: list[tuple[str, str, str]]) -> Sample:
    reasons = [reason for reason, _, _ in rows]
    if any(flag == "true" for _, flag, _ in rows):
        kind = "hard"
    elif any(kind in ("abuse", "fraud", "opt-out") for _, _, kind in rows):
        kind = "complaint"
    else:
        kind = "soft" if _SOFT.intersection(reasons) else "none"
    return Sample(path=path, kind=kind, reason=reasons[0] if reasons else "")


def measure(folder: Path) -> None:
    """Print the tables."""
    known = list(samples(folder))
    contents = [sample.path.read_bytes() for sample in known]
    began = time.perf_counter()
    reports = [read_report(content, KEY) for content in contents]
    seconds = time.perf_counter() - began
    verdicts = [str(report.bounce or "none") for report in reports]
    for name, of in (("family", lambda one: one.family), ("reason", lambda one: one.reason)):
        groups: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
        for sample, verdict in zip(known, verdicts, strict=True):
            groups[of(sample)][sample.kind, verdict] += 1
        print(f"\n{name:<24}{'n':>5}{'acts':>6}{'found':>7}{'recall':>8}{'hard':>6}{'wrong':>7}")
        for key in sorted(groups, key=lambda one: -groups[one].total()):
            print(_line(key, groups[key]))
        print(_line("all", sum(groups.values(), Counter())))
    _sum_up(known, verdicts, len(known) / seconds)


def _line(name: str, counts: Counter[tuple[str, str]]) -> str:
    acts = sum(count for (kind, _), count in counts.items() if kind != "none")
    found = sum(n for (kind, got), n in counts.items() if kind != "none" and got != "none")
    hard = sum(count for (_, got), count in counts.items() if got == "hard")
    wrong = sum(n for (kind, got), n in counts.items() if got == "hard" and kind != "hard")
    recall = f"{found / acts:8.2f}" if acts else f"{'-':>8}"
    return f"{name:<24}{counts.total():>5}{acts:>6}{found:>7}{recall}{hard:>6}{wrong:>7}"


def _sum_up(known: list[Sample], verdicts: list[str], rate: float) -> None:
    pairs = list(zip(known, verdicts, strict=True))
    for kind in ("hard", "soft", "complaint"):
        of_kind = [verdict for sample, verdict in pairs if sample.kind == kind]
        led = sum(verdict != "none" for verdict in of_kind)
        same = of_kind.count(kind)
        print(f"{kind:<10} {len(of_kind):>4}: {led:>4} led to an act, {same:>4} to the very one")
    hard = [sample for sample, verdict in pairs if verdict == "hard"]
    right = sum(sample.kind == "hard" for sample in hard)
    filtered = sum(sample.kind != "hard" and sample.reason == "filtered" for sample in hard)
    wrong = len(hard) - right - filtered
    if hard:
        print(
            f"precision of hard: {(right + filtered) / len(hard):.3f} ({right} so labelled, {filtered} "
            f'"filtered" that name the address, {wrong} others)'
        )
    print(f"{rate:,.0f} messages a second")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path)
    measure(parser.parse_args().folder)
