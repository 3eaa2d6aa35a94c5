"""For the server that `tests/commands.py` forks from: what the first jobs of a confined process wait for."""

from briefing.articles import split_in_sandbox
from briefing.articles.sandbox_job import split_reading
from briefing.clock import utc_now
from briefing.digests import digest_in_sandbox
from briefing.digests.make import make_digest
from briefing.digests.settings import DigestSettings
from briefing.model.page import Page

_TEXT = "{0}\n\nBy Ada Marsh\n\n{0} was agreed on Monday.\n\n“It is a start,” said Ms Marsh.\n"

split_in_sandbox.split_tasks()
split_in_sandbox.pieces()
digest_in_sandbox.digest_tasks()
digest_in_sandbox.digests()
_PAGE = Page(name="warm", body=_TEXT.format("The harbour bridge").encode())
for _article in split_reading(split_in_sandbox.SplitTask(page=_PAGE), utc_now()):
    make_digest(_article, DigestSettings())
