"""The way onto a list: a form, one mail, one button; and nothing for those who would misuse it."""

import re
from statistics import median
from time import perf_counter

import pytest
from tests.web.conftest import path_of

from briefing.actions.public.retry_confirmations import ask_again
from briefing.model.subscriber import Standing
from briefing.store import SignupLimits
from briefing.subscribers.tokens import sign

NEW = "ada@example.net"


def confirm_path(public):
    mail = public.confirmations()[-1]
    return path_of(
        re.search(r"https://\S+/confirm/\S+", mail.get_body(("plain",)).get_content())[0]
    )


def test_a_stranger_becomes_a_reader_by_the_form_the_mail_and_the_button(public):
    assert public.sign_up(NEW).status == 200
    assert public.standing(NEW) == "pending"
    path = confirm_path(public)
    shown = public.get(path)
    assert shown.status == 200
    assert shown.body.count("<button") == 1
    assert public.standing(NEW) == "pending"
    assert public.post(path, {"name": "Ada Byron"}).status == 200
    (reader,) = public.desk.store.subscribers.find(NEW)
    assert (reader.standing, reader.name) == (Standing.ACTIVE, "Ada Byron")


def test_known_unknown_and_opted_out_addresses_get_the_same_bytes(public):
    public.post(public.letter_to("reader3@example.com")["unsubscribe"])
    answers = [
        public.sign_up(address, network)
        for address, network in (
            (NEW, "203.0.113.1"),
            ("reader1@example.com", "203.0.114.1"),
            ("reader3@example.com", "203.0.115.1"),
            ("nobody@gmial.invalid.example", "203.0.116.1"),
            (NEW, "203.0.117.1"),  # and one that a limit stops
        )
    ]
    public.confirmations()
    assert {answer.status for answer in answers} == {200}
    assert len({answer.raw for answer in answers}) == 1
    dates = {"date"}
    heads = [{k: v for k, v in answer.headers.items() if k not in dates} for answer in answers]
    assert all(head == heads[0] for head in heads)


def test_known_and_unknown_addresses_are_answered_equally_fast(public):
    public.listen()

    def seconds(address, network):
        stamp = public.stamp()
        before = perf_counter()
        public.sign_up(address, network, stamp=stamp)
        taken = perf_counter() - before
        public.confirmations()
        return taken

    # In turn, so that a busy machine slows both.
    pairs = [
        (
            seconds(f"reader{n}@example.com", f"198.51.{n}.1"),
            seconds(f"stranger{n}@example.com", f"203.0.{n}.1"),
        )
        for n in range(30)
    ]
    known, unknown = (median(times) for times in zip(*pairs, strict=True))
    # The answer leaves before anything is looked up; writing a mail would take ten times as long.
    assert max(known, unknown) < 3 * min(known, unknown)


@pytest.mark.parametrize(
    "address", ["", "ada", "ada@", "@example.net", "a b@example.net", "ada@example.net\nBcc: x@y.z"]
)
def test_what_is_no_address_gets_a_clear_sentence_and_no_mail(public, address):
    before = public.dump()
    answer = public.sign_up(address)
    assert answer.status == 422
    assert 'role="alert"' in answer.body
    assert "address" in re.search(r'role="alert">([^<]+)', answer.body)[1]
    assert public.confirmations() == []
    assert public.dump() == before


def test_200_posts_for_one_address_send_one_mail(public):
    stamp = public.stamp()
    for number in range(200):
        public.sign_up(NEW, f"198.51.{number}.1", stamp=stamp)
    assert len(public.confirmations()) == 1


@pytest.mark.parametrize(
    "networks",
    [
        [f"203.0.113.{n}" for n in range(40)],
        [f"2001:db8:1:2::{n:x}" for n in range(40)],
        [f"::ffff:203.0.113.{n}" for n in range(40)],
    ],
    ids=["IPv4 /24", "IPv6 /64", "IPv4 in IPv6"],
)
def test_40_addresses_from_one_network_get_five_mails_an_hour_and_the_others_are_told(
    public, networks
):
    answers = []
    for number, network in enumerate(networks):
        answers.append(public.sign_up(f"a{number}@example.net", network))
        public.settle()
    assert [answer.status for answer in answers] == [200] * 5 + [429] * 35
    assert all("Please ask again in an hour" in answer.body for answer in answers[5:])
    assert len(public.confirmations()) == 5


def test_neighbours_in_the_old_internet_are_no_neighbours_written_as_ipv6(public):
    for number in range(8):
        public.sign_up(f"a{number}@example.net", f"::ffff:198.51.{number}.1")
    assert len(public.confirmations()) == 8


def test_60_addresses_from_60_networks_get_the_last_20_of_500_mails_an_hour(public):
    stamps = [public.stamp() for _ in range(60)]
    public.clock.wait(seconds=3)
    now = public.clock().timestamp()
    for number in range(480):
        mark = f"before {number}"
        assert public.desk.store.signups.admit(mark, mark, SignupLimits(), now) is None
    told = 0
    for number, stamp in enumerate(stamps):
        network = f"198.{number // 250}.{number % 250}.1"
        form = {"email": f"a{number}@example.net", "stamp": stamp}
        told += public.post("/subscribe/readers", form, X_Forwarded_For=network).status == 429
    # Some may be promised a letter while others overtake them: theirs is sent within the hours.
    waiting = public.desk.store.signups.waiting(public.clock().timestamp() + 7_200, 99)
    assert len(public.confirmations()) == 20
    assert told + len(waiting) == 40


@pytest.mark.parametrize(
    "spelling",
    [
        "dora.quill+a@gmail.com",
        "doraquill@gmail.com",
        "d.o.r.a.quill@gmail.com",
        "dora.quill+x@googlemail.com",
        "DORA.quill@GMAIL.com",
    ],
)
def test_one_mailbox_is_written_to_once_however_it_is_spelled(public, spelling):
    public.sign_up("dora.quill@gmail.com", "198.51.1.1")
    public.confirmations()
    assert public.sign_up(spelling, "198.51.2.1").status == 200
    assert len(public.confirmations()) == 1


def test_dots_are_another_mailbox_where_the_host_sees_them(public):
    for number, address in enumerate(("d.quill@example.net", "dquill@example.net")):
        public.sign_up(address, f"198.51.{number}.1")
        public.settle()
    assert len(public.confirmations()) == 2


def test_one_stamp_serves_one_address(public):
    stamp = public.stamp()
    assert public.sign_up(NEW, "198.51.1.1", stamp=stamp).status == 200
    assert public.sign_up(NEW, "198.51.1.1", stamp=stamp).status == 200, "a button pressed twice"
    other = public.sign_up("other@example.net", "198.51.2.1", stamp=stamp)
    assert other.status == 422
    assert "send it once more" in other.body
    assert stamp not in other.body
    fresh = re.search(r'name="stamp" value="([^"]+)"', other.body)[1]
    assert public.sign_up("other@example.net", "198.51.2.1", stamp=fresh).status == 200


def test_a_list_that_is_not_public_has_no_form(public):
    kept = public.desk.config.lists["readers"]
    public.desk.config.lists["readers"] = kept.model_copy(update={"public": False})
    stamp = sign("form", {"at": "0.0", "list": "readers"}, public.desk.keys[0])
    try:
        assert public.get("/subscribe/readers").status == 404
        form = {"email": NEW, "stamp": stamp}
        assert public.post("/subscribe/readers", form).status == 404
        gone = public.post(public.letter_to("reader3@example.com")["unsubscribe"])
        assert "/subscribe/" not in gone.body
    finally:
        public.desk.config.lists["readers"] = kept
    assert public.confirmations() == []


def test_neither_address_nor_network_of_a_sign_up_is_kept_in_clear(public):
    public.sign_up("reader1@example.com", "203.0.113.9")
    public.confirmations()
    rows = [line for line in public.dump() if line.startswith('INSERT INTO "signups"')]
    assert len(rows) == 1
    assert "reader1" not in rows[0]
    assert "203.0" not in rows[0]


def test_a_filled_honeypot_gets_the_usual_answer_and_no_mail(public):
    before = public.dump()
    honest = public.sign_up("reader1@example.com", "203.0.114.1").raw
    public.confirmations()
    after = public.dump()
    assert public.sign_up(NEW, website="https://pills.example").raw == honest
    assert len(public.confirmations()) == 1
    assert public.dump() == after != before


def test_a_form_sent_within_two_seconds_is_asked_for_once_more_with_the_same_stamp(public):
    stamp = public.stamp()
    public.clock.wait(seconds=1)
    quick = public.post("/subscribe/readers", {"email": NEW, "stamp": stamp})
    assert quick.status == 422
    assert "too quick" in quick.body
    assert stamp in quick.body
    assert public.sign_up(NEW, stamp=stamp).status == 200


@pytest.mark.parametrize("stamp", ["", "x", "A" * 80])
def test_a_form_that_was_not_drawn_here_is_refused_with_a_fresh_one(public, stamp):
    public.clock.wait(seconds=3)
    answer = public.post("/subscribe/readers", {"email": NEW, "stamp": stamp})
    assert answer.status == 422
    assert public.confirmations() == []


def test_a_form_of_one_list_is_refused_on_another(public):
    public.desk.config.lists["others"] = public.desk.config.lists["readers"]
    stamp = public.stamp()
    public.clock.wait(seconds=3)
    answer = public.post("/subscribe/others", {"email": NEW, "stamp": stamp})
    assert answer.status == 422
    assert public.confirmations() == []


def test_a_form_older_than_a_day_is_refused(public):
    stamp = public.stamp()
    public.clock.wait(hours=25)
    assert public.sign_up(NEW, stamp=stamp).status == 422


def test_the_confirmation_mail_holds_no_text_of_the_form(public):
    spam = "Free pills x.biz"
    public.sign_up(NEW, name=spam, tags=spam, title=spam, list=spam)
    (mail,) = public.confirmations()
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for part in (str(mail["Subject"]), str(mail["To"]), str(mail["From"]), plain, html):
        assert "pills" not in part
        assert "x.biz" not in part
    assert mail["To"] == NEW
    assert "/confirm/" in plain
    assert "/confirm/" in html
    assert "pills" not in "\n".join(public.dump())


def test_every_confirmation_mail_is_a_letter_of_its_own(public):
    for _ in range(2):
        public.sign_up(NEW)
        public.settle()
        public.clock.wait(hours=25)
    mails = public.confirmations()
    assert len({mail["Message-ID"] for mail in mails}) == len(mails) == 2


def test_a_letter_that_could_not_be_posted_is_tried_again_by_itself_and_only_once(public, caplog):
    folder = public.folder / "var" / "outbox" / "confirmations"
    folder.write_text("in the way")
    public.sign_up(NEW)
    public.settle()
    assert "confirmations/(the reader)" in caplog.text
    assert "it is tried again" in caplog.text
    assert NEW not in caplog.text
    folder.unlink()
    for _ in range(3):
        public.clock.wait(minutes=5)
        ask_again(public.desk)
    assert public.post(confirm_path(public)).status == 200
    assert public.standing(NEW) == "active"


def test_a_confirmation_link_holds_for_seven_days(public):
    public.sign_up(NEW)
    path = confirm_path(public)
    public.clock.wait(days=7, seconds=1)
    for answer in (public.get(path), public.post(path)):
        assert answer.status == 404
        assert "older than seven days" in answer.body
    assert public.standing(NEW) == "pending"


def test_a_confirmation_link_does_not_bring_back_who_left_after_using_it(public):
    public.sign_up("reader5@example.com")
    public.clock.wait(seconds=1)
    path = confirm_path(public)
    assert public.post(path).status == 200
    public.clock.wait(seconds=1)
    public.post(public.letter_to("reader5@example.com")["unsubscribe"])
    again = public.post(path)
    assert again.status == 404
    assert "used already" in again.body
    assert public.standing("reader5@example.com") == "unsubscribed"


def test_confirming_twice_is_confirming_once(public):
    public.sign_up(NEW)
    path = confirm_path(public)
    public.post(path, {"name": "Ada"})
    after = public.dump()
    again = public.post(path, {"name": "Eve"})
    assert again.status == 200
    assert "You are subscribed" in again.body
    assert public.dump() == after


@pytest.mark.parametrize("standing", ["unsubscribed", "bounced", "complained", "paused"])
def test_whoever_is_off_the_list_comes_back_only_by_confirming(public, standing):
    address = "reader7@example.com"
    subscribers = public.desk.store.subscribers
    (reader,) = subscribers.find(address)
    now = public.clock().timestamp()
    subscribers.change(reader.id, Standing(standing), cause="test", actor="test", now=now)
    public.sign_up(address)
    path = confirm_path(public)
    public.get(path)
    assert public.standing(address) == standing
    assert public.post(path).status == 200
    assert public.standing(address) == "active"
    assert subscribers.history(reader.id)[-1].cause == "confirmed from the mailbox"


def test_an_erased_address_can_come_back_by_its_own_confirmation(public):
    subscribers = public.desk.store.subscribers
    subscribers.erase("reader8@example.com", actor="x", now=1.0)
    public.sign_up("reader8@example.com")
    assert public.post(confirm_path(public)).status == 200
    assert public.standing("reader8@example.com") == "active"
    assert "suppressions" not in "".join(
        line for line in public.dump() if line.startswith("INSERT")
    )


def test_a_list_that_is_not_there_has_no_form(public):
    for path in ("/subscribe/others", "/subscribe/%00", "/subscribe/..%2f.."):
        assert public.get(path).status == 404
        assert public.post(path, {"email": NEW}).status == 404


def test_a_body_over_64_kib_is_refused_with_or_without_its_length(public):
    fields = {"email": "a" * 70_000, "stamp": public.stamp()}
    assert public.post("/subscribe/readers", fields).status == 413
    public.listen()
    pieces = (b"x" * 8_192 for _ in range(10))
    answer = public.ask("POST", "/subscribe/readers", pieces)
    assert answer.status == 413
    assert "That is too much" in answer.body
