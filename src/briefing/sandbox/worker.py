"""The inside of a confined process: it takes a job and bytes, and answers in JSON."""

import json
import resource
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import BinaryIO

from briefing.sandbox.child import framed, unframed

#: Module and function of each; imported for the first of its kind, so that a feed waits for no patterns.
JOBS = {
    "feed": ("briefing.articles.feeds.parse_feed", "read_feed"),
    "digest": ("briefing.digests.sandbox_job", "digest_job"),
    "picture": ("briefing.emails.recode_picture", "recode_job"),
    "split": ("briefing.articles.sandbox_job", "split_job"),
}


def serve(asked: BinaryIO, answers: BinaryIO, seconds: int, megabytes: int) -> None:
    """Do jobs until nobody asks for more."""
    limit = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while head := unframed(asked):
        body = unframed(asked) or b""
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
        until = int(used.ru_utime + used.ru_stime) + seconds
        # At the soft limit the kernel ends the process: no parser can catch that.
        resource.setrlimit(resource.RLIMIT_CPU, (until, hardest))
        done = _done(json.loads(head), body, megabytes)
        # Half a pair of surrogates, which JSON may hold, is not text: nobody could store or send it.
        answer = json.dumps(done, ensure_ascii=False).encode("utf-8", errors="replace")
        answers.write(framed(answer))
        answers.flush()


def _done(told: Mapping[str, str], body: bytes, megabytes: int) -> Mapping[str, object]:
    try:
        return _job(told["job"])(body, told)
    except MemoryError:
        return {"fault": f"takes more than {megabytes} MB of memory to read; it was left out"}
    except RecursionError:
        return {"fault": "is nested too deeply to be read; it was left out"}
    except Exception as error:  # noqa: BLE001 - whatever a parser trips over, the next job goes on
        return {"fault": f"cannot be read: {type(error).__name__}: {str(error)[:200]}"}


def _job(name: str) -> Callable[[bytes, Mapping[str, str]], Mapping[str, object]]:
    """The function of a job: it takes the bytes and what else it is told."""
    module, function = JOBS[name]
    job: Callable[[bytes, Mapping[str, str]], Mapping[str, object]]
    job = getattr(import_module(module), function)
    return job


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer, int(sys.argv[1]), int(sys.argv[2]))
