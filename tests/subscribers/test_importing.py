"""Reading a list of readers: row by row, however large or broken it is."""

import tracemalloc
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.subscribers.in_rows import in_rows, read_rows

from briefing.errors import SubscriberError
from briefing.subscribers import importing
from briefing.subscribers.column_plan import plan_columns
from briefing.subscribers.csv_records import Lines
from briefing.subscribers.importing import count_lines
from briefing.subscribers.list_rows import BadRow, ReadOptions

SEEDS = Path(__file__).parents[2] / "seeds" / "subscribers.csv"
MB = 1 << 20


@pytest.fixture
def read(tmp_path):
    def reader(content, **options):
        path = tmp_path / "list.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        rows = read_rows(path, ReadOptions(**options))
        return [Row(*row) if isinstance(row, tuple) else row for row in rows]

    return reader


class Row(NamedTuple):
    """The parts of a good row, by name."""

    line: int
    email: str
    key: str
    name: str
    tags: tuple[str, ...]


def good(rows):
    return [row[1] for row in rows if not isinstance(row, BadRow)]


def bad(rows):
    return [(row.line, row.reason) for row in rows if isinstance(row, BadRow)]


def peak(work):
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_a_row_becomes_an_entry_with_its_line(read):
    assert read("email,name,tags\n\nada@example.com,Ada  Finch,founder; london ;\n") == [
        Row(
            line=3,
            email="ada@example.com",
            key="ada@example.com",
            name="Ada Finch",
            tags=("founder", "london"),
        )
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Name,EMAIL,Tags",
        "Full Name , E-Mail,Labels",
        "display name,e-mail address,groups",
        "first name,Address,tag",
        '"Name","Mail","Tags"',
    ],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_columns_may_stand_in_any_order_and_case_under_their_usual_names(read, header, mark):
    (row,) = read(f"{mark}{header}\r\nAda,ada@example.com,press\r\n")
    assert (row.email, row.name, row.tags) == ("ada@example.com", "Ada", ("press",))


def test_a_byte_order_mark_before_a_quoted_header_is_no_part_of_it(read):
    assert good(read('\ufeff"email","name"\nada@example.com,Ada\n')) == ["ada@example.com"]


def test_a_column_that_is_asked_for_goes_before_the_usual_one(read):
    content = "email,work e-mail,who\nhome@example.com,work@example.com,Ada\n"
    (row,) = read(content, columns={"email": "Work E-Mail", "name": "who"})
    assert (row.email, row.name) == ("work@example.com", "Ada")


def test_a_column_that_is_asked_for_and_not_there_is_a_sentence(read):
    with pytest.raises(SubscriberError, match=r"no column 'Mobile' for email; found: email, name"):
        read("email,name\na@example.com,A\n", columns={"email": "Mobile"})


def test_a_list_without_an_email_column_is_refused_with_what_was_found(read):
    with pytest.raises(SubscriberError, match=r"no column 'email'; found: phone, name"):
        read("phone,name\n1,Ada\n")


@pytest.mark.parametrize("content", ["", "\ufeff"])
def test_an_empty_file_is_refused(read, content):
    with pytest.raises(SubscriberError, match=r"is empty\. The first row must name the columns"):
        read(content)


@pytest.mark.parametrize("content", ["email", "email\n", "email,name\r\n\r\n", "email\n \n\t\n"])
def test_a_file_with_a_header_only_has_no_rows(read, content):
    assert read(content) == []


def test_a_name_may_hold_commas_quotes_line_breaks_and_any_script(read):
    rows = read(
        'email,name\nzoe@example.com,"Zoë ""Zed"", MBE"\nhana@example.com,花 田中\n'
        'bo@example.com,"Bo\r\nBek"\ncy@example.com,Cy \u2028 Rao\n'
    )
    assert [row.name for row in rows] == ['Zoë "Zed", MBE', "花 田中", "Bo Bek", "Cy Rao"]


def test_a_bad_address_is_named_with_its_line_and_the_rest_goes_on(read):
    rows = read("email\nnobody\nada@example.com\n")
    assert good(rows) == ["ada@example.com"]
    ((line, reason),) = bad(rows)
    assert line == 2
    assert "list.csv:2: 'nobody' is not an address" in reason
    assert reason.endswith("The row was skipped.")


def test_an_address_of_300_characters_is_a_short_sentence(read):
    rows = read(f"email\n{'x' * 300}@example.com\nada@example.com\n")
    assert good(rows) == ["ada@example.com"]
    assert len(bad(rows)[0][1]) < 400


def test_the_same_address_twice_is_two_rows_with_one_key(read):
    rows = read("email\nAda@example.com\nada@EXAMPLE.com\n")
    assert [row.key for row in rows] == ["ada@example.com"] * 2


def test_an_international_domain_is_written_as_the_wire_wants_it(read):
    assert good(read("email\nada@bücher.example\n")) == ["ada@xn--bcher-kva.example"]


BREAKS = [
    'b@example.com,"Bo',
    'b@example.com,"Bo" Bek',
    '"b@example.com,Bo',
    'b@example.com,"Bo""',
    'b@example.com,B"o"\rBek',
]


@pytest.mark.parametrize("broken", BREAKS)
@pytest.mark.parametrize("after", ["c@example.com,Cy", 'c@example.com,"Cy"', '"c@example.com",'])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_broken_quotation_loses_its_own_row_and_no_other(read, broken, after, end):
    rest = [f"r{number}@example.com,R" for number in range(30)]
    rows = read(end.join(["email,name", "a@example.com,Ada", broken, after, *rest, ""]))
    assert [line for line, _ in bad(rows)] == [3]
    assert good(rows) == [
        "a@example.com",
        "c@example.com",
        *(line.partition(",")[0] for line in rest),
    ]


def test_a_broken_quotation_in_the_last_row_loses_no_other(read):
    rows = read('email,name\na@example.com,A\nb@example.com,"B\n')
    assert good(rows) == ["a@example.com"]
    assert "a quotation mark is opened and never closed" in bad(rows)[0][1]


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(st.lists(st.sampled_from([*BREAKS, None]), max_size=12))
def test_however_many_rows_are_broken_every_whole_one_is_read(tmp_path_factory, kinds):
    path = tmp_path_factory.mktemp("list") / "list.csv"
    lines = [kind or f'g{number}@example.com,"G, {number}"' for number, kind in enumerate(kinds)]
    path.write_text("\n".join(["email,name", *lines]), newline="")
    whole = [f"g{number}@example.com" for number, kind in enumerate(kinds) if kind is None]
    assert good(read_rows(path)) == whole


WORDS = ["", " ", "Ada  Finch", " \ta; b ;;a", "zoë", "\u2028", "active", "é" * 300]
GUARDED = ["'=1", "' '+x", "'\t'", "'+a@example.org"]
ADDRESSES = ["ada@example.org", " Ada.Finch@Example.ORG ", "INFO@example.org", "a@bücher.example"]
DOUBTFUL = ["nobody", "a--b@example.org", "o'hara@example.org", f"{'a' * 65}@example.org"]
CELL = st.sampled_from([*WORDS, *GUARDED, *ADDRESSES, *DOUBTFUL])
ODD = [b"", b"\r", b"a\r,b", b"a\0,b", b"\xff@a.org,x", b'"a@example.org",b', b'"a', b'x,b"']
LONG = [b"x" * 100_000, b'"' + b"x" * 100_000, b"a@example.org," + b"y" * 70_000]
LINE = st.lists(CELL, max_size=5).map(lambda cells: ",".join(cells).encode())
LINE |= st.sampled_from([*ODD, *LONG])


class OneByOne(Lines):
    """Lines of which none passes for plain."""

    def plain(self):
        return []


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(
    st.sampled_from(["email,name,tags", "standing,tags,email", "name,email", "email"]),
    st.lists(st.tuples(LINE, st.sampled_from([b"\n", b"\n", b"\r\n"])), max_size=30),
    st.booleans(),
)
def test_the_short_way_through_plain_rows_says_what_the_careful_way_says(header, lines, ended):
    content = b"".join(line + end for line, end in lines)
    content = content if ended else content.rstrip(b"\r\n")
    plan = plan_columns(Path("list.csv"), header.split(","), columns={})

    def read(kind):
        opened = kind(file=BytesIO(content), encoding="utf-8", number=1)
        return list(in_rows(importing._parts(Path("list.csv"), opened, plan, None)))

    assert read(Lines) == read(OneByOne)


def test_one_row_in_another_encoding_loses_no_other(read):
    whole = 'email,name\na@example.com,"Adä\nF"\n'.encode()
    rows = read(whole + b"z@example.com,Zo\xeb\nc@example.com,Cy\n")
    assert good(rows) == ["a@example.com", "c@example.com"]
    assert bad(rows)[0][0] == 4
    assert "this is not utf-8" in bad(rows)[0][1]


def test_a_list_in_the_encoding_that_was_named_is_read(read):
    (row,) = read("email,name\nz@example.com,Zoë\n".encode("cp1252"), encoding="cp1252")
    assert row.name == "Zoë"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_is_read_where_the_file_or_the_user_says_so(read, encoding):
    content = "email,name\na@example.com,Zoë\nb@example.com,Bo".encode(encoding)
    rows = read(content, encoding=encoding)
    assert [(row.email, row.name) for row in rows] == [
        ("a@example.com", "Zoë"),
        ("b@example.com", "Bo"),
    ]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_utf_16_without_its_mark_is_refused_with_what_to_do(read, encoding):
    with pytest.raises(SubscriberError, match="Save the list as CSV in UTF-8"):
        read("email\na@example.com\n".encode(encoding))


def test_an_encoding_that_nobody_knows_is_a_sentence(read):
    with pytest.raises(SubscriberError, match=r"unknown encoding: klingon\. Write utf-8"):
        read("email\n", encoding="klingon")


def test_lines_that_end_as_on_old_macs_are_rows(read):
    rows = read("email,name\ra@example.com,A\rb@example.com,B\r")
    assert good(rows) == ["a@example.com", "b@example.com"]


def test_a_line_that_names_the_delimiter_for_a_spreadsheet_is_not_the_header(read):
    assert good(read("\ufeffsep=;\r\nemail;name\r\na@example.com;A, B\r\n")) == ["a@example.com"]


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Ada Lee <a@example.com>", "Ada Lee"),
        ("<a@example.com>", ""),
        ("mailto:a@example.com?subject=x", ""),
        ('"""Lee, Ada"" <a@example.com>"', "Lee, Ada"),
    ],
)
def test_a_cell_may_hold_an_address_as_mail_programs_write_it(read, cell, name):
    (row,) = read(f"email,tags\n{cell},\n")
    assert (row[1], row[3]) == ("a@example.com", name)


def test_a_name_of_its_own_column_wins_over_the_one_next_to_the_address(read):
    (row,) = read("email,name\nX Y <a@example.com>,Ada\n")
    assert row[3] == "Ada"


def test_two_addresses_in_one_cell_are_nobody(read):
    assert good(read("email,name\nA <a@example.com>; B <b@example.com>,x\n")) == []


def test_a_file_of_nothing_but_addresses_needs_no_header(read):
    rows = read('Ada Lee <a@example.com>\nb@example.com\n"Roe, C" <c@example.com>\n')
    assert [(row[1], row[3]) for row in rows] == [
        ("a@example.com", "Ada Lee"),
        ("b@example.com", ""),
        ("c@example.com", "Roe, C"),
    ]


def test_a_row_with_nul_bytes_is_skipped(read):
    rows = read(b"email,name\na@example.com,A\0da\nb\0@example.com,B\nc@example.com,C\n")
    assert good(rows) == ["c@example.com"]
    assert [line for line, _ in bad(rows)] == [2, 3]


def test_a_row_may_be_shorter_than_the_header_and_have_empty_cells_too_many(read):
    rows = read("name,email,tags\nAda,a@example.com\nBo,b@example.com,x,,\nCy\n")
    assert [(row.email, row.tags) for row in rows[:2]] == [
        ("a@example.com", ()),
        ("b@example.com", ("x",)),
    ]
    assert "'' is not an address" in rows[2].reason


def test_a_row_with_more_cells_than_names_is_skipped_rather_than_shifted(read):
    rows = read("email,name,tags\na@example.com,Finch, Ada,press\nb@example.com,Bo,x\n")
    assert good(rows) == ["b@example.com"]
    assert "has 4 cells and the header 3" in bad(rows)[0][1]


def test_a_formula_is_a_name_like_any_other(read):
    (row,) = read("email,name\na@example.com,=HYPERLINK(1)\n")
    assert row.name == "=HYPERLINK(1)"


def test_a_large_list_is_read_in_little_memory(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("w") as file:
        file.write("email,name,tags\n")
        file.writelines(f"r{n}@example.com,R,press;lords\n" for n in range(50_000))
    assert count_lines(path) == 50_001
    counted = []

    def work():
        counted.append(sum(isinstance(row, tuple) for row in read_rows(path)))

    assert peak(work) < 2 * MB
    assert counted == [50_000]


@pytest.mark.parametrize("start", ["", '"', 'b@example.com,"'])
def test_a_line_of_30_mb_is_passed_over_in_little_memory(tmp_path, start):
    path = tmp_path / "list.csv"
    with path.open("w") as file:
        file.write(f"email,name\na@example.com,A\n{start}")
        for _ in range(30):
            file.write("x" * MB)
        file.write("\nc@example.com,C\n")
    rows = []
    assert peak(lambda: rows.extend(read_rows(path))) < 4 * MB
    assert good(rows) == ["a@example.com", "c@example.com"]
    ((line, reason),) = bad(rows)
    assert line == 3
    assert "longer than 100,000 characters" in reason


def test_30_mb_without_a_line_break_are_refused_in_little_memory(tmp_path):
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        for _ in range(30):
            file.write(bytes(MB))
    said = []

    def work():
        with pytest.raises(SubscriberError, match="The first row must name the columns") as refused:
            list(read_rows(path))
        said.append(str(refused.value))

    assert peak(work) < 4 * MB
    assert len(said[0]) < 400


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(SubscriberError, match="cannot be read"):
        list(read_rows(tmp_path / "gone.csv"))
    assert count_lines(tmp_path / "gone.csv") == 0


def test_the_sample_list_is_in_order():
    rows = list(read_rows(SEEDS))
    assert len(rows) >= 5
    assert bad(rows) == []
    assert all(row[1].rpartition("@")[2].startswith("example.") for row in rows)
