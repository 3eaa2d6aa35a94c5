"""Lists of other programs: who left there is known, and what is not known stops the reading."""

from pathlib import Path

import pytest
from tests.subscribers.in_rows import read_rows

from briefing.errors import SubscriberError
from briefing.model.subscriber import Standing
from briefing.subscribers.export_words import export_words, plain_word
from briefing.subscribers.importing import program_name
from briefing.subscribers.list_rows import BadRow, CarriedRow, ReadOptions

GONE = (Standing.UNSUBSCRIBED, Standing.BOUNCED, Standing.COMPLAINED)
SHARED = Path(__file__).parents[3] / "shared" / "cases"


@pytest.fixture
def read(tmp_path):
    def reader(content, name="list.csv", **said):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return stood(read_rows(path, ReadOptions(**said)))

    return reader


def stood(rows):
    """How each reader of the rows stands, by address."""
    found = {}
    for row in rows:
        assert not isinstance(row, BadRow), row.reason
        carried = isinstance(row, CarriedRow)
        found[row.email if carried else row[1]] = row.standing if carried else Standing.ACTIVE
    return found


#: A file of each kind of export, as its program writes it, and how each row stands.
EXPORTS = {
    "a column of words": (
        "Name,Email,Status\nA,a@x.org,Subscribed\nB,b@x.org,Unsubscribed\nC,c@x.org,Marked as spam\n"
        "D,d@x.org,Bounced\nE,e@x.org,Unconfirmed\n",
        ["active", "unsubscribed", "complained", "bounced", "pending"],
    ),
    "a column of the time at which they left": (
        "Email Address,First Name,UNSUB_TIME\na@x.org,A,2023-05-06 07:08:09\n",
        ["unsubscribed"],
    ),
    "one that is false for who left": (
        "id,email,subscribed_to_emails,deleted_at\n1,a@x.org,true,\n2,b@x.org,false,\n"
        "3,c@x.org,true,2023-01-01T00:00:00Z\n",
        ["active", "unsubscribed", "unsubscribed"],
    ),
    "one that is true for who left": (
        "Email,Name,Email disabled\na@x.org,A,false\nb@x.org,B,true\n",
        ["active", "unsubscribed"],
    ),
    "days for each way to leave": (
        "Subscriber,Subscribed,Unsubscribed,Bounced\na@x.org,2022-01-01,,\nb@x.org,2022-01-01,2023-01-01,\n"
        "c@x.org,2022-01-01,,2023-01-01\n",
        ["active", "unsubscribed", "bounced"],
    ),
    "states of a mailing list manager": (
        "address,delivery_status\na@x.org,enabled\nb@x.org,by_bounces\nc@x.org,by_user\n",
        ["active", "bounced", "paused"],
    ),
    "another language and semicolons": (
        "E-Mail;Vorname;Nachname;Status\na@x.org;Änne;Öz;aktiv\nb@x.org;Ülo;Äß;abgemeldet\n",
        ["active", "unsubscribed"],
    ),
    "yes or no in a column of the time at which they confirmed": (
        "email,confirmed,blacklisted\na@x.org,1,0\nb@x.org,0,0\nc@x.org,1,1\n",
        ["active", "pending", "unsubscribed"],
    ),
    "a role, where most are members": (
        "email,delivery_status,role\na@x.org,enabled,member\nb@x.org,enabled,nonmember\n",
        ["active", "pending"],
    ),
    "headers of which every word is known, in another order or put together": (
        "EmailAddress,Status,DateUnsubscribed,Email Bounced Reason,BounceCount\na@x.org,Active,,,0\n"
        "b@x.org,Unsubscribed,2024-01-01,,0\nc@x.org,Active,,550 5.1.1 unknown,3\nd@x.org,Active,,,2\n",
        ["active", "unsubscribed", "bounced", "active"],
    ),
    "the day of a state next to the state": (
        "email,emailStatus,emailStatusDate\na@x.org,subscribed,2023-01-01\nb@x.org,unsubscribed,2024-01-01\n"
        "c@x.org,nonSubscribed,\n",
        ["active", "unsubscribed", "pending"],
    ),
    "a single column of addresses that says whose": (
        "Name,Person - Email,Unsubscribed\nA,a@x.org,\nB,b@x.org,2024-01-01\n",
        ["active", "unsubscribed"],
    ),
    "headers without blanks": (
        "email,createdat,isexcludedfromcampaigns\na@x.org,2023-01-01,false\nb@x.org,2023-01-01,true\n",
        ["active", "unsubscribed"],
    ),
    "days of confirming, which some never did": (
        "email;registered;activated;deactivated\na@x.org;2023-01-01;2023-01-02;\nb@x.org;2023-01-01;;\n"
        "c@x.org;2023-01-01;2023-01-02;2024-01-01\n",
        ["active", "pending", "unsubscribed"],
    ),
    "the properties of a customer database by their internal names": (
        "email,hs_email_optout,hs_email_bad_address,hs_marketable_status\na@x.org,,,true\nb@x.org,true,,true\n"
        "c@x.org,,true,true\nd@x.org,,,false\n",
        ["active", "unsubscribed", "bounced", "unsubscribed"],
    ),
    "a member file in which post and mail are two things": (
        '"Email","On Hold","No Bulk Emails (User Opt Out)","Do Not Email","Do Not Mail"\na@x.org,0,0,0,1\n'
        "b@x.org,0,1,0,0\nc@x.org,1,0,0,0\nd@x.org,0,0,1,0\n",
        ["active", "unsubscribed", "bounced", "unsubscribed"],
    ),
    "whether mails are on, next to what they paid for": (
        "Email,Subscription type,Emails enabled\na@x.org,Free,true\nb@x.org,Paid,false\n",
        ["active", "unsubscribed"],
    ),
    "a block for mail, next to one for text messages": (
        "EMAIL;EMAIL_BLOCKLISTED;SMS_BLOCKLISTED\na@x.org;false;true\nb@x.org;true;false\n",
        ["active", "unsubscribed"],
    ),
    "words for a reason in one column and nothing in another": (
        "Record ID,Email,Unsubscribed from all email,Email hard bounce reason\n1,a@x.org,,\n2,b@x.org,true,\n"
        "3,c@x.org,,UNKNOWN_USER\n",
        ["active", "unsubscribed", "bounced"],
    ),
    "a type of subscriber, each of another type": (
        "email_address,type,creation_date\na@x.org,regular,2025-01-01\nb@x.org,unsubscribed,2025-01-01\n"
        "c@x.org,unactivated,2025-01-01\nd@x.org,undeliverable,2025-01-01\ne@x.org,complained,2025-01-01\n",
        ["active", "unsubscribed", "pending", "bounced", "complained"],
    ),
    "a state of mail, next to one of text messages": (
        "EMAIL;EMAIL_MARKETING;SMS_MARKETING\na@x.org;Subscribed;\nb@x.org;Unsubscribed;Subscribed\n",
        ["active", "unsubscribed"],
    ),
    "yes and no as a spreadsheet of the country writes them": (
        "Abonnent;Exclu des campagnes\na@x.org;FAUX\nb@x.org;VRAI\n",
        ["active", "unsubscribed"],
    ),
    "a word in one column and a day in another": (
        "email,status,bounced_at\na@x.org,active,2024-02-02\nb@x.org,active,\n",
        ["bounced", "active"],
    ),
}


@pytest.mark.parametrize(("content", "standings"), EXPORTS.values(), ids=EXPORTS)
def test_who_left_elsewhere_is_known_from(read, content, standings):
    assert list(read(content).values()) == standings


def test_a_word_that_nobody_knows_stops_before_the_first_row_and_can_be_explained(read):
    content = "email,status\na@x.org,active\nb@x.org,kündbar\n"
    with pytest.raises(
        SubscriberError, match=r"'kündbar' as status.*--status .*Nothing was changed"
    ):
        read(content)
    said = {"kündbar": Standing.UNSUBSCRIBED}
    assert read(content, words=said)["b@x.org"] is Standing.UNSUBSCRIBED


def test_a_state_left_empty_is_not_taken_for_a_yes(read):
    with pytest.raises(SubscriberError, match="1 row has '' as state"):
        read("email,state\na@x.org,active\nb@x.org,\n")


@pytest.mark.parametrize(
    "column",
    [
        ["Zustand", "Ja", "Nein"],
        ["Kommt", "x", ""],
        ["Fecha final", "2024-01-01", ""],
        ["unsub_reason_code", "7", "9"],
        ["Verhältnis", "Leser", "Ehemaliger"],
    ],
    ids=lambda cells: cells[0],
)
def test_a_column_that_might_say_who_left_stops_and_can_be_passed_over(read, column):
    title, one, other = column
    content = f"email,{title}\na@x.org,{one}\nb@x.org,{other}\n"
    with pytest.raises(SubscriberError, match=f"the column '{title}'.*--ignore"):
        read(content)
    assert set(read(content, ignore=(title,)).values()) == {Standing.ACTIVE}


@pytest.mark.parametrize(
    "cells",
    [("Shoe size", "41", "39"), ("Profile", "https://x.org/a", ""), ("Hobby", "a" * 60, "b" * 60)],
    ids=lambda cells: cells[0],
)
def test_a_column_of_plain_data_stops_nothing(read, cells):
    title, one, other = cells
    assert len(read(f"email,{title}\na@x.org,{one}\nb@x.org,{other}\n")) == 2


def test_codes_of_which_each_row_has_its_own_stop_nothing(read):
    rows = "".join(f"{mark}@x.org,{mark}zk\n" for mark in "abcde")
    assert len(read(f"email,Door code\n{rows}")) == 5
    with pytest.raises(SubscriberError, match="Door code"):
        read(f"email,Door code\n{rows}f@x.org,azk\n")


def test_one_word_for_who_gets_no_letters_among_words_that_each_row_has_for_itself_stops_the_reading(
    read,
):
    rows = "".join(f"{word}@x.org,{word}\n" for word in ("reed", "moss", "fern", "sedge"))
    assert len(read(f"email,Kind\n{rows}e@x.org,clover\n")) == 5
    for word in ("unsubscribed", "complained", "unconfirmed"):
        with pytest.raises(SubscriberError, match="Kind"):
            read(f"email,Kind\n{rows}e@x.org,{word}\n")


def test_a_word_that_is_said_of_everybody_stops_nothing_where_another_column_tells_them_apart(read):
    rows = "email,state,Campaign\na@x.org,active,news\nb@x.org,unsubscribed,news\n"
    assert list(read(rows).values()) == [Standing.ACTIVE, Standing.UNSUBSCRIBED]
    with pytest.raises(SubscriberError, match="Campaign"):
        read("email,Campaign\na@x.org,former\nb@x.org,former\n")
    with pytest.raises(SubscriberError, match="Was spam"):
        read(rows.replace("Campaign", "Was spam"))


@pytest.mark.parametrize(
    "header", ["No.", "Home address state", "Consent given", "Last bounce score"]
)
def test_a_header_of_which_a_word_is_not_known_is_not_read_by_its_other_words(read, header):
    with pytest.raises(SubscriberError, match=header):
        read(f"email,{header}\na@x.org,gone\nb@x.org,gone\n")


@pytest.mark.parametrize("header", ["Owner email", "Billing email,Primary email", "Last email"])
def test_an_address_that_may_be_somebody_elses_is_not_taken(read, header):
    with pytest.raises(SubscriberError, match="no column 'email'"):
        read(f"name,{header}\nA,a@x.org,b@x.org\n")


@pytest.mark.parametrize(
    "begins",
    ["BEGIN:VCARD\nEMAIL:a@x.org\n", "version: 1\n\ndn: cn=a\nmail: a@x.org\n", "dn: cn=a\n"],
)
def test_an_address_book_is_not_taken_for_people_who_asked_for_letters(read, begins):
    with pytest.raises(
        SubscriberError, match="address book, and says of nobody that they want letters"
    ):
        read(begins)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_title_above_the_header_is_passed_over(read, mark):
    rows = "Members of the list\nE-mail,Status\na@x.org,active\nb@x.org,unsubscribed\n".replace(
        ",", mark
    )
    assert list(read(rows).values()) == [Standing.ACTIVE, Standing.UNSUBSCRIBED]


def test_a_column_that_is_named_by_hand_is_not_taken_for_a_title(read):
    found = read("Members\na@x.org\nb@x.org\n", columns={"email": "Members"})
    assert list(found) == ["a@x.org", "b@x.org"]


def test_who_has_no_day_of_confirming_is_believed_where_a_state_says_active(read):
    rows = "email,status,confirmed_at\na@x.org,active,2024-01-01\nb@x.org,active,\n"
    assert list(read(rows).values()) == [Standing.ACTIVE] * 2


def test_an_empty_list_of_reasons_says_that_nobody_left(read):
    found = read("email,Email Suppressions\na@x.org,[]\nb@x.org,['HARD_BOUNCE']\n")
    assert list(found.values()) == [Standing.ACTIVE, Standing.UNSUBSCRIBED]


def test_days_on_which_people_came_stop_nothing_and_days_without_a_reason_do(read):
    assert len(read("email,Newsletter opted on\na@x.org,2024-01-01\nb@x.org,\n")) == 2
    with pytest.raises(SubscriberError, match="Gone on"):
        read("email,Gone on\na@x.org,2024-01-01\nb@x.org,\n")


def test_a_name_that_speaks_of_leavers_is_heeded_next_to_columns_of_other_things(read):
    with pytest.raises(SubscriberError, match="--standing unsubscribed"):
        read("email,optin_time\na@x.org,2023-01-01\n", name="nonsubscribed_members.csv")


def test_a_bare_list_of_leavers_is_not_taken_for_readers(read):
    with pytest.raises(SubscriberError, match="--standing unsubscribed"):
        read("email\na@x.org\n", name="unsubscribed_members.csv")
    said = read("email\na@x.org\n", name="bounced.csv", standing=Standing.BOUNCED)
    assert said == {"a@x.org": Standing.BOUNCED}


def test_an_export_that_was_cut_off_is_refused_whole(read):
    with pytest.raises(SubscriberError, match=r"ends in the middle of its last row \('c@x"):
        read("email,status,tags\na@x.org,active,x\nb@x.org,active,y\nc@x.org,unsu")


def test_a_name_tags_and_language_come_along_with_the_day_on_which_they_asked(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Email Address,First Name,Last Name,CONFIRM_TIME,Language,TAGS\n"
        'a@x.org,Mary,Shaw,2021-03-04 10:11:12,fr,"""Lords"",""London"""\n'
    )
    (row,) = read_rows(path)
    assert isinstance(row, CarriedRow)
    assert (row.name, row.tags) == ("Mary Shaw", ("Lords", "London", "language:fr"))
    assert (row.asked, row.asked_at) == ("CONFIRM_TIME: 2021-03-04 10:11:12", 1614852672.0)


@pytest.mark.parametrize("mark", [";", "\t", "|", ","])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_spreadsheets_file_is_read_as_it_saves_it(read, tmp_path, mark, encoding):
    path = tmp_path / "list.csv"
    path.write_bytes(f"email{mark}name\r\na@x.org{mark}Zoë Müller\r\n".encode(encoding))
    ((_, email, _, name, _),) = read_rows(path)
    assert (email, name) == ("a@x.org", "Zoë Müller")


def test_no_header_or_word_of_the_table_means_two_things():
    table = export_words()
    assert all(plain_word(word) == word for word in (*table.headers, *table.standings))
    assert {plain_word(standing) for standing in Standing} <= set(table.standings)
    assert all(one.has <= {*table.headers, *one.own} for one in table.programs)
    assert all(
        table.headers.get(word) != kind for one in table.programs for word, kind in one.own.items()
    )


@pytest.mark.skipif(not SHARED.exists(), reason="the cases of the measurements are not here")
@pytest.mark.parametrize("path", sorted(SHARED.glob("mail/csv/*.csv")), ids=lambda path: path.name)
def test_no_row_of_the_measured_exports_that_had_left_becomes_active(path):
    left = ("unsub", "bounce", "clean", "off", "blocked", "del", "dis", "junk", "spam", "undeliv")
    waits = ("unact", "unc")
    for email, standing in stood(read_rows(path)).items():
        local = email.partition("@")[0].partition(".")[2]
        if local in waits:
            assert standing is Standing.PENDING
        elif local in left or email == "de.b@example.com":
            assert standing in GONE
        else:
            assert standing is Standing.ACTIVE


@pytest.mark.skipif(not SHARED.exists(), reason="the cases of the measurements are not here")
@pytest.mark.parametrize(
    "path", sorted(SHARED.glob("peers/imports/*.csv")), ids=lambda path: path.name
)
def test_every_measured_spreadsheet_is_read_with_its_name(path):
    (row,) = read_rows(path)
    assert " " in (row.name if isinstance(row, CarriedRow) else row[3])


def test_programs_are_known_by_their_header(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Subscriber,Status\na@x.org,Active\n")
    assert program_name(path) == "MailerLite"
