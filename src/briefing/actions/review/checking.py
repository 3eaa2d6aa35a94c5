"""When the checks of an email are done: at once, or by another process while its readers are being frozen."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from briefing.actions.rendering.lint_job import LintJob, checks_apart
from briefing.errors import BriefingError
from briefing.model.finding import Finding


@dataclass(slots=True)
class Checking:
    """Does the checks, and knows whether their word is still waited for."""

    #: What does a job as `LintJob.findings`.
    findings: Callable[[LintJob], tuple[Finding, ...]] = LintJob.findings
    _beside: Executor | None = None
    _refusal: Future[None] | None = None

    def begin(self, refuse: Callable[[], None]) -> None:
        """Call what raises where the checks find an error: at once, or in a thread that `passed` waits for."""
        if self._beside is None:
            refuse()
        else:
            self._refusal = self._beside.submit(refuse)

    @contextmanager
    def passed(self) -> Iterator[None]:
        """Around what may be kept only where `begin` raises nothing; to be left before it is committed."""
        yield
        self.wait()

    def wait(self) -> None:
        """Raise what `begin` has raised in its thread."""
        if self._refusal is not None:
            self._refusal.result()


@contextmanager
def checking_apart() -> Iterator[Checking]:
    """Checks by a process of their own, of which this one hears in a thread while it goes on.

    What they find is said before what else stands in the way, as where they are done at once.
    """
    with checks_apart() as findings, ThreadPoolExecutor(max_workers=1) as beside:
        checking = Checking(findings, beside)
        try:
            yield checking
        except BriefingError:
            checking.wait()
            raise
