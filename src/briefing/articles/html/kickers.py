"""Kickers: lines that the markup calls the name of a section, or a line over the headline."""

import re

from briefing.articles.html.blocks import Block

#: What a section, and the line over a headline, is called in the languages that pages are made in.
_SECTION = re.compile(
    r"(?:^|[\s_-])(?:section|secci\w{1,3}|sezione|se[cç][aã]o|sectie|seksjon|sekce|dzial|channel|[ck]anal|ressort|rubri\w{1,4}|rovat|"
    r"flokkur|cat|[ck]ategori\w{0,3}|category|kicker|eyebrow|overline|surtitre|antetit\w{2,3}|volanta|occhiello|dachzeile|"
    r"spitzmarke|nadnaslov|nadtytul|topic|tag|post-terms)(?:$|[\s_-])",
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
