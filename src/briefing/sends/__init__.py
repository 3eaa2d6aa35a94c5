"""email + subscriber → letter → delivery."""

from briefing.sends.letters.dkim import DkimSettings, DkimSigner
from briefing.sends.letters.mime import LetterSettings, OwnParts, Postman
from briefing.sends.letters.signing_pool import Office, Scribes, serve, unframed
from briefing.sends.letters.verp import traced
from briefing.sends.posting.loop import Posted, Posting
from briefing.sends.posting.rate_limit import Pace, Tokens, WarmUp
from briefing.sends.posting.retry_settings import PostingSettings
from briefing.sends.resolvers import Resolver

__all__ = [
    "DkimSettings",
    "DkimSigner",
    "LetterSettings",
    "Office",
    "OwnParts",
    "Pace",
    "Posted",
    "Posting",
    "PostingSettings",
    "Postman",
    "Resolver",
    "Scribes",
    "Tokens",
    "WarmUp",
    "serve",
    "traced",
    "unframed",
]
