"""The browser's door: the readers' pages, the editors' desk and the answers to ops, one file a screen."""

from briefing.web.app import make_app

__all__ = ["make_app"]
