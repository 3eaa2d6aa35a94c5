"""A picture of whatever kind → one JPEG of the shape that letters show. Runs in a process with limits.

The only place that imports Pillow. What comes out was painted again: no byte of the file that came in is
in it, so nothing that a camera or an agency wrote into it is either.
"""

import base64
from collections.abc import Iterator, Mapping
from io import BytesIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

#: 16:9, in steps of 16 × 9 points: at most twice the 700 that a letter is shown at, at least what is
#: not blurred on a phone.
_ACROSS, _DOWN = 16, 9
_MOST_STEPS, _FEWEST_STEPS = 88, 30
#: Bytes of the JPEG. The checks warn of a picture over 200,000.
_LARGEST = 180_000
_QUALITIES = (84, 76, 68, 58)
#: Points that are unpacked; a good camera of 2026 has 50 million.
_MOST_POINTS = 51_000_000
#: Where the part that stays lies in what is too tall or too wide, by the end that an editor wants kept. When
#: nothing is said, a third of what goes is taken above, where faces are.
_KEPT = {
    "": (0.5, 1 / 3),
    "top": (0.5, 0),
    "bottom": (0.5, 1),
    "left": (0, 1 / 3),
    "right": (1, 1 / 3),
}
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
#: Of these, several frames move; the second of an MPO is another view of the same.
_MOVING = ("PNG", "WEBP", "GIF", "AVIF")
_WITHOUT_GROUND = ("RGBA", "LA", "PA", "P")
#: How Pillow names 16 bits of grey, and what a value of 8 bits is of it.
_DEEP, _DEEPER = ("I", "I;16", "I;16B", "I;16L"), 256

# The header says how large a picture is, and that is looked at before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


def recode_job(body: bytes, told: Mapping[str, str]) -> Mapping[str, object]:
    """Make a letter's picture of a file: `jpeg` in base64, `width` and `height`; or `fault`, a sentence.

    Args:
        body: the file.
        told: `keeps`, the end of it that must not be cut off; see `_KEPT`.
    """
    try:
        image = Image.open(BytesIO(body), formats=_FORMATS)
    except UnidentifiedImageError:
        return {"fault": "is not a picture in a form that is read here: JPEG, PNG, WebP, AVIF, GIF"}
    with image:
        fault = _too_much(image)
        if fault:
            return {"fault": fault}
        width, height = image.size
        upright = _upright(image)
    if _steps(upright) < _FEWEST_STEPS:
        least = f"{_ACROSS * _FEWEST_STEPS} × {_DOWN * _FEWEST_STEPS}"
        return {
            "fault": f"has {width:,} × {height:,} points, and {least} are the least; find a larger one"
        }
    jpeg, size = _packed(_cut(upright, _KEPT[told.get("keeps", "")]))
    return {"jpeg": base64.b64encode(jpeg).decode(), "width": size[0], "height": size[1]}


def _too_much(image: Image.Image) -> str:
    width, height = image.size
    if width * height > _MOST_POINTS:
        return (
            f"has {width:,} × {height:,} points, and {_MOST_POINTS:,} together are the most; "
            "make it smaller first"
        )
    if image.format in _MOVING and getattr(image, "n_frames", 1) > 1:
        return "moves, and letters print still pictures; save one frame of it"
    return ""


def _steps(image: Image.Image) -> int:
    """How many of 16 × 9 points its largest part of that shape has."""
    return min(image.width // _ACROSS, image.height // _DOWN)


def _upright(image: Image.Image) -> Image.Image:
    """As a camera meant it (EXIF, orientation), in sRGB, on white."""
    # A JPEG is unpacked at half its size or less where that is enough; of others the same is made here.
    enough = _ACROSS * _MOST_STEPS
    image.draft("RGB", (enough, enough))
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    if turned.mode in _DEEP:
        turned = turned.convert("I").point(lambda value: value / _DEEPER).convert("L")
    if turned.mode in _WITHOUT_GROUND or "transparency" in turned.info:
        turned = turned.convert("RGBA")
    turned = turned.reduce(max(1, min(turned.size) // enough))
    if turned.mode == "RGBA":
        ground = Image.new("RGBA", turned.size, "white")
        ground.alpha_composite(turned)
        turned = ground.convert("RGB")
    return _in_srgb(turned, profile).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours that a profile means (ICC.1); as they are where it cannot be read."""
    if not profile or image.mode not in ("RGB", "CMYK", "L"):
        return image
    try:
        meant = ImageCms.ImageCmsProfile(BytesIO(profile))
        shown = ImageCms.profileToProfile(
            image, meant, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return shown or image


def _cut(image: Image.Image, centre: tuple[float, float]) -> Image.Image:
    """The largest part of 16:9, no larger than it is shown."""
    steps = min(_steps(image), _MOST_STEPS)
    size = (_ACROSS * steps, _DOWN * steps)
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=centre)


def _packed(image: Image.Image) -> tuple[bytes, tuple[int, int]]:
    """The best JPEG that is small enough, and its size; of a picture like noise the smallest there is."""
    jpeg, size = b"", image.size
    for made, quality in _tries(image):
        out = BytesIO()
        # Pillow would write a comment of the file that came in.
        made.info.clear()
        made.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        jpeg, size = out.getvalue(), made.size
        if len(jpeg) <= _LARGEST:
            break
    return jpeg, size


def _tries(image: Image.Image) -> Iterator[tuple[Image.Image, int]]:
    yield from ((image, quality) for quality in _QUALITIES)
    steps = image.width // _ACROSS
    while steps // 2 >= _FEWEST_STEPS:
        steps //= 2
        yield image.resize((_ACROSS * steps, _DOWN * steps)), _QUALITIES[-1]
