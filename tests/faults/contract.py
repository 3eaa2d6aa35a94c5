"""An edition sent through a real relay to a host that keeps what comes, and what came there.

`tests/faults/test_contract.py` starts it, with the program's name; FOLDER names where the house is made, and
where every message is kept that the last host got: letters, and reports about those that it refused.
"""

import email
import os
import smtplib
import sys
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from tests.desks import act
from tests.servers.own_root import HOST, alone, started
from tests.servers.refusing import RefusingHost
from tests.servers.sending import read_by

from briefing.actions.sending.send import send_edition
from briefing.config import Config
from briefing.config.sending import Dkim

READERS = ("ada@example.net", "ben@example.net", "cy@example.net")
#: Its name makes the last host refuse it.
REFUSED = "unknown@example.net"
SELECTOR, KEY = "contract", "dkim.pem"
#: Seconds: a relay that gives up does so within half a minute.
LONGEST = 120


def main(*words: str) -> None:
    """Sends through one program; see `alone`."""
    alone("tests.faults.contract", words, lambda root: _send(words[0], root))


def _send(name: str, root: Path) -> None:
    folder = Path(os.environ["FOLDER"])
    with started(name, root) as host:
        (folder / "offers").write_text(_offers())
        config, edition, _ = read_by(folder / "house", 25, (*READERS, REFUSED))
        act(send_edition, _signing(config, folder / "house"), edition)
        _wait(host)
        for number, message in enumerate(host.kept):
            (folder / f"{number}.eml").write_bytes(message)


def _offers() -> str:
    """What the program says to EHLO, as soon as it listens."""
    end = time.monotonic() + LONGEST
    while True:
        try:
            with smtplib.SMTP("127.0.0.1", 25, HOST, timeout=30) as client:
                return client.ehlo()[1].decode()
        except OSError:
            if time.monotonic() > end:
                raise
        time.sleep(0.2)


def _signing(config: Config, folder: Path) -> Config:
    key = generate_private_key(65_537, 2_048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / KEY).write_bytes(pem)
    domain = config.send.sender.email.rpartition("@")[2]
    signed = Dkim(domain=domain, selector=SELECTOR, key_file=KEY)
    return config.model_copy(update={"send": config.send.model_copy(update={"dkim": (signed,)})})


def is_report(message: bytes) -> bool:
    """True when it is a report about a letter. OpenSMTPD calls its own multipart/mixed."""
    parts = email.message_from_bytes(message).walk()
    return any(part.get_content_type() == "message/delivery-status" for part in parts)


def _wait(host: RefusingHost) -> None:
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        reports = sum(map(is_report, host.kept))
        if reports and len(host.kept) >= len(READERS) + reports:
            return
        time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])
