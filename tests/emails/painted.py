"""Pictures painted for tests, as bytes of files."""

from io import BytesIO
from typing import Any

from PIL import Image


def painted(size: tuple[int, int] = (1600, 1200), mode: str = "RGB") -> Image.Image:
    """Red above, green below: what was cut off and what was turned can be told."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 160, 30), (0, size[1] // 2, *size))
    return image.convert(mode, dither=Image.Dither.NONE)


def as_file(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def photograph() -> bytes:
    """An ordinary picture."""
    return as_file(painted())
