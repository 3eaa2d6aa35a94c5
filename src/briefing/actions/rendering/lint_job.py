"""What the checks look at of one email, here or in a process of its own.

The checks parse the letter and all its styles, and what they import takes 17 MB that no sender needs
afterwards. A process that goes on to post a long mailing has them done in another, whose memory ends with it.
"""

import pickle
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO

from briefing.model.edition import Edition
from briefing.model.finding import Finding
from briefing.model.mail import Email, Letter
from briefing.sandbox.child import Child, framed, unframed

if TYPE_CHECKING:  # whoever has the checks done elsewhere does not import them
    from briefing.emails.checks import LinkProbe, Proof

_MODULE = "briefing.actions.rendering.lint_job"


@dataclass(frozen=True, slots=True, kw_only=True)
class LintJob:
    """An email to check, with all that the rules ask of it."""

    email: Email
    edition: Edition
    #: The fields of `House`.
    house: Mapping[str, Any]
    #: The longest letter of it; None where it could not be written, and then why.
    letter: Letter | None = None
    unwritten: str = ""
    #: The links of its reader, by slot name.
    links: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        """The same for equal ones; mappings do not have one, so house and links are left out."""
        return hash((self.email, self.edition, self.letter))

    def proof(self, fetcher: "LinkProbe | None" = None) -> "Proof":
        """What the rules look at.

        Args:
            fetcher: asks the network; without one no rule does.
        """
        from briefing.emails.checks import House, Proof, Sample  # noqa: PLC0415 - see the module

        sample = Sample(letter=self.letter, links=self.links) if self.letter else None
        house = House(**self.house)
        return Proof(
            self.email, self.edition, house, sample, unwritten=self.unwritten, fetcher=fetcher
        )

    def findings(self) -> tuple[Finding, ...]:
        """What the checks find without asking the network, the heaviest first."""
        return _found(self)


# A page of the desk, whoever approves what it shows and the hour ask of the same letter one after the other.
@lru_cache(maxsize=8)
def _found(job: LintJob) -> tuple[Finding, ...]:
    from briefing.emails.checks import check  # noqa: PLC0415 - see the module

    return check(job.proof())


@contextmanager
def checks_apart() -> Iterator[Callable[[LintJob], tuple[Finding, ...]]]:
    """What does a job as `LintJob.findings`, in a process of its own, which begins while the job is made.

    This process does it where no other can be had, or the other dies.
    """
    try:
        child = Child(_MODULE)
    except OSError:
        yield LintJob.findings
        return

    def done(job: LintJob) -> tuple[Finding, ...]:
        child.say(pickle.dumps(job))
        try:
            found: tuple[Finding, ...] = pickle.loads(child.hear())  # noqa: S301 - our own process
        except EOFError:
            return job.findings()
        return found

    try:
        yield done
    finally:
        child.end()


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Do the job that is asked for.

    Args:
        asked: the pickled `LintJob`, framed.
        answers: gets the pickled findings, framed.
    """
    job: LintJob = pickle.loads(unframed(asked) or b"")  # noqa: S301 - our own process
    answers.write(framed(pickle.dumps(job.findings())))
    answers.flush()


if __name__ == "__main__":
    import briefing.emails.checks  # noqa: F401 - while the job is made

    serve(sys.stdin.buffer, sys.stdout.buffer)
