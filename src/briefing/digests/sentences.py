"""Sentence splitting, by the rules of `briefing.languages`."""

from briefing.languages.splitting import sentence_spans, split_sentences

__all__ = ["sentence_spans", "split_sentences"]
