"""The kicker: a word or two above the headline that says what a story is about."""

import re
from collections import Counter

from briefing.model.article import Article

#: A run of capitalised words inside a sentence: a person, a party, a place.
_NAME = re.compile(r"(?<=[\w,;:] )((?:[A-Z][\w’'-]*[\w])(?: (?:of |for |the )?[A-Z][\w’'-]*\w)*)")
_TITLES = re.compile(
    r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness|President|Prime Minister|Minister)\b"
)
_NOT_A_TOPIC = frozenset(
    "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December MP MPs Photo".split()
)
_LONGEST = 28
#: A name said once is mentioned; a name said twice is what the story is about.
_RECURS = 2


def kicker(article: Article) -> str:
    """The label the page gave the story, else the name it mentions most and its headline does not.

    A name that the headline already holds would only be said twice. Empty when nothing recurs.
    """
    if article.labels:
        return article.labels[0]
    names: list[str] = _NAME.findall(article.text)
    counts = Counter(name.removesuffix("’s").removesuffix("'s") for name in names)
    headline = set(re.findall(r"\w+", article.headline.casefold()))
    for name, times in sorted(counts.items(), key=lambda pair: -pair[1]):
        if times < _RECURS:
            break
        if _is_topic(name) and headline.isdisjoint(re.findall(r"\w+", name.casefold())):
            return name
    return ""


def _is_topic(name: str) -> bool:
    return len(name) <= _LONGEST and name not in _NOT_A_TOPIC and not _TITLES.match(name)
