"""Who paid, where a label names nobody: the house that data, label or a line next to it name, and the text."""

import re
from collections.abc import Iterator

from briefing.articles.pieces.piece import Piece
from briefing.articles.text.fingerprint import folded
from briefing.articles.vocabulary.label_words import is_label_word
from briefing.articles.vocabulary.lookup import Grammar
from briefing.articles.vocabulary.payer_names import CAP, is_nobody

_NAMES = re.compile(rf"(?<!\w){CAP}(?: (?:(?:of|and|the|de|du) ){{0,2}}{CAP}){{0,5}}")
#: Lines in which a house signs, hosts or is written for.
_SIGNS = Grammar(
    "bylines", r"^(?i:{signs with})[: ]|\bpresents:?$|\b(?:on behalf of|for) (?=[A-ZÀ-Þ])"
)
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_LINE_WORDS = 14
#: Paragraphs at the head and at the foot that may be such a line.
_EDGE = 2
#: In letters; what is shorter is in many texts by chance.
_SHORTEST = 3


def payer_by_label(piece: Piece, voice: str) -> str | None:
    """Who signs in data only, or the longest name of such a line, where the text has it too.

    The house that publishes the page is not who paid.

    Args:
        piece: with a label.
        voice: its text without quotations.
    """
    own = folded(piece.publisher)
    signed = next((name for name in piece.unseen_signers if _is_told(name, voice)), None)
    if signed and folded(signed) != own:
        return signed
    for line in _lines(piece):
        for name in _names(line):
            told = re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", voice)
            if folded(name) != own and len(told) > (line in voice):
                return name
    return None


def _is_told(name: str, voice: str) -> bool:
    """The text speaks of it; a writer is not in the writer's own text."""
    return (
        len(name) > _SHORTEST and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", voice) is not None
    )


def _lines(piece: Piece) -> Iterator[str]:
    yield from piece.labels
    texts = [part.text for part in piece.paragraphs]
    for text in (*(line.text for line in piece.removed), *texts[:_EDGE], *texts[-_EDGE:]):
        for sentence in _SENTENCES.split(text):
            if sentence.count(" ") < _LINE_WORDS and _SIGNS.search(sentence):
                yield sentence


def _names(line: str) -> Iterator[str]:
    """The names in a line, the longest first, words of labels left out."""
    for run in _NAMES.finditer(line):
        words = run[0].rstrip(".").split()
        for length in range(len(words), 0, -1):
            for at in range(len(words) - length + 1):
                part = words[at : at + length]
                name = " ".join(part)
                plain = any(map(is_label_word, part)) or is_nobody(name)
                if len(name) > _SHORTEST and not plain:
                    yield name
