"""Answers of confined processes that are not asked for twice.

Hundreds of tests draft the same few pages. What a confined process says of a job hangs on the job and its limits
alone: not on the house, the clock or what a test has put in place of something, of which it sees nothing.
"""

import signal
from hashlib import sha256

from tests.sandbox.forked import ForkedChild

from briefing.sandbox.child import framed

#: By module, limits and question. A fault is asked for again: another time there may be more memory.
_ANSWERS: dict[bytes, bytes] = {}
_FAULT = b'{"fault"'
#: Bytes; a large page is asked about once or twice, and its answer is as large.
_MOST = 1 << 20


class RememberingChild(ForkedChild):
    """Forked for the first question that nobody has asked before."""

    def __init__(self, module: str, *limits: str, is_silent: bool = False) -> None:
        """Fork nothing yet; the arguments are its base's."""
        self._told = module, limits, is_silent
        self._is_forked = False
        self._question = b""
        self._known: bytes | None = None

    @property
    def is_alive(self) -> bool:
        return not self._is_forked or super().is_alive

    def say(self, *frames: bytes) -> None:
        """Hand frames over, unless their answer is known."""
        module, limits, is_silent = self._told
        given = sha256(repr((module, limits)).encode() + b"".join(map(framed, frames)))
        self._question = given.digest()
        # Looked up once: another thread may hear the same answer while this process works on its own.
        self._known = _ANSWERS.get(self._question)
        if self._known is not None:
            return
        if not self._is_forked:
            super().__init__(module, *limits, is_silent=is_silent)
            self._is_forked = True
        super().say(*frames)

    def hear(self) -> bytes:
        """The answer."""
        if self._known is not None:
            return self._known
        answer = super().hear()
        if len(answer) < _MOST and not answer.startswith(_FAULT):
            _ANSWERS[self._question] = answer
        return answer

    def end(self) -> int:
        """As its base; what was never forked ends as if it had been killed."""
        return super().end() if self._is_forked else -signal.SIGKILL
