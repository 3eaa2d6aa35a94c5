"""Page → article: reading bytes, splitting pages, telling paid copy from reporting."""

from briefing.articles.decoding import Decoded, decode
from briefing.articles.duplicates import mark_duplicates
from briefing.articles.pages import read_folder, read_page
from briefing.articles.record import as_record
from briefing.articles.rules import SponsorRule
from briefing.articles.shingles import fingerprint, same_fingerprint, same_piece
from briefing.articles.splitting import split_page
from briefing.articles.sponsorship import judge

__all__ = [
    "Decoded",
    "SponsorRule",
    "as_record",
    "decode",
    "fingerprint",
    "judge",
    "mark_duplicates",
    "read_folder",
    "read_page",
    "same_fingerprint",
    "same_piece",
    "split_page",
]
