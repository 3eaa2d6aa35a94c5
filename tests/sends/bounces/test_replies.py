"""What readers answer: wishes to leave, holiday notices and people's words are told apart."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sends.bounces import Kind, read_answer, read_report
from briefing.sends.bounces.parts import Mail
from briefing.sends.bounces.replies import own_words, wishes
from briefing.sends.letters.verp import letter_id, return_path

KEY = b"k" * 32
EDITION, REF = "staggers-2026-11-23", "0123456789abcdef"
PATH = return_path("bounces@example.org", EDITION, REF, KEY)
ID = letter_id(EDITION, REF, "briefing@example.org", KEY)
QUOTED = "\n\nOn Mon, 23 Nov 2026 at 06:30, The Staggers wrote:\n> Please unsubscribe below\n"


def answer(text="", subject="Re: Ferries", to=PATH, sender="Ann Lee <ann@mail.example>", more=""):
    return (
        f"From: {sender}\nTo: {to}\nSubject: {subject}\n{more}Content-Type: text/plain; charset=utf-8\n\n{text}\n"
    ).encode()


def kind(*args, **more):
    return read_report(answer(*args, **more), KEY).kind


@pytest.mark.parametrize(
    ("language", "example"), [(row[0], row[2]) for row in wishes()], ids=lambda one: one[:30]
)
def test_a_wish_to_leave_is_understood_in_each_way_the_table_has(language, example):
    assert kind(example + QUOTED) is Kind.UNSUBSCRIBE
    assert kind(f"Hello,\n\n{example}.\n\nThanks,\nAnn Lee") is Kind.UNSUBSCRIBE
    assert kind("", subject=example) is Kind.UNSUBSCRIBE


@pytest.mark.parametrize(
    "text",
    [
        "UNSUBSCRIBE",
        "please unsubscribe me from this list!",
        "Can you remove my address from your mailing list please",
        "Don't send me any more emails.",
        "I would like to unsubscribe\n\n-- \nAnn Lee\n12 Harbour Row",
        "Unsubscribe\n\nSent from my phone",
        "Hallo,\nbitte abmelden\nMit freundlichen Grüßen\nA. Lee",
    ],
)
def test_a_wish_may_be_loud_polite_or_signed(text):
    assert kind(text) is Kind.UNSUBSCRIBE


@pytest.mark.parametrize(
    "text",
    [
        "Please do not unsubscribe me, I only changed my address.",
        "How do I unsubscribe my father, who has died?",
        "You write that the mayor will remove the list. He will not.",
        "Stop sending ferries to the north; there is no one on them.",
        "Why did you take my name off the list?",
        "Great edition!" + QUOTED,
        "I wanted to unsubscribe but then I read the lead and it made my morning, so here is a tip for you",
    ],
)
def test_words_about_leaving_are_a_persons_and_let_nobody_go(text):
    assert kind(text) is Kind.PERSON


def test_a_wish_that_nothing_proves_whose_it_is_goes_to_a_person():
    assert kind("Unsubscribe", to="bounces@example.org") is Kind.PERSON
    proven = f"In-Reply-To: {ID}\n"
    assert kind("Unsubscribe", to="bounces@example.org", more=proven) is Kind.UNSUBSCRIBE


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied\n",
        'Auto-Submitted: auto-replied; owner-email="ann@mail.example"\n',
        "X-Autoreply: yes\n",
        "Precedence: auto_reply\n",
    ],
)
def test_a_notice_that_a_program_marks_is_one_whatever_its_words_are(more):
    assert kind("I am back on Monday. Unsubscribe.", subject="Re: Ferries", more=more) is Kind.AWAY


@pytest.mark.parametrize(
    "subject",
    ["Out of office", "Automatic reply: Ferries", "Abwesenheitsnotiz: Ferries", "On vacation"],
)
def test_a_notice_that_no_header_marks_is_known_by_its_subject(subject):
    assert kind("Back on Monday.", subject=subject) is Kind.AWAY


@pytest.mark.parametrize("prefix", ["Re:", "RE: ", "AW:", "Re[2]:", "Fwd:"])
def test_an_answer_to_an_edition_about_holidays_is_a_persons(prefix):
    assert (
        kind("My letter to the editor.", subject=f"{prefix} MPs away from holiday") is Kind.PERSON
    )


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-generated\n",
        "List-Id: <x.example>\n",
        "Precedence: bulk\n",
        "X-Loop: a\n",
    ],
)
def test_what_programs_and_lists_write_is_never_a_persons(more):
    assert kind("Hello.", subject="News", more=more) is not Kind.PERSON
    assert kind("Hello.", sender="MAILER-DAEMON@mail.example") is not Kind.PERSON


def test_a_persons_words_are_kept_as_they_are():
    reply = read_answer(answer("Grüße\n.\nAnn", subject="=?utf-8?q?F=C3=A4hren?="))
    assert (reply.address, reply.name, reply.subject) == ("ann@mail.example", "Ann Lee", "Fähren")
    assert reply.text == "Grüße\n.\nAnn\n"


def test_own_words_are_found_quickly_however_long_a_message_is():
    began = time.process_time()
    for text in (
        "thanks " * 8_000,
        "on " * 20_000,
        "> " * 30_000,
        "dear a\n" * 8_000,
        "\n" * 60_000,
    ):
        own_words(Mail(answer(text)))
    assert time.process_time() - began < 5


@given(st.binary(max_size=300))
def test_no_bytes_make_reading_an_answer_fail(content):
    read_answer(content)
    read_report(b"From: a@b.example\n\n" + content, KEY)
