"""Slots pass through MJML, premailer and the plain part unharmed, and nobody can forge one."""

from dataclasses import replace
from pathlib import Path

import pytest

from briefing.emails.merge_fields import nonce_of, refuse_unfillable, tokens
from briefing.emails.render import render
from briefing.errors import TemplateError, TokenError
from briefing.model.merge_field import SLOT_NAMES, MergeField, cut

NONCE = "BRF0a1b2c"
SMALL = (
    '<mj-text css-class="small" color="#5c554d" font-family="Arial, sans-serif" font-size="14px" '
    'line-height="22px">'
)
EVERYWHERE = """<mj-text css-class="{0}">
<p class="{0}" style="color:#000000" title="{0}">{0}</p>
<a href="{1}">x</a> <a href="https://example.org/?q={0}&amp;r=1">y</a> <a href="mailto:{0}">z</a>
</mj-text>
<mj-image src="https://example.org/{0}.png" alt="{0}" href="{1}" />
<mj-text padding="0px">"""


def slots_in(text, nonce):
    return [piece for piece in cut(text, nonce) if isinstance(piece, MergeField)]


def test_both_parts_hold_the_slots_that_every_letter_needs(edition, settings):
    mail = render(edition, settings)
    for part in (mail.html, mail.text):
        names = {slot.name for slot in slots_in(part, mail.nonce)}
        assert (
            {"email", "unsubscribe_url", "preferences_url", "view_url"} <= names <= set(SLOT_NAMES)
        )


def test_a_slot_is_whole_wherever_a_design_puts_it(edition, design):
    both = ("{{ slot.email }}", "{{ slot.view_url }}")
    settings = design("parts/footer.mjml.j2", SMALL, EVERYWHERE.format(*both))
    mail = render(edition, settings)
    names = [slot.name for slot in slots_in(mail.html, mail.nonce)]
    assert names.count("email") == 1 + 8
    assert names.count("view_url") == 1 + 2


def test_the_nonce_follows_the_content(edition, settings):
    first = render(edition, settings).nonce
    assert render(edition, settings).nonce == first
    assert render(replace(edition, subject="Another"), settings).nonce != first
    assert first.startswith("BRF")
    assert len(first) == 9


def test_content_that_holds_the_nonce_is_refused():
    # One text in 280 meets its own nonce, because this one holds 60,000 of the 16 million.
    guesses = " ".join(f"BRF{number:06x}" for number in range(60_000))

    def try_many():
        for attempt in range(5_000):
            nonce_of({"subject": str(attempt), "items": guesses})

    with pytest.raises(TokenError, match=r"'BRF[0-9a-f]{6}'.*change any word"):
        try_many()


def test_the_tokens_are_of_the_kind_that_fits_their_value():
    made = tokens(NONCE)
    assert made["email"] == f"{NONCE}t_email_"
    assert made["unsubscribe_url"] == f"{NONCE}u_unsubscribe_url_"
    assert set(made) == set(SLOT_NAMES)


@pytest.mark.parametrize(
    "text", [f"{NONCE}t_phone_", f"{NONCE}t_email", f"{NONCE}T_EMAIL_", NONCE, NONCE.upper()]
)
def test_a_slot_that_no_letter_could_fill_is_refused(text):
    with pytest.raises(TemplateError, match="name, email, tags, unsubscribe_url"):
        refuse_unfillable((f"a {text} b",), NONCE, Path("design"))
