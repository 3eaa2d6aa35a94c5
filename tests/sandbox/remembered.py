"""Answers of confined processes that no process of a run asks for twice.

Hundreds of tests, and the commands and daemons that they start, draft the same few pages. What a confined
process says of a job hangs on the job and its limits alone: not on the house, the clock or what a test has put
in place of something, of which it sees nothing.
"""

import json
import os
import signal
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from tests.sandbox.forked import ForkedChild, share_the_server

from briefing.articles.html.markup.is_html import is_markup
from briefing.articles.text.decoding import decode
from briefing.errors import PageRefused
from briefing.sandbox.child import framed

#: The variable that names the folder of answers to what is started later: the server of forks.
_FOLDER = "FOLDER_OF_REMEMBERED_ANSWERS"
#: That folder; the environment of a process that is forked from the server is its command's.
_PLACE = {"folder": os.environ.get(_FOLDER)}
#: By module, limits and question. A fault is asked for again: another time there may be more memory.
_ANSWERS: dict[str, bytes] = {}
_FAULT = b'{"fault"'
#: Bytes; a large page is asked about once or twice, and its answer is as large.
_MOST = 1 << 20


def remember_in(folder: Path) -> None:
    """Keep answers there, together with whatever else is told of that folder."""
    folder.mkdir(exist_ok=True)
    _PLACE["folder"] = os.environ[_FOLDER] = str(folder)


def share(folder: Path) -> None:
    """In a process that will be forked: what comes of it shares its answers and the server of forks."""
    remember_in(folder / "answers")
    share_the_server()


class RememberingChild(ForkedChild):
    """Forked for the first question that nobody has asked before."""

    def __init__(self, module: str, *limits: str, is_silent: bool = False) -> None:
        """Fork nothing yet; the arguments are its base's."""
        self._told = module, limits, is_silent
        self._is_forked = False
        self._question = ""
        self._known: bytes | None = None

    @property
    def is_alive(self) -> bool:
        return not self._is_forked or super().is_alive

    def say(self, *frames: bytes) -> None:
        """Hand frames over, unless their answer is known."""
        module, limits, is_silent = self._told
        self._question = _question((module, *limits), *frames)
        # Looked up once: another thread may hear the same answer while this process works on its own.
        self._known = _answer_to(self._question)
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
        if self._question and len(answer) < _MOST and not answer.startswith(_FAULT):
            _remember(self._question, answer)
        return answer

    def end(self) -> int:
        """As its base; what was never forked ends as if it had been killed."""
        return super().end() if self._is_forked else -signal.SIGKILL


def _question(limits: tuple[str, ...], head: bytes, body: bytes = b"") -> str:
    """What an answer hangs on, as the name of a file; "" where that is more than what is asked."""
    told = json.loads(head)
    if told["job"] == "split":
        task = json.loads(told["task"])
        if task["vocabulary"]:
            return ""  # what stands in that folder may change
        if not _hangs_on_time(body, task["page"]["media_type"]):
            del told["now"]
    asked = (repr((limits, sorted(told.items()))).encode(), body)
    return sha256(b"".join(map(framed, asked))).hexdigest()


def _hangs_on_time(page: bytes, media_type: str) -> bool:
    """False for a page whose dates nobody looks for: a text."""
    try:
        return is_markup(decode(page).text, media_type)
    except PageRefused:
        return True


def _answer_to(question: str) -> bytes | None:
    known, folder = _ANSWERS.get(question), _PLACE["folder"]
    if known is None and question and folder:
        with suppress(FileNotFoundError):
            known = _ANSWERS[question] = Path(folder, question).read_bytes()
    return known


def _remember(question: str, answer: bytes) -> None:
    _ANSWERS[question] = answer
    if folder := _PLACE["folder"]:
        # Whole or not there: another process may look while this one writes, or kill it.
        written = Path(folder, f"{question}.{os.getpid()}.{threading.get_ident()}")
        written.write_bytes(answer)
        written.replace(Path(folder, question))
