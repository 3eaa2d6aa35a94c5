"""Nobody to ask: `[send] on_doubt` decides."""

from collections.abc import Mapping, Sequence

from briefing.sends.resolvers.base import Doubt, Resolution


class NoResolver:
    """Knows of no letter."""

    patience: float | None = None

    def ask(self, doubts: Sequence[Doubt]) -> Mapping[str, Resolution]:  # noqa: ARG002 - the port's
        """See `Resolver.ask`."""
        return {}
