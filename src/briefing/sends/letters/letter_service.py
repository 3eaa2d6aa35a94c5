"""The other end of the signing pool: a process that divides itself, and writes whatever is asked for.

It imports no event loop, and is started once for all processes of a pool: what it has imported and what
it was told is there for each of them without being done again.
"""

import gc
import os
import pickle
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import BinaryIO

from briefing.errors import SendError
from briefing.model.subscriber import Subscriber
from briefing.sandbox.child import framed, unframed
from briefing.sends.letters.mime import OwnParts

#: Makes what is a reader's own, for a reader and a variant.
OwnPartsOf = Callable[[Subscriber, int], OwnParts]


def serve_all(descriptors: Sequence[int]) -> None:
    """Be as many processes as there are sockets, each answering on its own, until nobody asks.

    Over the last socket comes a pickled writer. The process that has that one outlives the others, so that
    none is left to whoever adopts orphans.
    """
    *others, mine = descriptors
    # What is asked may have come along with what is told: both are read from the same buffer.
    asked = os.fdopen(mine, "rb")
    pickled = unframed(asked)
    if pickled is None:
        return
    gc.disable()  # no letter is a cycle
    own_parts = pickle.loads(pickled).own_parts  # noqa: S301 - by the process that started us
    for at, theirs in enumerate(others):
        if os.fork() == 0:
            for one in (*others[at + 1 :], mine):
                os.close(one)
            _serve_on(own_parts, os.fdopen(theirs, "rb"))
            os._exit(0)
        os.close(theirs)
    _serve_on(own_parts, asked)
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _serve_on(own_parts: OwnPartsOf, socket: BinaryIO) -> None:
    # Who asked is gone where a pipe breaks: nobody waits for an answer.
    with (
        suppress(BrokenPipeError, ConnectionResetError),
        socket as asked,
        open(asked.fileno(), "wb", closefd=False) as answers,
    ):
        serve(own_parts, asked, answers)


def serve(own_parts: OwnPartsOf, asked: BinaryIO, answers: BinaryIO) -> None:
    """Write what is their own for each reader that is asked for, until nothing more comes.

    Args:
        own_parts: makes it, for a reader and a variant.
        asked: framed readers.
        answers: gets it framed, or the sentence that says why there is no letter.
    """
    answers.write(framed(packed([])))  # ready
    answers.flush()
    while (frame := unframed(asked)) is not None:
        written: list[OwnParts | str] = []
        for email, name, ref, tags, variant in pickle.loads(frame):  # noqa: S301 - our own process
            try:
                reader = Subscriber(email=email, name=name, ref=ref, tags=tags)
                own = own_parts(reader, variant)
            except SendError as error:
                written.append(str(error))
            else:
                written.append(own)
        answers.write(framed(packed(written)))
        answers.flush()


def packed(batch: object) -> bytes:
    """What one end says to the other."""
    return pickle.dumps(batch, pickle.HIGHEST_PROTOCOL)
