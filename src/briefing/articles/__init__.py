"""Page → article: reading bytes, splitting pages, telling paid copy from reporting."""

from briefing.articles.allowed import Allowed
from briefing.articles.declaring import with_declared
from briefing.articles.decoding import Decoded, decode
from briefing.articles.duplicates import mark_duplicates
from briefing.articles.extracting import with_extracts
from briefing.articles.own_furniture import (
    Cleared,
    OwnFurniture,
    check_pattern,
    check_selector,
    clear,
)
from briefing.articles.pages import read_folder, read_page
from briefing.articles.record import as_record
from briefing.articles.rules import SponsorRule
from briefing.articles.shingles import fingerprint, same_fingerprint, same_piece
from briefing.articles.splitting import split_page
from briefing.articles.sponsorship import SPONSORED_FROM, UNSURE_FROM, judge

__all__ = [
    "SPONSORED_FROM",
    "UNSURE_FROM",
    "Allowed",
    "Cleared",
    "Decoded",
    "OwnFurniture",
    "SponsorRule",
    "as_record",
    "check_pattern",
    "check_selector",
    "clear",
    "decode",
    "fingerprint",
    "judge",
    "mark_duplicates",
    "read_folder",
    "read_page",
    "same_fingerprint",
    "same_piece",
    "split_page",
    "with_declared",
    "with_extracts",
]
