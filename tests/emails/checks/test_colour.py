"""Laws of colours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.emails.checks.colour import BLACK, WHITE, Colour, contrast

PARTS = st.integers(0, 255)
COLOURS = st.builds(Colour, PARTS, PARTS, PARTS)
VEILS = st.builds(Colour, PARTS, PARTS, PARTS, st.floats(0, 1))


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_from_1_to_21(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        (WHITE, BLACK, 21),
        (WHITE, WHITE, 1),
        # The palest grey that WCAG lets stand on white, and pure red and blue.
        (Colour(0x76, 0x76, 0x76), WHITE, 4.54),
        (Colour(255, 0, 0), WHITE, 4.0),
        (Colour(0, 0, 255), WHITE, 8.59),
    ],
)
def test_contrast_is_what_wcag_says(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)


@given(VEILS, COLOURS)
def test_a_veil_lies_between_its_own_colour_and_the_ground(veil, ground):
    for name in ("red", "green", "blue"):
        low, high = sorted((getattr(veil, name), getattr(ground, name)))
        assert low - 0.001 <= getattr(veil.over(ground), name) <= high + 0.001


@given(COLOURS)
def test_a_forced_ground_is_never_light_and_a_forced_text_never_dark(colour):
    middle = 0.185  # the luminance of CIE lightness 50
    assert colour.forced(ground=True).luminance <= middle + 0.02
    assert colour.forced(ground=False).luminance >= middle - 0.02


@given(COLOURS)
def test_every_forced_colour_can_be_painted(colour):
    for ground in (True, False):
        forced = colour.forced(ground=ground)
        assert all(-0.5 <= part <= 255.5 for part in (forced.red, forced.green, forced.blue))
        assert len(str(forced)) == 7
