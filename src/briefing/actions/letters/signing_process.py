"""A signing process: it writes the letters of an edition. See `briefing.sends.letters.signing_pool`."""

import gc
import pickle
import sys

from briefing.actions.letters.letter_writer import LetterWriter
from briefing.sandbox.child import unframed
from briefing.sends import serve


def main() -> None:
    """Write letters until nobody asks any more."""
    told = unframed(sys.stdin.buffer)
    if told is not None:
        gc.disable()  # no letter is a cycle
        writer = LetterWriter(**pickle.loads(told))  # noqa: S301 - by the process that started us
        serve(writer.own_parts, sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
