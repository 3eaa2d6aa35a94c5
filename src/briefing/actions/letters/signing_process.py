"""Signing processes: they write the letters of an edition. See `briefing.sends.letters.signing_pool`."""

import sys

# A writer comes pickled, and its class is of this module.
import briefing.actions.letters.letter_writer  # noqa: F401
from briefing.sends.letters.letter_service import serve_all

if __name__ == "__main__":
    serve_all([int(number) for number in sys.argv[1:]])
