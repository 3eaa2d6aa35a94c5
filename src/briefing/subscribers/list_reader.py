"""A process that reads a list. See `briefing.subscribers.import_process`."""

import pickle
import sys
from typing import BinaryIO

from briefing.errors import SubscriberError
from briefing.sandbox.child import framed, unframed
from briefing.subscribers.importing import read_parts
from briefing.subscribers.list_rows import batches_of
from briefing.subscribers.row_frames import frames_of, last_frame


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
            answers.writelines(framed(frame) for frame in frames_of(batch.by_address()))
            answers.flush()
        answers.write(framed(last_frame()))
    except SubscriberError as error:
        answers.write(framed(last_frame(str(error))))
    answers.flush()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
