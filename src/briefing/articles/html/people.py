"""The persons among what a page declares as its authors."""

import re

from briefing.articles.html.json_ld import kinds

#: A person's name: two to five words that begin with a capital; no address, no section.
_NAME = re.compile(
    r"^[^\W\d_a-z][\w’'.-]*(?: (?:[^\W\d_a-z][\w’'.-]*|de|da|di|van|von|der|den|la|ap)){1,4}$"
)
#: Chinese, Japanese and Korean names have no space, and no capital.
_UNSPACED_NAME = re.compile(
    r"^[\u3040-\u30ff\u3400-\u9fff]{2,5}(?:[·・･ ][\u3040-\u30ff\u3400-\u9fff]{1,8})*$|^[\uac00-\ud7a3]{2,5}$"
)
_ONE_NAME = re.compile(r"^[^\W\d_a-z][\w’'-]{2,30}$")
_JOINTS = re.compile(
    r"\s*(?:,|;|、|，|\||/)\s*|\s+(?:and|und|et|y|e|og|och|en|&)\s+", re.IGNORECASE
)
_LONGEST, _MOST_AUTHORS = 300, 6


def people(written: object) -> tuple[str, ...]:
    """The persons among what stands as authors; sections, addresses and houses are not."""
    parts = written if isinstance(written, list) else [written]
    names: list[str] = []
    for part in parts:
        is_person = isinstance(part, dict) and "Person" in kinds(part)
        name = part.get("name") if isinstance(part, dict) else part
        name = name[0] if isinstance(name, list) and name else name
        if isinstance(name, str):
            names += people_in(name, is_person=is_person)
    return tuple(dict.fromkeys(names))[:_MOST_AUTHORS]


def people_in(written: str, *, is_person: bool = False) -> list[str]:
    """The names of persons in what stands as an author.

    Args:
        written: such as "By Ann Lee and Bo Ray".
        is_person: the page says that it is one, so one word is enough.
    """
    split = _JOINTS.split(" ".join(written.split())[:_LONGEST])
    people = [
        re.sub(r"^(?:by|par|von|por|di|da|door|av)\s+", "", name, flags=re.IGNORECASE)
        for name in split
    ]
    return [
        name.title() if name.isupper() and " " in name else name
        for name in people
        if _NAME.fullmatch(name)
        or _UNSPACED_NAME.fullmatch(name)
        or (is_person and len(split) == 1 and _ONE_NAME.fullmatch(name))
    ]
