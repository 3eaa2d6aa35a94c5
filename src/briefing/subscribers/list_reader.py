"""A process that reads a list. See `briefing.subscribers.import_process`."""

import pickle
import sys
from itertools import islice
from typing import BinaryIO

from briefing.errors import SubscriberError
from briefing.sandbox.child import framed, unframed
from briefing.subscribers.importing import read_rows
from briefing.subscribers.list_rows import Row

#: Rows that are handed over at once. The process is as many ahead while the last ones are written.
_AT_ONCE = 20_000


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Read the list that is asked for, and answer with rows, none at the end, or a sentence.

    Args:
        asked: the pickled arguments of `read_rows`, framed.
        answers: gets lists of rows, or the sentence that says why there are none, framed.
    """
    rows = read_rows(*pickle.loads(unframed(asked) or b""))  # noqa: S301 - our own process
    try:
        while some := list(islice(rows, _AT_ONCE)):
            _say(some, answers)
        _say([], answers)
    except SubscriberError as error:
        _say(str(error), answers)


def _say(what: list[Row] | str, answers: BinaryIO) -> None:
    answers.write(framed(pickle.dumps(what, pickle.HIGHEST_PROTOCOL)))
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
