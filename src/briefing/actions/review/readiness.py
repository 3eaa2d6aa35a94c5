"""Readiness: what stands between an edition and its readers, and what an approval would do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from briefing.actions.context import Desk
from briefing.actions.rendering.check_again import errors_of
from briefing.actions.rendering.lint import lint
from briefing.actions.rendering.own_editions import OwnEditions
from briefing.actions.rendering.render import the_email
from briefing.actions.resolve_name import list_of
from briefing.actions.review.gate import fit_variants
from briefing.actions.review.own_hour import own_hour
from briefing.actions.review.sign_off import missing
from briefing.counted import counted
from briefing.errors import BriefingError
from briefing.model.approval import Approval
from briefing.model.edition import Edition
from briefing.model.finding import Finding, Severity
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Standing
from briefing.store import fingerprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How an edition stands."""

    hash: str
    #: Why nobody can approve it now, each in a sentence.
    obstacles: tuple[str, ...]
    findings: tuple[Finding, ...]
    #: Who approved exactly these bytes.
    approvals: tuple[Approval, ...]
    #: How many more people have to.
    missing: int
    #: The last word, if it is a no to these bytes.
    rejected: Approval | None
    #: Whom it would go to now.
    readers: int
    #: When it leaves, in the briefing's own time zone; None when it is sent by hand.
    leaves: datetime | None
    #: Until then; negative when the hour has passed.
    wait: timedelta | None
    mailing: Mailing | None
    #: The forms that its readers want of it; None where there is no email yet.
    own: OwnEditions | None = None

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What whoever approves has to accept."""
        return tuple(one for one in self.findings if one.severity is Severity.WARNING)


def readiness(desk: Desk, edition: Edition) -> Readiness:
    """Look at everything that an approval depends on."""
    content, findings, obstacles = "", tuple[Finding, ...](), list[str]()
    list_name, own = list_of(desk, edition), None
    mailing = desk.store.mailings.find(edition.id)
    if edition.held:
        pieces = counted(len(edition.held), "piece")
        obstacles.append(f"nobody has said who speaks in {pieces}: decide it.")
    try:
        email = the_email(desk, edition)
        content = fingerprint(email)
        findings = lint(desk, edition, email)
        own = fit_variants(desk, edition, list_name)
    except BriefingError as error:
        obstacles.append(str(error))
    errors = len(errors_of(findings))
    if errors:
        obstacles.append(f"{counted(errors, 'check fails', 'checks fail')}: see Checks.")
    leaves = own_hour(desk, edition)
    return Readiness(
        hash=content,
        obstacles=tuple(obstacles),
        findings=findings,
        approvals=desk.store.approvals.standing(edition.id, content),
        missing=missing(desk, edition, content),
        rejected=desk.store.approvals.rejected(edition.id, content),
        readers=desk.store.subscribers.counts(list_name).get(Standing.ACTIVE, 0),
        leaves=leaves,
        wait=None if leaves is None else leaves - desk.clock(),
        mailing=mailing,
        own=own,
    )
