"""email + subscriber → letter → delivery."""

from briefing.sends.dkim import DkimSettings, DkimSigner
from briefing.sends.letters import LetterSettings, OwnParts, Postman
from briefing.sends.pace import Pace, Tokens, WarmUp
from briefing.sends.posting import Posted, Posting
from briefing.sends.posting_settings import PostingSettings
from briefing.sends.resolvers import Resolver
from briefing.sends.returns import traced
from briefing.sends.scribes import Office, Scribes, serve, unframed

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
