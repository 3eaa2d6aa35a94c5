"""A number with its noun, as every message says it: one of a thing is never "1 things"."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 story`, `8,412 people`; a verb may follow the noun in both forms.

    Args:
        number: how many there are.
        one: what one of them is called.
        many: what any other number is called; left out, `one` with an s.
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
