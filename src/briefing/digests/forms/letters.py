"""Readers' letters: the first of them with its signature; where it is short, the next one as well."""

import re

from briefing.digests.forms.form import Layout, TextBlock, TextStructure, respanned, without_label
from briefing.digests.senses import Sense
from briefing.model.digest import count_words

_CAPITAL = re.compile(r"[^\W\d_a-z]")
_SALUTATION = re.compile(r"(?:Dear )?(?:Sirs?|SIRS?|Madam|MADAM|Editor)\b[,:]?\s*[-–—]?\s*")
#: “Ann Hale (by e-mail)”.
_ASIDE = re.compile(r"\([^)]*\)|（[^）]*）")
#: A name, and no initial.
_NAME = re.compile(r"[^\W\d_a-z][\w’'-]{2,}")
#: A signature has no more words, and so many of them are names at least.
_LONGEST, _NAMES = 9, 2
#: Whoever answers a letter is named in so many characters, in one of so many sentences under it.
_ANSWERS, _SOON = 60, 2
#: Where words are counted by characters a name with its town and age has more.
_LONGEST_UNSPACED = 14


def lay_out(reading: TextStructure) -> Layout | None:
    """The first letter; its sentences come with who signed it."""
    signs = {block.start for block in reading.unended if _signs(reading, block)}
    if not signs:
        return None
    # A place on a line of its own goes with the name above it: both are one signature.
    signed = [
        at
        for at, block in enumerate(reading.blocks)
        if at and block.start in signs and reading.blocks[at - 1].start not in signs
    ]
    titled = reading.title_says & Sense.LETTERS_TITLE
    closing = [block for block in reading.blocks if _takes_leave(reading, block.text)]
    greeted = [
        block for block in reading.blocks if reading.opens(Sense.SALUTATION_LETTER, block.text)
    ]
    if not signed or not (greeted or (titled and len(signed) > 1)):
        return None
    changed: dict[int, tuple[int, int]] = {}
    for block in greeted:
        changed |= without_label(reading, block, _greeting(reading, block.text))
    count = len(reading.spans)
    bodies, signatures = _letters(reading, signed)
    companions = _with_signature(
        reading, bodies, [sign[:1] for sign in signatures] if reading.own else signatures
    )
    under = range(signatures[-1].stop, count)
    reply = _reply(reading, under)
    companions |= {at: companions[at] | reply for at in bodies[-1] if reply}
    later = list(
        zip(bodies, [sign[:1] for sign in signatures] if reading.own else signatures, strict=True)
    )[1:]
    several = f"letters: the first of {len(signed)}, then the next ones where it is short"
    spans = list(respanned(reading, changed))
    parts = list[int]()
    for sign in signatures if reading.own else ():
        # “Juana Morvilar. Valdehondo”: the stop in there ends no sentence.
        spans[sign.start] = (spans[sign.start][0], spans[sign.stop - 1][1])
        parts += sign[1:]
    return Layout(
        form="letters",
        spans=tuple(spans),
        order=range(count),
        against={
            block.places.start: "a salutation" for block in greeted if _is_bare(reading, block)
        }
        | dict.fromkeys(parts, "stands in the line before")
        | {place: "takes leave" for block in closing for place in block.places}
        | dict.fromkeys(set(under) - reply, "stands under the last letter"),
        reserve=tuple(frozenset((*body, *sign)) for body, sign in later),
        companions=companions,
        answered_in=_answered(reading, bodies, signatures),
        lines=frozenset(place for signature in signatures for place in signature) - {*parts},
        is_several=True,
        is_voice=True,
        flags=(several if len(signed) > 1 else "a reader's letter",),
    )


def _reply(reading: TextStructure, under: range) -> frozenset[int]:
    """“The trust writes: …”: what is printed under a letter and begins with whoever answers it, before a colon."""
    for place in under[:_SOON]:
        who, colon, _ = reading.texts[place].partition(":")
        says = reading.words.marks(reading.words.tokens(who)) if colon else ()
        if len(who) <= _ANSWERS and any(mark.senses & Sense.ATTRIBUTION for mark in says):
            return frozenset({place})
    return frozenset()


def _answered(
    reading: TextStructure, bodies: list[range], signatures: list[range]
) -> dict[int, range]:
    """The letters whose writer a later one calls by name, each with that one."""
    if reading.own is not None and not reading.own.has_capitals:
        return {}
    found: dict[int, range] = {}
    for at, (body, signature) in enumerate(zip(bodies, signatures, strict=True)):
        writer = _surname(reading.texts[signature.start])
        for later in bodies[at + 1 :] if writer else ():
            if any(writer in map(str.title, _NAME.findall(reading.texts[one])) for one in later):
                found |= dict.fromkeys(body, later)
    return found


def _surname(signature: str) -> str:
    """Prosser of “D. R. PROSSER, Upper Hafod”: the last name before the first comma; empty where there is none."""
    names = _NAME.findall(_ASIDE.sub("", signature).partition(",")[0])
    return names[-1].title() if names else ""


def _letters(reading: TextStructure, signed: list[int]) -> tuple[list[range], list[range]]:
    """The sentences of each letter, and those of its signature; where the writer lives may stand below that."""
    begins, bodies, signatures = 0, list[range](), list[range]()
    for at in signed:
        signature = reading.blocks[at].places
        bodies.append(range(begins, signature.start))
        signatures.append(signature)
        below = [block for block in reading.blocks[at + 1 : at + 2] if block in reading.unended]
        begins = below[0].places.stop if below and _is_place(below[0]) else signature.stop
    return bodies, signatures


def _is_place(block: TextBlock) -> bool:
    words = block.text.split()
    return len(words) <= _LONGEST and bool(_CAPITAL.match(words[0]))


def _with_signature(
    reading: TextStructure, bodies: list[range], signatures: list[range]
) -> dict[int, frozenset[int]]:
    """Each sentence goes with who signed it; of a later letter with all that stands before it in there."""
    found: dict[int, frozenset[int]] = {}
    for at, (body, signature) in enumerate(zip(bodies, signatures, strict=True)):
        for place in body:
            before = range(body.start, place) if at else ()
            found[place] = frozenset((*before, *signature))
        # A name alone tells nothing: the signature comes with a sentence of what it signs.
        start = body.start if at else next((one for one in body if _is_told(reading, one)), None)
        if body and start is not None:
            found |= {place: frozenset({start}) for place in signature}
    return found


def _is_told(reading: TextStructure, place: int) -> bool:
    start, end = reading.spans[place]
    return reading.text[end - 1] in ".!?…。！？।؟" and not reading.text[start].islower()


def _greeting(reading: TextStructure, text: str) -> int:
    """How many characters of a letter greet; where a small letter follows they are part of its first sentence."""
    if reading.own is None:
        label = _SALUTATION.match(text)
        return label.end() if label and not text[label.end() :][:1].islower() else 0
    length = reading.own.length_of("salutation_letter", text)
    rest = text[length:].lstrip(" ,:!，：！、\u3000")
    return 0 if rest[:1].islower() else len(text) - len(rest)


def _is_bare(reading: TextStructure, block: TextBlock) -> bool:
    return 0 < len(block.text.rstrip()) <= _greeting(reading, block.text)


def _takes_leave(reading: TextStructure, text: str) -> bool:
    return reading.own is not None and reading.own.length_of("closing", text) > 0


def _signs_below(reading: TextStructure, block: TextBlock) -> bool:
    """The same in a script without capitals: a short line under one that ends; headings stand under none."""
    above = reading.blocks[reading.blocks.index(block) - 1] if block.places.start else block
    if above is block or (above in reading.unended and not _takes_leave(reading, above.text)):
        return False
    return count_words(block.text) <= _LONGEST_UNSPACED and not _takes_leave(reading, block.text)


def _signs(reading: TextStructure, block: TextBlock) -> bool:
    """True for a line of names without an end: “Ann Hale, Norburg”."""
    text = block.text.strip()
    if reading.own is not None:
        if _takes_leave(reading, text):
            return False
        if not reading.own.has_capitals:
            return _signs_below(reading, block)
        text = _ASIDE.sub("", text).strip()
        if not text:
            return False
    words = text.split()
    names = sum(bool(_CAPITAL.match(word)) for word in words)
    ended = text[-1:] in ".!?:;" and not re.search(r"\b[A-Z]\.$", text)
    return (
        names >= _NAMES and names * 2 >= len(words)
        and len(words) <= _LONGEST
        and not ended
        and not reading.opens(Sense.SALUTATION_LETTER, text)
    )  # fmt: skip
