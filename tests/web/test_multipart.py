"""A form with a file arrives as it was sent, whatever bytes are in it (RFC 7578)."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.web.multipart import multipart_fields

KIND = "multipart/form-data; boundary=----Edge7"


def sent(*parts: tuple[str, bytes]) -> bytes:
    lines = (b"------Edge7\r\n%s\r\n\r\n%s\r\n" % (head.encode(), body) for head, body in parts)
    return b"".join(lines) + b"------Edge7--\r\n"


def field(name: str, body: bytes) -> tuple[str, bytes]:
    return f'Content-Disposition: form-data; name="{name}"', body


def file(name: str, body: bytes) -> tuple[str, bytes]:
    said = f'Content-Disposition: form-data; name="file"; filename="{name}"'
    return f"{said}\r\nContent-Type: image/jpeg", body


@given(st.binary(min_size=1).filter(lambda body: b"--Edge7" not in body), st.text())
def test_bytes_and_words_arrive_as_they_were_sent(body, text):
    words = text.encode("utf-8", "replace")
    if b"--Edge7" in words:
        return
    found = multipart_fields(sent(field("alt", words), file("ü.jpg", body)), KIND, 9)
    assert base64.b64decode(found["file"]) == body
    assert found["name"] == "ü.jpg"
    assert found["alt"] == words.decode()


def test_a_file_that_nobody_chose_is_not_a_field():
    assert multipart_fields(sent(field("alt", b"x"), file("", b"")), KIND, 9) == {"alt": "x"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (sent(field("alt", b"x"))[:-12], KIND),
        (b"", KIND),
        (b"alt=x", KIND),
        (sent(field("alt", b"x")), "multipart/form-data"),
        (sent(field("alt", b"x")), "multipart/mixed; boundary=----Edge7"),
        (sent(("Content-Disposition: form-data", b"x")), KIND),
        (sent(field("alt", b"\xff")), KIND),
        (sent(*(field(str(number), b"x") for number in range(10))), KIND),
    ],
)
def test_what_is_not_such_a_form_is_refused(body, kind):
    with pytest.raises(ValueError, match=r".+"):
        multipart_fields(body, kind, 9)


def test_of_a_form_that_is_cut_what_came_whole_counts():
    whole = sent(field("alt", b"A quay"), file("a.jpg", b"x" * 99))
    for end in (60, 20, 13):
        assert multipart_fields(whole[:-end], KIND, 9, is_cut=True) == {"alt": "A quay"}
