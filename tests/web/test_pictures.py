"""Pictures of letters are served by their content, kept by browsers for ever, and by nobody else's name."""

from hashlib import sha256

import pytest
from tests.emails.painted import photograph


def test_a_picture_is_served_whole_and_never_asked_for_again(public):
    name = public.desk.store.pictures.keep(photograph(), 0.0)
    answer = public.get(f"/pictures/{name}.jpg")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/jpeg")
    assert sha256(answer.raw).hexdigest() == name
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert public.ask("HEAD", f"/pictures/{name}.jpg").headers["content-length"] == str(
        len(answer.raw)
    )


@pytest.mark.parametrize(
    "name", ["", "a.jpg", "0" * 64, f"{'0' * 64}.jpg", f"{'0' * 64}.png", "..%2f..%2fetc%2fpasswd"]
)
def test_what_is_not_kept_is_not_there(public, name):
    answer = public.get(f"/pictures/{name}")
    assert answer.status == 404
    assert "immutable" not in answer.headers["cache-control"]


def test_the_same_picture_is_kept_once(public):
    pictures = public.desk.store.pictures
    assert pictures.keep(b"one", 1.0) == pictures.keep(b"one", 2.0)
    assert pictures.find(pictures.keep(b"one", 3.0)) == b"one"
