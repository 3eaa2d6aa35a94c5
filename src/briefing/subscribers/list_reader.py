"""A process that reads a list. See `briefing.subscribers.import_process`."""

import pickle
import sys
from io import BytesIO
from typing import BinaryIO

from briefing.errors import SubscriberError
from briefing.sandbox.child import framed, unframed
from briefing.subscribers.importing import read_parts
from briefing.subscribers.list_rows import RowBatch, batches_of


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Read the list that is asked for, and answer with its rows, none at the end, or a sentence.

    While one batch is written down, the next is read, and put in the order of addresses.

    Args:
        asked: the pickled arguments of `read_parts`, framed.
        answers: gets batches of rows, or the sentence that says why there are none, framed.
    """
    parts = read_parts(*pickle.loads(unframed(asked) or b""))  # noqa: S301 - our own process
    try:
        for batch in batches_of(parts):
            _say(batch.by_address(), answers)
        _say(None, answers)
    except SubscriberError as error:
        _say(str(error), answers)


def _say(what: RowBatch | str | None, answers: BinaryIO) -> None:
    said = BytesIO()
    pickler = pickle.Pickler(said, pickle.HIGHEST_PROTOCOL)
    # Nothing is said by a sign of having been said before: to look for that takes most of the time.
    pickler.fast = True
    pickler.dump(what)
    answers.write(framed(said.getvalue()))
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
