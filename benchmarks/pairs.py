"""The audit of pairs: how often a digest keeps a claim and drops its answer, for every engine and the plain lead.

Usage: `python -m benchmarks.pairs [articles.jsonl ...]`; lines are {id, title?, text}. Without a file it reads the
articles of our own that the tests have. It needs no reference. The judge is written here a second time, away from
the digests, so that a rule of theirs that goes wrong does not take its own judge with it:

- a contrast is dropped when a sentence is kept and the next one, which opens on "but" and the like, is not;
- a denial is dropped when a sentence is kept that denies nothing itself, one of the next six denies and shares two
  stems with it, and the digest holds no denial at all.
"""

import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing.digests.engines import ENGINES
from briefing.digests.make import digest_text
from briefing.digests.peers import lead, lexrank
from briefing.digests.sentences import split_sentences
from briefing.digests.settings import DigestSettings

TESTS = Path(__file__).parents[1] / "tests" / "digests"
CONTRAST = re.compile(
    r"[\"“‘']?(?:But|However|Yet|Instead|In fact|Nevertheless|Nonetheless|Even so|Still),? "
)
DENIAL = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|reject\w*|dismiss\w*|refut\w*|disput\w*|clear(?:s|ed)|acquitted|exonerated|"
    r"withdrew|withdrawn|retract\w*|baseless|unfounded|untrue|no evidence|nothing wrong)\b"
)
CHARGE = re.compile(
    r"\b(?:said|says|told|accus\w+|alleg\w+|claim\w*|charg\w+|blam\w+|suggest\w*)\b"
)
SMALL = frozenset(
    "the a an and or of to in on at by for with from that this it is was were are be been has have had "
    "he she they his her their its as not but will would could should who which what when there also after before "
    "more than about into out up if so no any all said says told".split()
)
SOON, ALIKE = 6, 2
#: An audit must be quick; these need seconds for a long text.
SLOW = ("kl",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One system: of its digests, the share that drops an answer."""

    system: str
    digests: int
    contrast: float
    denial: float
    words: float


def stems(sentence: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]{3,}", sentence.lower())) - SMALL


def pairs(sentences: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    """The kind, the claim and the answer."""
    for at, sentence in enumerate(sentences):
        if at and CONTRAST.match(sentence):
            yield "contrast", at - 1, at
        if DENIAL.search(sentence):
            for claim in range(max(0, at - SOON), at):
                if DENIAL.search(sentences[claim]):
                    continue
                shared = stems(sentence) & stems(sentences[claim])
                if CHARGE.search(sentences[claim]) and len(shared) >= ALIKE:
                    yield "denial", claim, at


def dropped(text: str, digest: str) -> frozenset[str]:
    """Which kinds of answer a digest drops."""
    sentences = split_sentences(text)
    kept = {at for at, one in enumerate(sentences) if one in digest}
    denies = any(DENIAL.search(sentences[at]) for at in kept)
    return frozenset(
        kind
        for kind, claim, answer in pairs(sentences)
        if claim in kept and answer not in kept and not (kind == "denial" and denies)
    )


def lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def articles(paths: list[str]) -> list[dict[str, str]]:
    if paths:
        return [one for path in paths for one in lines(Path(path))]
    own = lines(TESTS / "floor" / "articles.jsonl")
    for table in sorted(TESTS.glob("*/articles.toml")):
        own += tomllib.loads(table.read_text("utf-8"))["article"]
    return own


def engine(name: str) -> Callable[[dict[str, str]], str]:
    def write(article: dict[str, str]) -> str:
        settings = DigestSettings(engine=name)
        sentences, _ = digest_text(article["text"], article.get("title") or "", settings)
        return " ".join(sentence.text for sentence in sentences)

    return write


def systems() -> dict[str, Callable[[dict[str, str]], str]]:
    return {
        "plain lead": lambda article: " ".join(lead(article["text"], "en", 60)),
        "Sumy's LexRank, top 3": lambda article: " ".join(lexrank(article["text"], "en")),
        **{name: engine(name) for name in ENGINES if name not in SLOW},
    }


def audit(paths: list[str] | None = None) -> list[Row]:
    """A row for each system."""
    read = articles(paths or [])
    rows = []
    for name, write in systems().items():
        digests = [write(article) for article in read]
        faults = [dropped(one["text"], digest) for one, digest in zip(read, digests, strict=True)]
        rows.append(
            Row(
                system=name,
                digests=len(read),
                contrast=sum("contrast" in fault for fault in faults) / len(read),
                denial=sum("denial" in fault for fault in faults) / len(read),
                words=sum(len(digest.split()) for digest in digests) / len(read),
            )
        )
    return rows


def main() -> None:
    print(f"{'system':<24}{'digests':>8}{'contrast':>10}{'denial':>8}{'words':>7}")
    for row in audit(sys.argv[1:]):
        print(
            f"{row.system:<24}{row.digests:>8}{100 * row.contrast:>9.1f}%{100 * row.denial:>7.1f}%"
            f"{row.words:>7.1f}"
        )


if __name__ == "__main__":
    main()
