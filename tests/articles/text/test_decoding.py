"""Bytes → text."""

import pytest

from briefing.articles.split_page import split_page
from briefing.articles.text.decoding import decode
from briefing.errors import PageRefused
from briefing.model.page import Page

TEXT = "Naïve peers – “and” a £5 café\n\nThe vote was lost by nine, and nobody resigned."


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8"),
        (TEXT.encode("cp1252"), "windows-1252"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with a mark", "Windows-1252", "UTF-16 little end", "UTF-16 big end"],
)
def test_the_same_text_comes_out_of_every_encoding(body, encoding):
    decoded = decode(body)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


def test_an_encoding_that_had_to_be_guessed_is_told():
    assert decode(TEXT.encode()).flags == ()
    assert decode(TEXT.encode("cp1252")).flags == ("read as windows-1252",)


def test_text_encoded_twice_is_repaired_and_told():
    twice = TEXT.encode().decode("cp1252", errors="ignore")
    decoded = decode("A café".encode().decode("cp1252").encode())
    assert (decoded.text, decoded.flags) == ("A café", ("double-encoded text repaired",))
    assert decode(twice.encode()).text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\u0085"])
def test_every_kind_of_line_end_ends_a_line(end):
    assert decode(f"One{end}Two".encode()).text == "One\nTwo"


@pytest.mark.parametrize(
    "character",
    [
        "\u200b",
        "\u00ad",
        "\ufeff",
        "\u2060",
        "\x00",
        "\u200e",
        "\u202a",
        "\u2066",
        "\u200c",
        "\u200d",
    ],
)
def test_characters_nobody_sees_do_not_split_a_word(character):
    written = f"A headline spon{character}sored by nobody" + " at all" * 20
    assert decode(written.encode()).text == written.replace(character, "")


@pytest.mark.parametrize("text", ["👩‍🔬 at work", "می‌خواهم"])
def test_joiners_that_a_script_or_emoji_needs_stay(text):
    assert decode(text.encode()).text == text


def test_no_break_spaces_are_spaces():
    assert decode("No\u00a0break\u202fhere".encode()).text == "No break here"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\u200b\u00a0".encode(), "empty"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(range(256)) * 8, "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "not text"),
        (b"PK\x03\x04\x14\x00\x08\x08" + bytes(64), "not text"),
        (b"a" * (5 * 1024 * 1024 + 1), "5,242,880"),
    ],
    ids=[
        "no byte",
        "blanks",
        "only a mark",
        "only invisible",
        "a PDF",
        "a picture",
        "a zip",
        "too long",
    ],
)
def test_what_is_no_page_is_refused_in_a_sentence_that_names_it_and_says_why(body, reason):
    with pytest.raises(PageRefused, match=reason) as refusal:
        split_page(Page(name="tuesday", body=body))
    assert str(refusal.value).startswith("tuesday: ")


def test_a_few_broken_bytes_do_not_cost_the_page():
    decoded = decode(TEXT.encode() + b" And \xff\xfe so on.\n")
    assert decoded.text.startswith(TEXT)
    assert decoded.flags == ("2 broken characters",)
