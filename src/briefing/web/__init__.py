"""The browser's door: the pages that readers see, without script, one file a screen."""

from briefing.web.app import make_app

__all__ = ["make_app"]
