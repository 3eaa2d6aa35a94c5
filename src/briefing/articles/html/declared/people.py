"""The persons among what a page declares as its authors."""

import re

from briefing.articles.html.declared.json_ld import kinds
from briefing.articles.vocabulary.lookup import Grammar

#: A person's name: two to five words that begin with a capital; no address, no section.
_NAME = re.compile(
    r"^[^\W\d_a-z][\w’'.-]*(?: (?:\(?[^\W\d_a-z][\w’'.-]*\)?|de|da|di|van|von|der|den|la|ap)){1,4}$"
)
#: Chinese, Japanese and Korean names have no space, and no capital.
_SIGN = r"[\u3040-\u30ff\u3400-\u9fff]"
_UNSPACED_NAME = re.compile(
    rf"^{_SIGN}{{2,5}}(?:(?:[·・･]{_SIGN}{{1,8}})*|[ ]{_SIGN}{{1,4}})$|^[\uac00-\ud7a3]{{2,5}}$"
)
_ONE_NAME = re.compile(r"^[^\W\d_a-z][\w’'-]{2,30}$")
_JOINTS = re.compile(
    r"\s*(?:,|;|、|，|\||/)\s*|\s+(?:and|und|et|y|e|og|och|en|&)\s+", re.IGNORECASE
)
#: "Bradley Kuhn (https://…)", "Ann Lee (annlee)": where to find somebody is not part of the name.
_HANDLE = re.compile(r"\s*\((?:[^()\s]*(?:[@:/]|\.[a-z]{2})[^()\s]*|[a-z0-9_.-]+)\)")
_UNSPACED = re.compile(_SIGN)
#: "Lee, Ann": as catalogues and the Dublin Core write it.
_TURNED = re.compile(r"^(?P<family>[^\W\d_a-z][\w’'-]+), (?P<given>[^\W\d_a-z][\w’'. -]+)$")
#: "By Ann Lee"; and "ByAnn Lee", as two elements that touch have it.
_BY = re.compile(
    r"^(?:(?i:(?:by ?)?by|par|von|por|di|da|door|av)\s+|By(?=[^\W\d_a-z][^\W\d_A-Z]+ ))"
)
#: "Senior Politics Editor" is somebody's job and "Ann Lee Staff Writer" a name that ran into one;
#: "Courier Staff" signs for a house.
_JOB = Grammar("bylines", r"(?:^| )(?!staff$){press}$", re.IGNORECASE)
#: "記者 山田花子": the job before a name that has no capital and no space.
_JOB_BEFORE = Grammar(
    "bylines", r"^(?:{signs before an uncased name}|{job behind an uncased name})[ :：]+(?=\S)"
)
_LONGEST, _MOST_AUTHORS = 300, 6


def people(written: object) -> tuple[str, ...]:
    """The persons among what stands as authors; sections, addresses and houses are not."""
    parts = written if isinstance(written, list) else [written]
    names: list[str] = []
    for part in parts:
        if isinstance(part, dict) and any(kind.endswith("Organization") for kind in kinds(part)):
            continue
        is_person = isinstance(part, dict) and "Person" in kinds(part)
        name = part.get("name") if isinstance(part, dict) else part
        name = name[0] if isinstance(name, list) and name else name
        if isinstance(name, str):
            names += people_in(name, is_person=is_person)
    return tuple(dict.fromkeys(names))[:_MOST_AUTHORS]


def turned(catalogued: str) -> str:
    """A name as people say it: "Jong, Michiel de" is Michiel de Jong."""
    return _TURNED.sub(r"\g<given> \g<family>", " ".join(catalogued.split()))


def people_in(written: str, *, is_person: bool = False) -> list[str]:
    """The names of persons in what stands as an author.

    Args:
        written: such as "By Ann Lee and Bo Ray".
        is_person: the page says that it is one, so one word is enough.
    """
    line = _HANDLE.sub("", " ".join(written.split())[:_LONGEST])
    split = _JOINTS.split(line if line.isascii() else _JOB_BEFORE.pattern.sub("", line))
    people = [one for name in split if not _JOB.search(one := _BY.sub("", name))]
    return [
        name.title() if name.isupper() and " " in name else name
        for name in people
        if (_NAME.fullmatch(name) and not _UNSPACED.search(name))
        or _UNSPACED_NAME.fullmatch(name)
        or (is_person and len(split) == 1 and _ONE_NAME.fullmatch(name))
    ]
