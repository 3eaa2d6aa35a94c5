"""Where the templates, seeds, sample config and editors' guide that travel with the program lie on disk."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parent.parent


def shipped(name: str) -> Path:
    """The path of a shipped file or folder: `templates`, `seeds`, `config.toml` or, for editing.md, `docs`.

    In an installed wheel they lie inside the package, in a checkout at its root.
    """
    packed = _PACKAGE / "shipped" / name
    return packed if packed.exists() else _CHECKOUT / name
