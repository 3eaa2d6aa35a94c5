"""How many words a text has, in scripts with spaces between them and in those without."""

#: Thai, Lao, Burmese, Khmer, the Japanese syllabaries, and Chinese characters.
_UNSPACED = frozenset(
    map(
        chr,
        (
            *range(0x0E00, 0x0F00), *range(0x1000, 0x10A0), *range(0x1780, 0x1800),
            *range(0x3040, 0x3100), *range(0x3400, 0x4DC0), *range(0x4E00, 0xA000),
        ),
    )
)  # fmt: skip


def count_words(text: str) -> int:
    """Words as spaces divide them; of scripts without spaces, two characters to a word.

    Chinese words have two characters on average, Japanese, Thai, Lao, Khmer and Burmese ones more.
    """
    spaced = text.count(" ") + 1
    if text.isascii():
        return spaced
    unspaced = _UNSPACED & set(text)
    return spaced + sum(map(text.count, unspaced)) // 2 if unspaced else spaced
