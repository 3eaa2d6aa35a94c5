"""Access tokens: which programs of the house's own may ask the API, and for what."""

import re
import secrets
from collections.abc import Iterable

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.counted import counted
from briefing.errors import DeskError
from briefing.model.network.access_token import AccessToken, Scope

_DAY = 86_400.0
#: Days that a token can hold at most.
MOST_DAYS = 730
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,62}")


def add_token(desk: Desk, name: str, scopes: Iterable[Scope], days: int, *, actor: str) -> str:
    """Let a program ask the API for some days.

    Returns:
        Its secret, which is kept nowhere else.

    Raises:
        DeskError: when the name will not do, it may do nothing, or it would hold too long.
        StoreError: when there is a token of that name.
    """
    may = frozenset(scopes)
    if not _NAME.fullmatch(name):
        raise DeskError(
            f"{name!r} is not a name for a token; take small letters, figures, - and _, such as crm."
        )
    if not may:
        raise DeskError(
            f"A token that may do nothing is of no use: name one of {', '.join(Scope)}."
        )
    if not 1 <= days <= MOST_DAYS:
        raise DeskError(f"A token holds for 1 to {MOST_DAYS} days, and not for {days}.")
    now, secret = desk.clock().timestamp(), f"briefing_{secrets.token_urlsafe(32)}"
    token = AccessToken(
        name=name, scopes=may, made=now, expires=now + days * _DAY, used=0.0, made_by=actor
    )
    desk.store.access_tokens.add(token, secret)
    said = f"{name}: {', '.join(sorted(may))}; for {counted(days, 'day')}"
    log_action(desk, actor, "add token", detail=said)
    return secret


def remove_token(desk: Desk, name: str, *, actor: str) -> None:
    """Let a program ask no more, from now on.

    Raises:
        DeskError: when there is no token of that name.
    """
    if not desk.store.access_tokens.remove(name):
        known = ", ".join(one.name for one in desk.store.access_tokens.all()) or "none"
        raise DeskError(f"There is no token {name!r}; there are: {known}.")
    log_action(desk, actor, "remove token", detail=name)
