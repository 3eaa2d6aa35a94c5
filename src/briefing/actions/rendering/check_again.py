"""An email that passed the checks passes them again: the same email, letter and house have the same findings.

An edition is looked at whenever somebody asks whether it could leave: when it is rendered, on the desk's
first page, before a yes, and when its mailing begins, where the letters wait for it.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.last_results import LastResults, fingerprint
from briefing.actions.rendering.lint_job import LintJob
from briefing.model.finding import Finding, Severity

#: Rooms whose code decides what is found.
_CHECKERS = ("emails", "languages", "model")


def errors_again(
    job: LintJob, file: Path, findings: Callable[[LintJob], tuple[Finding, ...]]
) -> tuple[Finding, ...]:
    """What must not be sent like this; the checks look only where something is new.

    Kept is only what passed. A finding may quote the letter, and its reader can ask to be forgotten.

    Args:
        job: what the checks are to look at, without asking the network.
        file: where it is kept what passed last.
        findings: has them look.
    """
    last = LastResults(file, passed_json())
    mark = fingerprint(_CHECKERS, job)
    if last.get(mark):
        return ()
    errors = errors_of(findings(job))
    if not errors:
        last.keep({mark: True})
    return errors


def errors_of(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What must not be sent like this."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)


@cache
def passed_json() -> TypeAdapter[dict[str, bool]]:
    """What reads and writes as JSON which fingerprints passed."""
    return TypeAdapter(dict[str, bool])
