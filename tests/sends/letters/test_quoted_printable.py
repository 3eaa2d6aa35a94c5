"""What a relay could take for the end of a line, and is not one, is encoded."""

import html
import quopri
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sends.letters.quoted_printable import on_own_lines, quoted, spelled_alike

LONE = re.compile(rb"(?<!\r)\n|\r(?!\n)")


@pytest.mark.parametrize(
    "text", ["x\r.\ry\n", "\r", "a\r\r\nb", "\r.\r\n", "é\r é", "x" * 90 + "\r"]
)
def test_no_lone_cr_or_lf_reaches_the_wire(text):
    wire = quoted(text)
    assert LONE.search(wire) is None
    assert b"\r\n." not in wire
    assert not wire.startswith(b".")


@given(st.text(alphabet="\r\n.=aé \t\x0e", max_size=200))
def test_whatever_is_encoded_is_the_same_when_it_is_read(text):
    wire = quoted(text)
    assert LONE.search(wire) is None
    assert max(map(len, wire.split(b"\r\n"))) <= 76
    plain = text.replace("\r\n", "\n")
    read = quopri.decodestring(wire.replace(b"\r\n", b"\n")).decode()
    assert read == plain


@given(st.text(alphabet="ab/:.@-_=&<>\"' é\n\x7f", max_size=200))
def test_what_is_spelled_alike_is_so_in_text_and_in_html(text):
    lines = spelled_alike(text)
    if lines is not None:
        assert html.escape(text) == text
        assert lines == on_own_lines(quoted(text))
        assert re.search(r"\s", text) is None


def test_an_address_is_spelled_alike_everywhere():
    assert spelled_alike("https://briefing.example.org/view/" + "a1B2-_" * 40) is not None
