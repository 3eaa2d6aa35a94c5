"""/api/v1: for programs of the house's own, by tokens."""

from briefing.web.api.app import make_api

__all__ = ["make_api"]
