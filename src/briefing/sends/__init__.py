"""email + subscriber → letter → delivery.

`DkimSigner` is imported from its own module: only a house with a key needs what it needs.
"""

from briefing.sends.letters.dkim_settings import DkimSettings
from briefing.sends.letters.mime import LetterSettings, OwnParts, Postman
from briefing.sends.letters.signing_pool import SigningPool, SigningSetup, serve
from briefing.sends.posting.loop import Posted, Posting
from briefing.sends.posting.rate_limit import RateLimiter, TokenSource, WarmUp
from briefing.sends.posting.refusal_watch import judgement
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import Resolver

__all__ = [
    "DkimSettings",
    "LetterSettings",
    "OwnParts",
    "Posted",
    "Posting",
    "PostingSettings",
    "Postman",
    "RateLimiter",
    "Resolver",
    "SigningPool",
    "SigningSetup",
    "TokenSource",
    "WarmUp",
    "judgement",
    "serve",
]
