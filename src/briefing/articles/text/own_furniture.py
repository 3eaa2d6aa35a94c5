"""A source's own furniture: what its editors know not to belong to its articles."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFurniture:
    """Selectors of elements and patterns of lines."""

    selectors: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
