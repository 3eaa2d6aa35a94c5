"""Article → digest: sentence splitting, Sumy's engines and ours, the paragraph maker."""

from briefing.digests.engines import ENGINES, OLD_NAMES
from briefing.digests.make import DigestSettings, digest_text, explain, make_digest
from briefing.digests.peers import lead, lexrank
from briefing.digests.sentences import sentence_spans, split_sentences

__all__ = [
    "ENGINES",
    "OLD_NAMES",
    "DigestSettings",
    "digest_text",
    "explain",
    "lead",
    "lexrank",
    "make_digest",
    "sentence_spans",
    "split_sentences",
]
