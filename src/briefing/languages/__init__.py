"""What the program knows of each language: sentence ends, words that answer, quotation marks, the letter's words.

Each module is imported by its own name: whoever checks a code in config.toml should not wait for patterns.
"""

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
]
