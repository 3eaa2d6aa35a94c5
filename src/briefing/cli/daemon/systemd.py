"""What systemd wants to hear (sd_notify(3)); nothing is said where it does not listen."""

import os
import socket


def notify(state: str) -> None:
    """Say `READY=1`, `WATCHDOG=1` or `STOPPING=1` to the service manager, if there is one."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if not place:
        return
    # A name that begins with @ is in the abstract namespace.
    address = "\0" + place[1:] if place.startswith("@") else place
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as listener:
        listener.sendto(state.encode(), address)


def unwatched() -> dict[str, str]:
    """The environment of a process next to the one that the service manager watches."""
    return {name: value for name, value in os.environ.items() if name != "NOTIFY_SOCKET"}
