"""Who can say whether the relay took a letter whose answer was never seen."""

from briefing.sends.resolvers.base import Doubt, DoubtVerdict, Resolution, Resolver
from briefing.sends.resolvers.none import NoResolver
from briefing.sends.resolvers.postfix import PostfixResolver, PostfixSettings

#: By the name that config.toml gives them.
RESOLVERS = {"none": NoResolver, "postfix": PostfixResolver}

__all__ = [
    "RESOLVERS",
    "Doubt",
    "DoubtVerdict",
    "NoResolver",
    "PostfixResolver",
    "PostfixSettings",
    "Resolution",
    "Resolver",
]
