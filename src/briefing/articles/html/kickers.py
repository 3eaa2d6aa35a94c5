"""Kickers: lines that the markup calls the name of a section, or a line over the headline."""

import re

from briefing.articles.html.blocks import Block

_SECTION = re.compile(
    r"(?:^|[\s_-])(?:section|kicker|cat|category|rubric|rubrik|rubrique|rubrica|ressort|seccion|sezione|secao|sectie|dzial|"
    r"eyebrow|overline|topic|tag|post-terms)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LINKED = 0.9


def names_section(block: Block) -> bool:
    """The markup calls the line, or the link that it consists of, a kicker or the name of a section."""
    links = block.element.iter("a") if block.linked >= _LINKED else ()
    whole = [link for link in links if " ".join(link.text_content().split()) == block.text]
    around = (
        [
            above
            for above in whole[0].iterancestors("span", "li", "p")
            if " ".join(above.text_content().split()) == block.text
        ]
        if whole
        else []
    )
    named = (block.element, *whole[:1], *around)
    return any(
        _SECTION.search(one.get("class") or "") or "category" in (one.get("rel") or "")
        for one in named
    )
