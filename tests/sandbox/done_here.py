"""The jobs of confined processes, done in the process that asks for them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from briefing.sandbox import worker
from briefing.sandbox.pool import MEGABYTES, Workers
from briefing.sandbox.spares import Spares


async def _done(_: Workers, job: str, body: bytes, **told: str) -> Mapping[str, object]:
    return worker._done({"job": job, **told}, body, MEGABYTES)


@contextmanager
def done_here() -> Iterator[None]:
    """Inside of it no confined process is begun or kept."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Workers, "do", _done)
        patch.setattr(Spares, "keep", lambda *_: None)
        yield
