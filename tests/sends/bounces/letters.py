"""The letter that all reports here are about."""

from briefing.sends.letters.verp import letter_id, return_path

KEY = b"k" * 32
EDITION, REF = "staggers-2026-11-23", "0123456789abcdef"
PATH = return_path("bounces@example.org", EDITION, REF, KEY)
ID = letter_id(EDITION, REF, "briefing@example.org", KEY)
