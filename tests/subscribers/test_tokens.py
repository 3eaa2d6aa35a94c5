"""Readers' links cannot be forged, bent to another purpose, or read by others."""

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.errors import SubscriberError
from briefing.subscribers.tokens import sign, verify

KEY, OTHER = b"k" * 32, b"o" * 32
CLAIMS = {"edition": "staggers-2026-11-23", "reader": "8f3a"}
TOKEN = sign("unsubscribe", CLAIMS, KEY)


def test_a_token_gives_back_what_was_signed():
    assert verify("unsubscribe", TOKEN, (KEY,)) == CLAIMS


def test_a_token_holds_for_its_purpose_only():
    with pytest.raises(SubscriberError):
        verify("preferences", TOKEN, (KEY,))


def test_an_old_key_goes_on_being_honoured_beside_a_new_one():
    assert verify("unsubscribe", TOKEN, (OTHER, KEY)) == CLAIMS
    with pytest.raises(SubscriberError):
        verify("unsubscribe", TOKEN, (OTHER,))


def test_a_token_needs_no_escaping_in_an_address():
    assert set(TOKEN) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")


@given(st.integers(0, len(TOKEN) - 1), st.sampled_from("abcXYZ019-_"))
def test_no_change_of_a_single_character_is_accepted(place, character):
    changed = TOKEN[:place] + character + TOKEN[place + 1 :]
    if changed != TOKEN:
        with pytest.raises(SubscriberError):
            verify("unsubscribe", changed, (KEY,))


@given(st.text(max_size=80))
def test_no_text_at_all_is_accepted(text):
    with pytest.raises(SubscriberError):
        verify("unsubscribe", text, (KEY,))


def test_none_of_twenty_thousand_forged_tokens_is_accepted():
    chance = random.Random(23)
    letters = string.ascii_letters + string.digits + "-_"
    accepted = 0
    for _ in range(20_000):
        forged = list(TOKEN)
        for _ in range(chance.randint(1, 6)):
            forged[chance.randrange(len(forged))] = chance.choice(letters)
        text = "".join(forged[: chance.choice((len(forged), len(forged) - 1, 30))])
        try:
            verify("unsubscribe", text, (KEY,))
            accepted += text != TOKEN
        except SubscriberError:
            pass
    assert accepted == 0
