"""A line is classified once: what was read of it stays on it, and a pass gives new lines."""

from datetime import date

from briefing.articles.lines import line as line_module
from briefing.articles.lines.line import lines_of
from briefing.articles.lines.line_kind import LineKind
from briefing.articles.text_pieces import PASSES

PAGE = """Sign up for our weekly newsletter

Harbour vote splits the council

By Ines Calder

3 November 2026

The board met in the old customs house and chose between two offers for the dredging of the basin.

Supported by Larkfield Water
"""


def test_a_line_keeps_what_was_read_of_it():
    read = {line.kind: line for line in lines_of(PAGE)}
    assert [author.name for author in read[LineKind.BYLINE].authors] == ["Ines Calder"]
    assert read[LineKind.DATE].days == (date(2026, 11, 3), None)
    assert read[LineKind.FURNITURE].reason == "sign-up form"
    assert read[LineKind.PAYER].evidence.payer == "Larkfield Water"


def test_a_line_that_says_nothing_has_neither_authors_nor_days():
    text = lines_of("The board met in the old customs house and chose a dredger.")[0]
    assert (text.authors, text.days) == ((), (None, None))


def test_what_the_words_of_a_line_say_is_read_once_and_outlives_its_kind(monkeypatch):
    asked = list[str]()

    def first_date(text):
        asked.append(text)
        return date(2026, 1, 2)

    monkeypatch.setattr(line_module, "first_date", first_date)
    line = lines_of("Harle, 2 January 2026")[0]
    other = line.taken_for(LineKind.FURNITURE, "site heading")
    assert (line.facts.day, other.facts.day, line.facts.day) == (date(2026, 1, 2),) * 3
    assert asked == ["Harle, 2 January 2026"]


def test_only_a_text_has_the_shape_of_prose_or_of_a_headline():
    line = lines_of("The board met in the old customs house and chose a dredger.")[0]
    assert (line.is_prose, line.is_headline) == (True, False)
    assert not line.taken_for(LineKind.FURNITURE).is_prose
    assert lines_of("A dredger is chosen")[0].is_headline


def test_a_pass_leaves_the_lines_that_it_is_handed_as_they_were():
    lines = lines_of(
        "A form\nwith a heading\nSubscribe now\n\nMore from the harbour\n\nA dredger is chosen"
    )
    settled = lines
    for settle in PASSES:
        before = list(settled)
        handed, settled = settled, settle(settled)
        assert handed == before, settle.__name__
    assert settled != lines


STORIES = """A dredger is chosen for the harbour

By Ines Calder

The board met in the old customs house and chose between two offers for the dredging.

==========

A mill is sold to the town at last

By Bo Ray

The council paid for the mill on the weir what its owner had asked in the spring.

More of the town
"""


def test_a_line_knows_whether_a_text_stands_below_it_and_a_rule_above():
    lines = lines_of(STORIES)
    for settle in PASSES:
        lines = settle(lines)
    heads = [line.text for line in lines if line.heads_text]
    assert heads == [
        "A dredger is chosen for the harbour",
        "By Ines Calder",
        "A mill is sold to the town at last",
        "By Bo Ray",
    ]
    assert [line.text for line in lines if line.begins_story] == [heads[2]]
