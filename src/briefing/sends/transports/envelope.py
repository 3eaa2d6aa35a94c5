"""The commands of an envelope, and what the answers make of a letter."""

from collections.abc import Sequence

from briefing.errors import TransportError
from briefing.model.delivery import Delivery, State
from briefing.model.mail import Letter
from briefing.sends.transports.smtp_replies import Reply, Stage

_START_INPUT, _OUT_OF_ORDER = 354, 503
#: Too large, or no room (RFC 1870 section 6.1): said to MAIL, it is not about the sender.
_TOO_LARGE = 552


def commands(letter: Letter) -> tuple[bytes, ...]:
    """Sender, reader and DATA."""
    return (
        f"MAIL FROM:<{letter.sender}>\r\n".encode("ascii"),
        f"RCPT TO:<{letter.recipient}>\r\n".encode("ascii"),
        b"DATA\r\n",
    )


def is_welcome(replies: Sequence[Reply]) -> bool:
    """True when sender and reader were taken and the relay waits for the letter, as nearly always."""
    *others, last = replies
    # A loop in place of `all`, which takes three times as long over two.
    for reply in others:
        if not reply.is_good:
            return False
    return last.code == _START_INPUT


def refused(letter: Letter, replies: Sequence[Reply], name: str) -> Delivery:
    """What became of a letter whose envelope was not welcome.

    Args:
        letter: that is kept back.
        replies: to its envelope, as far as it was answered.
        name: of the relay, for people.

    Raises:
        ConnectionError: when what was said fits no envelope.
        TransportError: when the sender is refused for good.
    """
    mail = replies[0]
    if mail.code == _OUT_OF_ORDER:
        raise ConnectionError(f"relay and sender have lost step ({mail.line})")
    if mail.is_permanent:
        raise _refused_sender(letter, mail, name)
    for reply, stage in zip(replies, (Stage.MAIL, Stage.RCPT, Stage.DATA), strict=False):
        if not reply.is_good:
            return outcome(letter, reply, stage)
    raise ConnectionError("an answer to DATA that is neither yes nor no")


def outcome(letter: Letter, reply: Reply, stage: Stage) -> Delivery:
    """What became of a letter, by the answer that decides."""
    if reply.is_good:
        return Delivery(recipient=letter.recipient, state=State.POSTED, detail=reply.line)
    state = State.BOUNCED if reply.is_permanent else State.DEFERRED
    return Delivery(
        recipient=letter.recipient, state=state, detail=reply.line, status=reply.status(stage)
    )


def no_larger_than(most: int, letter: Letter, name: str) -> None:
    """Keep a letter back that the relay has said it would refuse for its size.

    Args:
        most: octets that the relay takes (RFC 1870); 0 where it has said nothing.
        letter: the next one.
        name: of the relay, for people.

    Raises:
        TransportError: when it is larger; the letters of an edition are nearly of one size.
    """
    if not 0 < most < len(letter.wire):
        return
    raise TransportError(
        f"{name} takes letters of at most {most:,} bytes, and this one has {len(letter.wire):,}. "
        "Ask whoever runs it to take larger ones, or take pieces out of the edition.",
        permanent=True,
    )


def _refused_sender(letter: Letter, reply: Reply, name: str) -> TransportError:
    """Why nobody gets letters: MAIL was refused for good."""
    if reply.code == _TOO_LARGE:
        said = f"{name} has no room for letters of this size: {reply.line}. Ask whoever runs it."
    else:
        said = (
            f"{name} refuses the sender {letter.sender}: {reply.line}. Ask whoever runs "
            "it, or correct [send] from and bounce_address."
        )
    return TransportError(said, permanent=True)
