"""email + subscriber → letter → delivery."""

from briefing.sends.dkim import DkimSigner
from briefing.sends.letters import LetterSettings, Postman
from briefing.sends.pace import Pace, Tokens, WarmUp
from briefing.sends.posting import Posted, Posting, PostingSettings
from briefing.sends.resolvers import Resolver
from briefing.sends.returns import traced

__all__ = [
    "DkimSigner",
    "LetterSettings",
    "Pace",
    "Posted",
    "Posting",
    "PostingSettings",
    "Postman",
    "Resolver",
    "Tokens",
    "WarmUp",
    "traced",
]
