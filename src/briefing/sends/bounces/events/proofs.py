"""What proves that a call is a provider's own: its age, a password, or a signature."""

import hmac
from base64 import b64decode
from binascii import Error as BinasciiError

from briefing.sends.bounces.events.event import HookCall, refuse

#: Seconds that a signed call may be old, and seconds that clocks may differ.
OLDEST, AHEAD = 3_600.0, 300.0


def refuse_old(name: str, written: str, at: float) -> None:
    """Refuse a call whose time is not a number, long ago, or to come.

    Raises:
        SendError: as its name says.
    """
    try:
        age = at - float(written)
    except ValueError:
        raise refuse(name, f"its time {written[:40]!r} is not a time") from None
    if not -AHEAD <= age <= OLDEST:
        raise refuse(name, f"it is {age:,.0f} seconds old, and an hour is the most")


def refuse_without_password(name: str, request: HookCall, secret: str) -> None:
    """Refuse a call that does not have the password, as Basic (RFC 7617) or Bearer (RFC 6750).

    Raises:
        SendError: as its name says.
    """
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            given = b64decode(given, validate=True).decode().partition(":")[2]
        except (BinasciiError, ValueError):
            given = ""
    if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
        raise refuse(name, "its password is missing or wrong")
