"""The sentences of an article that a digest may use, and what each of them needs."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from briefing.digests.anaphora import names_the_speaker, points_back, speaks_as_writer
from briefing.digests.form_words import FormWords, form_words
from briefing.digests.forms import Layout, lay_out
from briefing.digests.needs import Needs
from briefing.digests.pairs import Pairs
from briefing.digests.sentences import sentence_spans
from briefing.digests.tokenizer import stems_of
from briefing.languages.table import LEAST_WORDS
from briefing.languages.table import language as tables_of
from briefing.model.digest import Sentence, count_words

#: No language's words are longer in the mean of a sentence: what is without a space, such as “......”, has as many
#: words as it would have of these.
LONGEST_WORD = 15
#: Texts of no more sentences than this are printed as they are.
_FEW = 3
#: An end mark and what may close after it stand among so many last characters.
_TAIL = 8
_FINISHED = re.compile(r"[.!?…。！？।॥؟۔][\"”’')\]»」』）]*$")
#: Plain phrases are searched as such, because one pattern of them all costs half the running time.
_NO_NEWS = (
    "scroll down for", "show hide image", "show/hide image", "media caption", "media playback",
    "click here", "read more", "share this", "follow us", "follow him on", "follow her on",
    "follow me on", "copyright", "all rights reserved", "sign up for", "sign up to",
    "taken from the", "photograph:", "pictured above", "pictured below", "pictured left",
    "pictured right", "see also:",
)  # fmt: skip
#: The same by what several of them share, so that a text without that is searched once for all of these.
_SHARED = ("hide image", "media ", "follow ", "sign up ", "pictured ")
_BY_SHARED = {
    part: tuple(one for one in _NO_NEWS if part in one)
    for part in (*_SHARED, *(one for one in _NO_NEWS if not any(part in one for part in _SHARED)))
}
_BIOGRAPHY = re.compile(
    r"is (?:an? |the )?(?:[a-z-]+ )?(?:editor|correspondent|columnist) (?:of|for|at) (?:the )?[A-Z]"
)
_POINT = re.compile(r"(?:\d{1,2}\.|[-•*·])\s")
_HOTLINE = re.compile(r"\b0[38]00 ?\d{3}")
#: A picture's credit; in a paragraph of so few sentences the others are its caption.
_CREDIT = re.compile(r"\b(?:photograph|photo|picture|image)s?: ?[A-Z]", re.IGNORECASE)
#: The surname is only looked at, so that "Chancellor Gordon Brown" gives Brown as well as Gordon.
_FULL_NAME = re.compile(
    r"([A-Z](?<!\w.)[\w’'-]+)(?= (?:(?:de|van|von|Mc|Mac|al|bin) )?([A-Z][\w’-]+)\b)"
)
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Dame|Baroness)\.? ([A-Z][\w’-]+)\b(?! [A-Z][a-z])"
)
_TITLES = frozenset("Mr Mrs Ms Miss Dr Prof Sir Lord Lady Dame Baroness The And But In".split())
#: Beside the sentence it belongs to, one may stand for which there is only this against it.
LIGHT = frozenset({"too short", "the writer speaks of themselves"})
#: Forms in which what stands first may be answered further down; the others are told in entries of their own.
_MAY_COME_BACK = frozenset({"news", "opinion", "speech", "review", "obituary", "poll table"})
#: What stands outside the running text.
_INSERTED = "caption, biography or call to action"
#: When this share of an article says "I", the first person is its voice and no aside.
_PERSONAL_SHARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidates:
    """An article's sentences in order, with all that choosing among them takes."""

    #: Where each begins and ends.
    spans: tuple[tuple[int, int], ...]
    #: Their wording.
    texts: tuple[str, ...]
    #: The stems of each.
    stems: tuple[frozenset[str], ...]
    #: Lengths in words.
    lengths: tuple[int, ...]
    paragraph_of: tuple[int, ...]
    #: Why a sentence may not be taken for its own sake; empty when it may.
    against: tuple[str, ...]
    #: The sentences each one cannot stand without.
    needs: Needs
    #: The sentences that give in full the names each one gives as title and surname only.
    introduced_by: tuple[frozenset[int], ...]
    #: What is not printed without one of its answers.
    pairs: Pairs
    #: What kind of text it is, and what follows from that.
    layout: Layout

    @property
    def paragraphs(self) -> tuple[tuple[str, ...], ...]:
        """The wording, paragraph by paragraph; paragraphs without a sentence are left out."""
        grouped: dict[int, list[str]] = {}
        for text, paragraph in zip(self.texts, self.paragraph_of, strict=True):
            grouped.setdefault(paragraph, []).append(text)
        return tuple(tuple(texts) for texts in grouped.values())

    def sentence(self, place: int) -> Sentence:
        """One of them; made when it is asked for, because few are printed."""
        start, end = self.spans[place]
        return Sentence(text=self.texts[place], start=start, end=end)


def candidates(
    text: str,
    language: str,
    prose: tuple[bool, ...] | None = None,
    title: str = "",
    *,
    is_paid: bool = False,
) -> Candidates:
    """Split a text and note what speaks against each sentence, what it needs and what answers it.

    Args:
        text: paragraphs on lines of their own.
        language: an ISO 639 code.
        prose: for each block of the text (parted by line ends), whether digests may use it.
        title: the headline.
        is_paid: whether somebody paid for the text; nobody answers in it what it says of itself.
    """
    breaks = [match.end() for match in re.finditer(r"\n\n*", text)]
    layout = lay_out(text, title, language, sentence_spans(text, language), breaks)
    spans = layout.spans
    texts = tuple(text[start:end] for start, end in spans)
    lengths = tuple(max(count_words(text), len(text) // LONGEST_WORD) for text in texts)
    paragraph_of = tuple(bisect_right(breaks, start) for start, _ in spans)
    stems = tuple(frozenset(stems_of(text, language)) for text in texts)
    personal = _personal(texts, form_words(language))
    least = _least(language)
    is_short = [length < least for length in lengths]
    against = _against(texts, is_short, paragraph_of, prose, personal, is_voice=layout.is_voice)
    inserted = frozenset(at for at, why in enumerate(against) if why == _INSERTED)
    allowed = _allowed(against, layout)
    needs = Needs(
        texts,
        paragraph_of,
        language,
        inserted=inserted,
        companions=layout.companions,
        alone=layout.lines | layout.alone,
    )
    return Candidates(
        spans=spans,
        texts=texts,
        stems=stems,
        lengths=lengths,
        paragraph_of=paragraph_of,
        against=allowed,
        needs=needs,
        introduced_by=_introductions(texts),
        pairs=Pairs(
            texts,
            stems,
            paragraph_of,
            title,
            language,
            turns_reach_back=layout.turns_reach_back,
            needs=needs,
            barred=frozenset(at for at, why in enumerate(allowed) if why and why not in LIGHT),
            is_news=layout.form == "news" and not is_paid,
            may_come_back=layout.form in _MAY_COME_BACK and not is_paid,
            is_round_up=layout.form == "round-up",
        ),
        layout=layout,
    )


def _allowed(against: list[str], layout: Layout) -> tuple[str, ...]:
    """What speaks against each sentence when its form has its say: it refuses some, and keeps lines."""
    for place in layout.lines:
        against[place] = ""
    return tuple(layout.against.get(place, why) for place, why in enumerate(against))


def _against(
    texts: tuple[str, ...],
    is_short: list[bool],
    paragraph_of: tuple[int, ...],
    prose: tuple[bool, ...] | None,
    personal: list[bool],
    *,
    is_voice: bool,
) -> list[str]:
    is_voice = is_voice or sum(personal) >= _PERSONAL_SHARE * len(texts)
    whole = "\n".join(texts)
    captions = _captions(texts, paragraph_of) if ":" in whole else set[int]()
    phrases = _phrases(whole)
    is_clean = not (phrases or _is_no_news(whole, phrases))
    seen: set[str] = set()
    reasons = []
    for place, text in enumerate(texts):
        paragraph, words = paragraph_of[place], text.lower()
        if prose is not None and not prose[paragraph]:
            reason = "stands in a heading, list or post"
        elif words in seen:
            reason = "repeats an earlier sentence"
        elif paragraph in captions:
            reason = "a picture's caption"
        elif personal[place] and not is_voice:
            reason = "the writer speaks of themselves"
        else:
            reason = _fault(text, phrases, is_short=is_short[place], is_clean=is_clean)
        reasons.append(reason)
        seen.add(words)
    if len(texts) > _FEW and not reasons[0] and points_back(texts[0]):
        # What it points at is the headline or stands above the text: here nobody can see it.
        reasons[0] = "points at what stands before the text"
    return reasons


def _personal(texts: tuple[str, ...], own: FormWords | None) -> list[bool]:
    """Where the writer says "I"; the whole is asked first, because most news has none."""
    if own is not None:
        return [own.speaks(text, "self") for text in texts]
    if not names_the_speaker("\n".join(texts)):
        return [False] * len(texts)
    return [speaks_as_writer(text) for text in texts]


def _captions(texts: tuple[str, ...], paragraph_of: tuple[int, ...]) -> set[int]:
    credited = {
        paragraph
        for text, paragraph in zip(texts, paragraph_of, strict=True)
        if ":" in text and _CREDIT.search(text)
    }
    return {paragraph for paragraph in credited if paragraph_of.count(paragraph) <= _FEW}


def _phrases(text: str) -> tuple[str, ...]:
    """The phrases of `_NO_NEWS` that occur at all: most articles hold none."""
    whole = text.lower()
    shared = [part for part in _BY_SHARED if part in whole]
    return tuple(phrase for part in shared for phrase in _BY_SHARED[part] if phrase in whole)


def _least(language: str) -> int:
    """How many words a sentence has that says something by itself."""
    found = tables_of(language)
    return found.least_words if found else LEAST_WORDS


def _fault(text: str, phrases: tuple[str, ...], *, is_short: bool, is_clean: bool) -> str:
    """What is wrong with a sentence in itself; empty when nothing is.

    A clean text has no call to action or biography anywhere, so that no sentence is asked for one.
    """
    if not _FINISHED.search(text, max(len(text) - _TAIL, 0)):
        return "no end mark"
    if _POINT.match(text):
        return "a point of a list"
    if text.lstrip("\"“‘'(«„「")[:1].islower():
        return "begins in the middle"
    if not is_clean and _is_no_news(text, phrases):
        return _INSERTED
    return "too short" if is_short else ""


def _is_no_news(text: str, phrases: tuple[str, ...]) -> bool:
    if phrases and any(phrase in text.lower() for phrase in phrases):
        return True
    if "00" in text and _HOTLINE.search(text):
        return True
    return " is " in text and bool(_BIOGRAPHY.search(text))


def _introductions(texts: tuple[str, ...]) -> tuple[frozenset[int], ...]:
    """For each sentence, where the people it calls by title and surname stand in full."""
    whole = "\n".join(texts)
    titled = Counter(_TITLED.findall(whole))
    # A name that only ever stands behind a title stands in full nowhere.
    everybody = {name for name, times in titled.items() if whole.count(name) > times}
    if not everybody:
        return (frozenset(),) * len(texts)
    called = [set(_TITLED.findall(text)) for text in texts]
    full = [
        _surnames_in_full(text) if any(name in text for name in everybody) else set[str]()
        for text in texts
    ]
    first: dict[str, int] = {}
    for place, surnames in enumerate(full):
        for surname in surnames:
            first.setdefault(surname, place)
    return tuple(
        frozenset(first[surname] for surname in (first.keys() & surnames) - full[place])
        for place, surnames in enumerate(called)
    )


def _surnames_in_full(text: str) -> set[str]:
    return {surname for given, surname in _FULL_NAME.findall(text) if given not in _TITLES}
