"""Lines of two columns, and the bars of figures."""

import pytest

from briefing.emails.blocks.columns import columns_of, shares


def test_lines_with_a_bar_are_rows_and_the_rest_is_text():
    found = columns_of("33% | Government\nA | B | C\n\nOf nine polls.\n| nothing before")
    assert found.rows == (("33%", "Government"), ("A", "B | C"))
    assert found.rest == "Of nine polls.\n| nothing before"


@pytest.mark.parametrize(
    ("figures", "bars"),
    [
        (("40", "20", "10"), (100, 50, 25)),
        (("40%", "20 %", "10%"), (40, 20, 10)),
        (("150%", "75%"), (100, 50)),
        (("£1,200", "£600"), (100, 50)),
        (("1.200 €", "0,6 €"), (100, 1)),
        (("3.5", "7"), (50, 100)),
        (("33%",), ()),
        (("33%", "£30"), ()),
        (("33%", "a third"), ()),
        (("0", "0"), ()),
    ],
)
def test_figures_of_one_unit_have_bars_by_their_size(figures, bars):
    assert shares(figures) == bars
