"""A blind sheet: the plain lead, our digest and Sumy's LexRank side by side, so that anybody can judge.

Who wrote which stands in a key apart. The order is drawn for each article from the seed, so that the
same sheet can be made again.
"""

import json
import random
from collections.abc import Iterable
from dataclasses import dataclass

from briefing.actions.editions.bulk_digest import BadRecord, Record, read_record
from briefing.digests.make import digest_text
from briefing.digests.peers import lead, lexrank
from briefing.digests.settings import DigestSettings
from briefing.model.digest import Sentence, paragraph_of

_LETTERS = "ABC"
_HEAD = """# Which would you print?

Three paragraphs for each article, in an order drawn by lot. Write next to each article the letters of those you
would print as they stand, and what is wrong with the others: an answer left out, nobody named, the same said
twice. Read the article where you are not sure. The key is another file: open it when you have judged.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSheet:
    """A sheet to judge, the key to it, and what could not be put on it."""

    text: str
    #: One line of JSON an article: `{id, A, B, C}`.
    key: str
    bad: tuple[BadRecord, ...] = ()


def blind_sheet(lines: Iterable[str], settings: DigestSettings, seed: int) -> BlindSheet:
    """Lay three digests of each article side by side.

    Args:
        lines: JSON objects `{id, title?, language?, text}`.
        settings: engine and window of ours.
        seed: of the order in which they stand.
    """
    chance = random.Random(seed)  # noqa: S311 - to mix, not to keep a secret
    pages, keys, bad = [_HEAD], list[str](), list[BadRecord]()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        record = read_record(number, line)
        if isinstance(record, BadRecord):
            bad.append(record)
            continue
        written = list(_digests(record, settings).items())
        chance.shuffle(written)
        pages.append(_page(record, [text for _, text in written]))
        names = dict(zip(_LETTERS, (name for name, _ in written), strict=True))
        keys.append(json.dumps({"id": record.id, **names}, ensure_ascii=False))
    return BlindSheet(text="\n".join(pages), key="\n".join(keys) + "\n", bad=tuple(bad))


def _digests(record: Record, settings: DigestSettings) -> dict[str, str]:
    language = record.language or "en"
    sentences, _ = digest_text(record.text, record.title or "", settings, language)
    return {
        "lead": _line(lead(record.text, language, settings.words[0])),
        "ours": paragraph_of(sentences),
        "lexrank": _line(lexrank(record.text, language)),
    }


def _line(sentences: tuple[str, ...]) -> str:
    """Put together as ours are, so that no space tells whose they are."""
    return paragraph_of([Sentence(text=one, start=0, end=len(one)) for one in sentences])


def _page(record: Record, texts: list[str]) -> str:
    rows = "\n\n".join(f"**{letter}** {text}" for letter, text in zip(_LETTERS, texts, strict=True))
    return f"\n## {record.id}: {record.title or 'no headline'}\n\n{rows}\n"
