"""The inside of the sandbox: one article becomes its digest."""

import json
from collections.abc import Mapping
from typing import Any

from briefing.digests.digest_in_sandbox import digest_tasks, digests
from briefing.digests.make import make_digest


def digest_job(body: bytes, _: Mapping[str, str]) -> dict[str, Any]:
    """One article, as its process is told of it; the answer is what JSON can hold."""
    task = digest_tasks().validate_json(body)
    return {"digest": json.loads(digests().dump_json(make_digest(task.article, task.settings)))}
