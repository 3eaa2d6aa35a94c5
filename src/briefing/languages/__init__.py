"""What the program knows of each language: sentence ends, words that answer, quotation marks, the letter's words."""

from briefing.languages.splitting import sentence_spans, split_sentences
from briefing.languages.table import (
    SUPPORTED,
    Language,
    QuotationMarks,
    SentenceRules,
    base_of,
    is_supported,
    language,
    sentence_rules,
)

__all__ = [
    "SUPPORTED",
    "Language",
    "QuotationMarks",
    "SentenceRules",
    "base_of",
    "is_supported",
    "language",
    "sentence_rules",
    "sentence_spans",
    "split_sentences",
]
