"""An address is checked without the network and spelled in one way."""

import pytest
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.errors import SubscriberError
from briefing.subscribers import addresses
from briefing.subscribers.addresses import checked_address, plain_address, plain_addresses

LABEL = st.from_regex(r"[a-zA-Z0-9-]{1,8}", fullmatch=True) | st.sampled_from(
    ["test", "localhost", "xn--bcher-kva", "a--b", "info", "x" * 63, "x" * 64]
)
LOCAL = st.from_regex(r"[a-zA-Z0-9._+-]{1,12}", fullmatch=True) | st.sampled_from(
    ["Info", "POSTMASTER", "support", "a" * 64, "a" * 65, "İ", "\u017fmith", "\u212a"]
)
PLAIN = st.builds(
    lambda local, labels, end: f"{local}@{'.'.join([*labels, end])}",
    LOCAL,
    st.lists(LABEL, min_size=1, max_size=5),
    st.from_regex(r"[a-zA-Z]{1,19}", fullmatch=True)
    | st.sampled_from("test local localhost onion arpa invalid example com org TEST".split()),
)


@settings(max_examples=4 * settings.default.max_examples, deadline=None)
@given(PLAIN)
@example("Ada.Finch@Example.org")
@example("a@b.localhost")
@example("Info@Example.org")
@example("a@b.c--d.org")
@example(f"{'a' * 64}@{'.'.join(['b' * 62] * 3)}.org")
def test_the_short_way_says_what_email_validator_says(text):
    text = text.strip()
    plain = addresses.plain_address(text)
    if plain is not None:
        found = validate_email(text, check_deliverability=False, test_environment=True)
        assert plain == (found.ascii_email, found.ascii_email.casefold())
        assert checked_address(text) == plain


@settings(max_examples=4 * settings.default.max_examples, deadline=None)
@given(PLAIN | st.emails() | st.text(max_size=40))
def test_every_text_is_an_address_in_ascii_or_a_sentence(text):
    try:
        email, key = checked_address(text)
    except SubscriberError:
        return
    assert email.isascii()
    assert checked_address(email) == (email, key)
    assert key == key.lower() == email.lower()
    assert not any(character in email for character in '\r\n\0 ,;<>"')


@pytest.mark.parametrize(
    ("written", "email", "key"),
    [
        ("  Ada.Finch@Example.ORG ", "Ada.Finch@example.org", "ada.finch@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
        ("ada@ÜBER.example", "ada@xn--ber-goa.example", "ada@xn--ber-goa.example"),
        ("ada@例え.jp", "ada@xn--r8jz45g.jp", "ada@xn--r8jz45g.jp"),
        ("INFO@example.org", "info@example.org", "info@example.org"),
        ("o'hara@example.org", "o'hara@example.org", "o'hara@example.org"),
    ],
)
def test_the_domain_is_lower_case_in_a_labels_and_the_key_folds_all(written, email, key):
    assert checked_address(written) == (email, key)


@pytest.mark.parametrize("written", ["zoë@example.org", "用户@example.org", "ZOË@bücher.example"])
def test_letters_beyond_ascii_before_the_at_are_refused_because_few_servers_take_them(written):
    with pytest.raises(SubscriberError, match=r"beyond ASCII before the @.*another address"):
        checked_address(written)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "nobody",
        "@example.org",
        "a@b",
        "a b@example.org",
        "a@example..org",
        "a@-example.org",
        "a\0b@example.org",
        "a@exam\nple.org",
        "a@example.org,b@example.org",
        "Ada <ada@example.org>",
        "a@[127.0.0.1]",
        '"a b"@example.org',
        f"{'a' * 300}@example.org",
        f"a@{'b' * 300}.org",
        "a@example.localhost",
        "a@example.invalid",
    ],
)
def test_what_is_no_address_is_refused_with_the_text_and_the_reason(written):
    with pytest.raises(EmailNotValidError):
        validate_email(written, check_deliverability=False, test_environment=True)
    with pytest.raises(SubscriberError, match="is not an address: ") as refused:
        checked_address(written)
    assert len(str(refused.value)) < 400


AS_MOST = ["ada", "Ada.Finch", "a.b+c_d-e", "info", "r1"]
PARTS = st.sampled_from([*AS_MOST, "POSTMASTER", "Info", ".a", "a.", "a..b", "", "x" * 64])
AT = st.sampled_from(["@"] * 6 + ["", "@@", "\n", " @"])
DOMAINS = st.sampled_from(
    ["example.org"] * 4
    + ["Example.ORG", "a-b.example.co.uk", "a--b.example.org", "-a.example.org", "a-.example.org"]
    + ["example.test", "test.example", "local", "a@b.example", "example.o1", "bücher.example"]
)


@settings(max_examples=4 * settings.default.max_examples, deadline=None)
@given(st.lists(st.builds(lambda *parts: "".join(parts), PARTS, AT, DOMAINS), max_size=4))
def test_addresses_together_are_what_each_is_by_itself(cells):
    alone = [plain_address(cell.strip()) or ("", "") for cell in cells]
    assert list(zip(*plain_addresses(cells), strict=True)) == alone


def test_addresses_that_are_all_plain_are_known_together():
    cells = [f"{local}@example.org" for local in (*AS_MOST, "POSTMASTERS")]
    assert addresses._all_plain(cells) == (cells, [cell.lower() for cell in cells])
    assert addresses._all_plain([*cells, "Info@example.org"]) is None
