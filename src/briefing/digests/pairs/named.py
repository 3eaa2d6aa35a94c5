"""Who is named in a text, and who of them speaks: by structure, as the search for pairs reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain

from briefing.digests.pairs.people import People
from briefing.digests.pairs.wording import Wording
from briefing.digests.senses import Sense
from briefing.digests.sentences import split_sentences
from briefing.digests.tokenizer import stop_words
from briefing.digests.vocabulary import vocabulary
from briefing.languages.plain_words import calendar

_SPEAKS = Sense.ATTRIBUTION | Sense.DENY | Sense.ACCUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Names in a text, each once, as they are written in full."""

    #: People, bodies and places alike: nothing but capital letters tells a name.
    names: frozenset[str] = frozenset()
    #: Those that say, deny or accuse.
    voices: frozenset[str] = frozenset()


def named_in(text: str, language: str) -> Named:
    """Who is named in a text, and who speaks there.

    Args:
        text: some sentences.
        language: an ISO 639 code; of a language without tables nothing is known.
    """
    words = vocabulary(language)
    if words is None:
        return Named()
    sentences = [Wording(one, words) for one in split_sentences(text, language)]
    people = People(sentences, words, stop_words(language))
    common = calendar(language) | stop_words(language)
    written = {
        who: name for who, name in _written(sentences, people).items() if _is_name(name, common)
    }
    spoke: set[int] = set()
    for place, one in enumerate(sentences):
        tellers = [people.teller(place, mark) for mark in one.marked(_SPEAKS)]
        spoke.update(chain.from_iterable(teller.who for teller in tellers if teller))
    return Named(
        names=frozenset(written.values()),
        voices=frozenset(written[who] for who in spoke if who in written),
    )


def _written(sentences: list[Wording], people: People) -> Mapping[int, str]:
    """Each one's longest name; those that are only called by an office have none."""
    found: dict[int, str] = {}
    for place, one in enumerate(sentences):
        for mention in people.mentions(place):
            name = one.text[mention.start : mention.end].strip(" .’'")
            if mention.is_pronoun or len(mention.who) != 1 or not name[:1].isupper():
                continue
            (who,) = mention.who
            if len(name) > len(found.get(who, "")):
                found[who] = name.removesuffix("’s").removesuffix("'s")
    return found


def _is_name(written: str, common: frozenset[str]) -> bool:
    """False for "Thursday" and "March I": capitals that the calendar or the start of a sentence gives."""
    return not common.issuperset(written.lower().split())
