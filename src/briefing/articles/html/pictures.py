"""Pictures of a piece, as data: nothing is fetched."""

from urllib.parse import urljoin

from lxml import html

from briefing.articles.html.blocks import Block
from briefing.articles.vocabulary.captions import split_credit
from briefing.model.article import Picture

_MOST, _SMALLEST = 12, 100
#: Where pages that load pictures late keep the address.
_ADDRESSES = ("src", "data-src", "data-original", "data-lazy-src")


def pictures_of(
    story: html.HtmlElement, declared: tuple[str, str], base: str
) -> tuple[Picture, ...]:
    """The pictures of a piece, the one that stands for it first.

    Args:
        story: the smallest element that holds headline and text.
        declared: address and description of `og:image`.
        base: the page's address, for those that are relative.
    """
    #: By the name of the file, which pages keep while they change its size and host.
    found: dict[str, Picture] = {}
    address, described = declared
    if address:
        full = urljoin(base, address)
        found[_name(full)] = Picture(url=full, alt=described, origin="meta og:image")
    for image in story.iter("img", "amp-img"):
        picture = _picture(image, base)
        if picture is not None:
            before = found.get(_name(picture.url))
            found[_name(picture.url)] = picture if before is None else _joined(before, picture)
    return tuple(found.values())[:_MOST]


def _picture(image: html.HtmlElement, base: str) -> Picture | None:
    address = next((said for name in _ADDRESSES if _is_address(said := image.get(name) or "")), "")
    if not address or _is_small(image):
        return None
    figure = next(image.iterancestors("figure"), None)
    told = figure.find(".//figcaption") if figure is not None else None
    caption = " ".join(told.text_content().split()) if told is not None else ""
    text, credit = split_credit(caption) if caption else ("", "")
    return Picture(
        url=urljoin(base, address),
        alt=" ".join((image.get("alt") or "").split()),
        caption=text or "",
        credit=credit or "",
        origin="figure" if figure is not None else "img",
    )


def _joined(declared: Picture, shown: Picture) -> Picture:
    return Picture(
        url=declared.url,
        alt=declared.alt or shown.alt,
        caption=shown.caption or declared.caption,
        credit=shown.credit or declared.credit,
        origin=declared.origin,
    )


def _is_address(said: str) -> bool:
    return bool(said) and not said.startswith(("data:", "blob:", "javascript:"))


def _is_small(image: html.HtmlElement) -> bool:
    """An icon or a counting pixel."""
    sizes = [image.get(name) or "" for name in ("width", "height")]
    return any(size.isdigit() and int(size) < _SMALLEST for size in sizes)


def _name(url: str) -> str:
    return url.partition("?")[0].rsplit("/", 1)[-1]


def story_of(heading: Block | None, body: list[Block]) -> html.HtmlElement:
    """The smallest element around headline, first and last paragraph."""
    ends = [body[0].element, body[-1].element, *([heading.element] if heading else [])]
    around = [{*one.iterancestors(), one} for one in ends]
    element = ends[0]
    while not all(element in above for above in around):
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element
