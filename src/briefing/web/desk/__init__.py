"""The editors' desk in the browser; one file a screen."""

from briefing.web.desk.app import make_desk

__all__ = ["make_desk"]
