"""What Postfix's log says of a letter whose answer was never seen."""

import time
from datetime import UTC, datetime

import pytest

from briefing.errors import SendError
from briefing.sends.resolvers import Doubt, DoubtVerdict, PostfixResolver, PostfixSettings

ID = "<staggers-2026-11-23.0123456789abcdef.fedcba9876543210@example.org>"
OTHER = "<staggers-2026-11-23.1111111111111111.2222222222222222@example.org>"


@pytest.fixture
def log(tmp_path):
    """Writes a log whose lines happened so many seconds ago; gives the resolver that reads it."""

    def write(*lines, name="mail.log", old=False):
        with (tmp_path / name).open("w") as file:
            for ago, line in lines:
                moment = datetime.fromtimestamp(time.time() - ago, UTC).astimezone()
                stamp = f"{moment:%b} {moment.day:>2} {moment:%H:%M:%S}"
                file.write(f"{stamp if old else moment.isoformat()} relay postfix/{line}\n")
        return PostfixResolver(PostfixSettings(log=tmp_path / "mail.log"))

    return write


def cleanup(letter=ID, queue="4BCD1F"):
    return f"cleanup[311]: {queue}: message-id={letter}"


def queued(queue="4BCD1F"):
    return f"qmgr[27]: {queue}: from=<bounces@example.org>, size=50012, nrcpt=1 (queue active)"


def verdict(resolver, ago=30.0, letter=ID):
    findings = resolver.ask([Doubt(letter, time.time() - ago)])
    return findings[letter].verdict if letter in findings else None


BEFORE = (900.0, "smtpd[300]: connect from localhost[127.0.0.1]")
AFTER = (20.0, "smtpd[300]: lost connection after DATA (1024 bytes) from localhost[127.0.0.1]")


@pytest.mark.parametrize("old", [False, True], ids=["RFC 3339", "RFC 3164"])
def test_what_was_handed_over_and_queued_was_taken(log, old):
    resolver = log(BEFORE, (30.0, cleanup()), (29.0, queued()), old=old)
    assert verdict(resolver) is DoubtVerdict.TAKEN


def test_the_finding_names_the_queue_id_for_whoever_looks_further(log):
    resolver = log(BEFORE, (30.0, cleanup()), (29.0, queued()))
    (finding,) = resolver.ask([Doubt(ID, time.time() - 30)]).values()
    assert finding.words == "Postfix took it as 4BCD1F, says mail.log"


@pytest.mark.parametrize("old", [False, True], ids=["RFC 3339", "RFC 3164"])
def test_what_was_cut_off_was_not_taken(log, old):
    assert verdict(log(BEFORE, (30.0, cleanup()), AFTER, old=old)) is DoubtVerdict.NOT_TAKEN


def test_what_never_came_was_not_taken(log):
    assert verdict(log(BEFORE, AFTER)) is DoubtVerdict.NOT_TAKEN


def test_of_several_tries_one_that_was_taken_is_enough(log):
    tries = [(60.0, cleanup(queue="A1")), (30.0, cleanup(queue="B2")), (29.0, queued("B2"))]
    assert verdict(log(BEFORE, *tries, AFTER)) is DoubtVerdict.TAKEN


def test_a_queue_id_that_is_used_again_says_nothing_of_the_letter_before(log):
    lines = [(60.0, cleanup()), (30.0, cleanup(OTHER)), (29.0, queued())]
    resolver = log(BEFORE, *lines, AFTER)
    assert verdict(resolver) is DoubtVerdict.NOT_TAKEN
    assert verdict(resolver, letter=OTHER) is DoubtVerdict.TAKEN


def test_a_log_that_begins_after_the_try_says_nothing(log):
    assert verdict(log(AFTER, (5.0, queued("C3")))) is None


def test_a_log_that_ends_before_the_try_says_nothing(log):
    assert verdict(log(BEFORE, (800.0, queued("C3")))) is None


def test_a_try_of_just_now_may_still_come_to_stand_in_the_log(log):
    assert verdict(log(BEFORE, (1.0, queued("C3"))), ago=1.0) is None


def test_the_log_that_was_rotated_last_is_read_too(log):
    log(BEFORE, (30.0, cleanup()), (29.0, queued()), name="mail.log.1")
    assert verdict(log(AFTER)) is DoubtVerdict.TAKEN


def test_an_empty_log_and_lines_of_others_say_nothing(log):
    assert verdict(log()) is None
    assert verdict(log((30.0, "smtpd[1]: \udcff".encode("utf-8", "replace").decode()))) is None


def test_a_log_that_cannot_be_read_is_a_sentence(tmp_path):
    resolver = PostfixResolver(PostfixSettings(log=tmp_path / "none.log"))
    with pytest.raises(SendError, match=r"none\.log cannot be read: No such file"):
        resolver.ask([Doubt(ID, 0.0)])
