"""The sentences of an article that a digest may use, and what each of them needs."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass

from briefing.digests.anaphora import may_name_the_speaker, points_back, speaks_as_writer
from briefing.digests.form_words import form_words
from briefing.digests.forms import Layout, lay_out
from briefing.digests.forms.live_blog import LIVE_BLOG
from briefing.digests.inserted import ArticleFurniture
from briefing.digests.needs import Needs
from briefing.digests.pairs import Pairs
from briefing.digests.sentences import sentence_spans
from briefing.digests.tokenizer import distinct_stems_of, lower_words
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
_STOPS = (".", "!", "?")
_FINISHED = re.compile(r"[.!?…。！？।॥؟۔][\"”’')\]»」』）]*$")
#: “'s Avonds”, “'t Is”: a word of which an apostrophe and one letter are left keeps it small.
_CLIPPED = re.compile(r"['’‘][^\W\d_] [^\W\d_a-z]")
_POINT = re.compile(r"(?:\d{1,2}\.|[-•*·])\s")
#: A picture's credit; in a paragraph of so few sentences the others are its caption.
_CREDIT = re.compile(r"\b(?:photograph|photo|picture|image)s?: ?[A-Z]", re.IGNORECASE)
#: The surname is only looked at, so that "Chancellor Gordon Brown" gives Brown as well as Gordon.
_FULL_NAME = re.compile(
    r"([A-Z](?<!\w.)[\w’'-]+)(?= (?:(?:de|van|von|Mc|Mac|al|bin) )?([A-Z][\w’-]+)\b)"
)
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Lord|Lady|Dame|Baroness)\.? ([A-Z][\w’-]+)\b(?! [A-Z][a-z])"
)
_HONORIFICS = frozenset("mr mrs ms miss dr prof sir lord lady dame baroness".split())
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
    spans = sentence_spans(text, language)
    said = frozenset().union(*(lower_words(text[start:end]) for start, end in spans))
    layout = lay_out(text, title, language, spans, breaks, said)
    spans = layout.spans
    texts = tuple(text[start:end] for start, end in spans)
    lengths = tuple(max(count_words(text), len(text) // LONGEST_WORD) for text in texts)
    paragraph_of = tuple(bisect_right(breaks, start) for start, _ in spans)
    stems = tuple(distinct_stems_of(text, language) for text in texts)
    asides = [False] * len(texts) if layout.is_voice else _asides(texts, language, said)
    least = _least(language)
    is_short = [length < least for length in lengths]
    against = _against(texts, is_short, paragraph_of, prose, asides, said)
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
        introduced_by=_introductions(texts, said),
        pairs=Pairs(
            texts,
            stems,
            paragraph_of,
            title,
            language,
            turns_reach_back=layout.turns_reach_back,
            needs=needs,
            barred=frozenset(at for at, why in enumerate(allowed) if why and why not in LIGHT),
            asides=frozenset(at for at, why in enumerate(allowed) if why in LIGHT),
            is_news=layout.form == "news" and not is_paid,
            may_come_back=_may_come_back(layout) and not is_paid,
            is_round_up=layout.form == "round-up",
            answered_in=layout.answered_in,
        ),
        layout=layout,
    )


def _may_come_back(layout: Layout) -> bool:
    """True where later sentences may answer an earlier one; a live blog must have what is known last there."""
    if layout.form == LIVE_BLOG:
        return not layout.place_counts and list(layout.order) == sorted(layout.order)
    return layout.form in _MAY_COME_BACK


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
    asides: list[bool],
    said: Set[str],
) -> list[str]:
    captions = _captions(texts, paragraph_of)
    furniture = ArticleFurniture("\n".join(texts), said)
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
        elif asides[place]:
            reason = "the writer speaks of themselves"
        else:
            reason = _fault(text, furniture, is_short=is_short[place])
        reasons.append(reason)
        seen.add(words)
    if len(texts) > _FEW and not reasons[0] and points_back(texts[0]):
        # What it points at is the headline or stands above the text: here nobody can see it.
        reasons[0] = "points at what stands before the text"
    return reasons


def _asides(texts: tuple[str, ...], language: str, said: Set[str]) -> list[bool]:
    """Where the writer says "I" in a text that is not theirs; its words are asked first: most news has none."""
    own = form_words(language)
    if own is None and not may_name_the_speaker(said):
        return [False] * len(texts)
    personal = [own.speaks(text, "self") if own else speaks_as_writer(text) for text in texts]
    is_voice = sum(personal) >= _PERSONAL_SHARE * len(texts)
    return [False] * len(texts) if is_voice else personal


def _captions(texts: tuple[str, ...], paragraph_of: tuple[int, ...]) -> set[int]:
    credited = {
        paragraph
        for text, paragraph in zip(texts, paragraph_of, strict=True)
        if ":" in text and _CREDIT.search(text)
    }
    return {paragraph for paragraph in credited if paragraph_of.count(paragraph) <= _FEW}


def _least(language: str) -> int:
    """How many words a sentence has that says something by itself."""
    found = tables_of(language)
    return found.least_words if found else LEAST_WORDS


def _fault(text: str, furniture: ArticleFurniture, *, is_short: bool) -> str:
    """What is wrong with a sentence in itself; empty when nothing is."""
    if not text.endswith(_STOPS) and not _FINISHED.search(text, max(len(text) - _TAIL, 0)):
        return "no end mark"
    if not text[:1].isupper():
        if _POINT.match(text):
            return "a point of a list"
        if text.lstrip("\"“‘'(«„「")[:1].islower() and not _CLIPPED.match(text):
            return "begins in the middle"
    if text in furniture:
        return _INSERTED
    return "too short" if is_short else ""


def _introductions(texts: tuple[str, ...], said: Set[str]) -> tuple[frozenset[int], ...]:
    """For each sentence, where the people it calls by title and surname stand in full."""
    if _HONORIFICS.isdisjoint(said):
        return (frozenset(),) * len(texts)
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
