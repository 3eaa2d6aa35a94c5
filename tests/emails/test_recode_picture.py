"""Any picture becomes one JPEG of a known shape with nothing of its file in it; the rest is a sentence."""

import asyncio
import base64
import os
from io import BytesIO

import pytest
from PIL import Image, ImageCms
from tests.emails.painted import as_file, painted, photograph

from briefing.errors import SourceError
from briefing.sandbox.pool import Workers

pytestmark = pytest.mark.usefixtures("started_sandbox")
#: Segments that hold words, colours, thumbnails and places: JPEG's comment, and APP1 to APP15.
TELLING = {b"\xff\xfe", *(bytes([0xFF, 0xE1 + one]) for one in range(15))}


def recoded(body: bytes, **told: str) -> Image.Image:
    async def work() -> bytes:
        async with Workers(at_once=1, megabytes=1024) as workers:
            answer = await workers.do("picture", body, **told)
            return base64.b64decode(str(answer["jpeg"]))

    jpeg = asyncio.run(work())
    assert len(jpeg) <= 180_000
    assert not told_by(jpeg)
    image = Image.open(BytesIO(jpeg))
    assert image.format == "JPEG"
    assert image.width * 9 == image.height * 16
    assert image.width <= 1408
    return image.convert("RGB")


def told_by(jpeg: bytes) -> list[bytes]:
    """The segments before the picture itself (ITU-T T.81, annex B) that say more than how to read it."""
    at, found = 2, []
    while jpeg[at : at + 2] != b"\xff\xda":
        marker = jpeg[at : at + 2]
        found += [marker] if marker in TELLING else []
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def is_red(image: Image.Image, at: tuple[int, int]) -> bool:
    red, green, _ = image.getpixel(at)
    return red > green


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        ("JPEG", "RGB"),
        ("JPEG", "L"),
        ("JPEG", "CMYK"),
        ("PNG", "RGBA"),
        ("PNG", "P"),
        ("PNG", "LA"),
        ("PNG", "1"),
        ("PNG", "I;16"),
        ("GIF", "P"),
        ("WEBP", "RGB"),
        ("AVIF", "RGB"),
    ],
)
def test_every_kind_and_colour_that_is_read_becomes_the_same(kind, mode):
    image = Image.new("I;16", (1600, 1200), 40_000) if mode == "I;16" else painted(mode=mode)
    made = recoded(as_file(image, kind))
    assert made.size == (1408, 792)
    if mode in ("RGB", "CMYK", "RGBA", "P"):
        assert is_red(made, (700, 5))
        assert not is_red(made, (700, 780))


def test_what_a_camera_and_an_agency_wrote_into_it_is_gone():
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "A Camera", "51.5033, -0.1276"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    body = as_file(painted(), exif=exif, icc_profile=profile, comment=b"for the picture desk only")
    assert told_by(body)
    recoded(body)


def test_a_picture_that_was_taken_lying_down_stands_up():
    exif = Image.Exif()
    exif[0x0112] = 3
    made = recoded(as_file(painted(), exif=exif))
    assert not is_red(made, (700, 5))
    assert is_red(made, (700, 780))


def test_the_colours_are_those_that_its_profile_means():
    swapped = b"no profile at all"
    assert is_red(recoded(as_file(painted(), icc_profile=swapped)), (700, 5))


def test_what_is_clear_is_white():
    made = recoded(as_file(Image.new("RGBA", (1600, 900), (0, 0, 0, 0)), "PNG"))
    assert made.getpixel((100, 100)) == (255, 255, 255)


def test_of_a_tall_picture_more_is_cut_below_than_above():
    tall = Image.new("RGB", (900, 1800), (30, 160, 30))
    tall.paste((200, 30, 30), (0, 500, 900, 900))
    made = recoded(as_file(tall))
    assert is_red(made, (440, 250))


def test_a_picture_like_noise_is_made_small_enough_whatever_that_costs():
    noise = Image.frombytes("RGB", (1600, 900), os.urandom(1600 * 900 * 3))
    assert recoded(as_file(noise, "PNG")).width < 1408


def test_a_small_picture_is_not_blown_up():
    assert recoded(as_file(painted((640, 480)))).size == (640, 360)


def moving(kind: str) -> bytes:
    """Two pictures in one file."""
    first = painted((640, 480))
    return as_file(first, kind, save_all=True, append_images=[first.rotate(90)])


#: Painted when they are asked for: whoever collects these tests runs few of them.
WRONG = {
    "words": (lambda: b"<html>404</html>" * 50, "is not a picture in a form that is read here"),
    "an SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is not a picture in a form"),
    "nothing but a beginning": (lambda: photograph()[:3000], "cannot be read"),
    "a bomb": (
        lambda: as_file(Image.new("1", (12_000, 12_000)), "PNG"),
        "points, and 51,000,000 together",
    ),
    "a moving GIF": (lambda: moving("GIF"), "moves"),
    "a moving PNG": (lambda: moving("PNG"), "moves"),
    "a moving WebP": (lambda: moving("WEBP"), "moves"),
    "an icon": (lambda: as_file(painted((64, 64)), "PNG"), "480 × 270 are the least"),
    "a ribbon": (lambda: as_file(painted((300, 4000))), "480 × 270 are the least"),
    "PostScript": (
        lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        "is not a picture",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_printed_is_a_sentence(name):
    made, says = WRONG[name]
    body = made()
    with pytest.raises(SourceError, match=says):
        recoded(body)


@pytest.mark.parametrize(
    ("keeps", "size", "red"),
    [
        ("top", (480, 800), (0, 0, 480, 150)),
        ("bottom", (480, 800), (0, 600, 480, 800)),
        ("left", (1500, 270), (0, 0, 450, 270)),
        ("right", (1500, 270), (1050, 0, 1500, 270)),
    ],
)
def test_the_end_that_an_editor_wants_kept_is_not_cut_off(keeps, size, red):
    image = Image.new("RGB", size, "blue")
    image.paste("red", red)
    edge = {"top": (0.5, 0.02), "bottom": (0.5, 0.98), "left": (0.02, 0.5), "right": (0.98, 0.5)}

    def seen(made):
        across, down = edge[keeps]
        return is_red(made, (int(made.width * across), int(made.height * down)))

    assert seen(recoded(as_file(image, "PNG"), keeps=keeps))
    assert not seen(recoded(as_file(image, "PNG")))
