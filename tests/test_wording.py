"""One word for one thing, and plain modern English in what people read."""

import ast
import re
import tokenize
from functools import cache
from io import StringIO
from pathlib import Path

import pytest

from briefing.counted import counted
from briefing.errors import why

ROOT = Path(__file__).parents[1]
GLOSSARY = (ROOT / "docs/glossary.md").read_text("utf-8")
KEPT, GIVEN_UP = GLOSSARY.split("## Words we gave up")
TABLES, PLAIN = KEPT.split("## Plain words")
SOURCES = sorted((ROOT / "src").rglob("*.py"))
PAGES = [
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    *ROOT.glob("*/README.md"),
    ROOT / "config.toml",
]


@cache
def public_names(path):
    """The module's name and its public classes; no text in quotes begins a line with one."""
    return [path.stem, *re.findall(r"^class ([^\W_]\w*)", path.read_text("utf-8"), re.MULTILINE)]


def words_of(name):
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def parts_of(name):
    """The words that a name is put together of, each as one: `AuditEntries` has audit and entry."""
    return {singular(part) for part in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def singular(word):
    ends = {"ies": "y", "shes": "sh", "ss": "ss", "us": "us", "is": "is", "s": ""}
    low = word.lower()
    return next(
        (low.removesuffix(many) + one for many, one in ends.items() if low.endswith(many)), low
    )


PLAIN_WORDS = {
    singular(word)
    for line in re.findall(r"(?ms)^- \*\*.*?\*\*: (.*?)\.$", PLAIN)
    for word in re.split(r",\s+", line)
}


@cache
def public_classes():
    return {name for path in SOURCES for name in public_names(path)[1:]}


@cache
def explained_words():
    """Of the first column of all rows, and of the classes that the second names."""
    rows = [line.split("|") for line in TABLES.splitlines() if line.startswith("|")]
    named = {
        name for row in rows for name in re.findall(r"\w+", row[2]) if name in public_classes()
    }
    first = {word for row in rows for word in re.findall(r"\w+", row[1])}
    return {part for name in named | first for part in parts_of(name)}


def test_one_of_a_thing_has_no_plural():
    assert [counted(number, "letter") for number in (0, 1, 2, 8412)] == [
        "0 letters",
        "1 letter",
        "2 letters",
        "8,412 letters",
    ]


def test_a_noun_and_its_verb_may_change_by_more_than_an_s():
    assert counted(1, "story", "stories") == "1 story"
    assert counted(1, "reader gets", "readers get") == "1 reader gets"
    assert counted(2, "reader gets", "readers get") == "2 readers get"


def test_every_public_noun_of_the_model_is_in_the_glossary():
    nouns = {
        name
        for path in (ROOT / "src/briefing/model").glob("*.py")
        for name in public_names(path)[1:]
    }
    unexplained = {noun for noun in nouns if not re.search(rf"\b{noun}s?\b", KEPT)}
    assert unexplained == set(), "say in docs/glossary.md what it means and what it is not"


def test_public_classes_are_named_with_words_of_the_glossary_or_plain_ones():
    strange = {
        f"{word!r} of {name}"
        for name in public_classes()
        for word in parts_of(name) - explained_words() - PLAIN_WORDS
    }
    assert strange == set(), (
        "call it by a word of docs/glossary.md, or add a row there that says what it means; "
        "a word that means what it means everywhere goes under 'Plain words'"
    )


def test_a_plain_word_is_used_and_has_no_row():
    used = {word for name in public_classes() for word in parts_of(name)}
    assert used >= PLAIN_WORDS, "take the words that no class bears out of 'Plain words'"
    assert PLAIN_WORDS & explained_words() == set(), "what has a row is not also a plain word"


def words_given_up():
    cells = [line.split("|")[1] for line in GIVEN_UP.splitlines() if line.startswith("|")][2:]
    gone = {word.strip() for cell in cells for word in cell.split(",")}
    return gone | {f"{word}s" for word in gone}


def test_no_class_or_module_bears_a_name_that_was_given_up():
    gone = words_given_up()
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for name in public_names(path)
        if words_of(name) & gone
    }
    assert found == set(), "docs/glossary.md says what to call it"


def test_no_docstring_names_what_it_stands_in_by_a_word_that_was_given_up():
    """The words are plain ones elsewhere: a former clerk says it, and a press office sends it."""
    named = re.compile(rf'\s*"""(?:The )?(?:{"|".join(words_given_up())}):', re.IGNORECASE)
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:90]}"
        for path in SOURCES
        for line, text in for_people(path)
        if named.match(text)
    ]
    assert found == [], "docs/glossary.md says what to call it"


#: A pattern, and what to write instead.
OLD = {
    r"(?<!here )\b(?:is|are|was|were) no (?!longer|more|such|less|fewer|other|one\b|way|need)": (
        '"is not a rate" for "is no rate"'
    ),
    r"(?<!here )\b(?:is|are|was|were) none\b(?! of)": '"is not one", or "does not count"',
    r"\banew\b": '"again"',
    r"(?<![.{\w])beside\b(?!\})": '"next to", or "besides" for "in addition to"',
    r"\bhas not (?:a|an|any|the)\b": '"does not have"',
    r"\bupon\b": '"on"',
}
#: A comment, or a string of one line or several with the letters before it. Python's own tokenizer takes
#: four times as long.
_SAID = re.compile(
    r"""\#[^\n]*|(?:\b[bfru]{1,2})?(?:"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}"""
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')""",
    re.DOTALL | re.IGNORECASE,
)


@cache
def for_people(path):
    """What stands in a file for people to read, with its line: of Python, comments and strings."""
    text = path.read_text("utf-8")
    return tuple(of_python(text) if path.suffix == ".py" else enumerate(text.splitlines(), 1))


def of_python(text):
    line, at = 1, 0
    for said in _SAID.finditer(text):
        line += text.count("\n", at, said.start())
        at = said.start()
        yield from enumerate(said[0].splitlines(), line)


def test_what_is_read_of_python_is_what_its_tokenizer_takes_for_comments_and_strings():
    text = r'''x = 'it\'s' # "not" a 'string'

y = rb"""two
 lines, "quoted" and \\""" + b'#'
z = ["", Rb"a\\", 'c"', """d ''e"""]  # end'''
    tokens = tokenize.generate_tokens(StringIO(text).readline)
    kinds = {tokenize.COMMENT, tokenize.STRING}
    assert list(of_python(text)) == [
        line
        for token in tokens
        if token.type in kinds
        for line in enumerate(token.string.splitlines(), token.start[0])
    ]


@pytest.mark.parametrize("pattern", OLD)
def test_messages_docs_and_docstrings_are_in_plain_modern_english(pattern):
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text.strip()[:90]}"
        for path in (*SOURCES, *PAGES)
        for line, text in for_people(path)
        if re.search(pattern, text)
    ]
    assert found == [], f"write {OLD[pattern]}"


def test_no_sentence_prints_what_python_says_of_a_file():
    """It has a number and the name a second time; `briefing.errors.why` says the rest."""
    assert [place for path in SOURCES for place in bare_errors(path)] == []


def bare_errors(path):
    """Places that catch an OSError and print it as it is, in modules that raise our own errors."""
    text = path.read_text("utf-8")
    if "OSError" in text and "from briefing.errors import" in text:
        for handler in ast.walk(ast.parse(text)):
            if isinstance(handler, ast.ExceptHandler) and "OSError" in named(handler.type):
                printed = [
                    node for node in ast.walk(handler) if isinstance(node, ast.FormattedValue)
                ]
                if any(
                    isinstance(node.value, ast.Name) and node.value.id == handler.name
                    for node in printed
                ):
                    yield f"{path}:{handler.lineno}"


def named(caught):
    return {node.id for node in ast.walk(caught) if isinstance(node, ast.Name)} if caught else set()


def test_why_a_file_cannot_be_read_is_said_without_its_number_and_its_name(tmp_path):
    with pytest.raises(OSError, match="Errno") as caught:
        (tmp_path / "readers.csv").read_text()
    assert why(caught.value) == "No such file or directory"
    with pytest.raises(UnicodeDecodeError) as undecoded:
        b"Zo\xeb".decode()
    assert why(undecoded.value) == "it is not text in utf-8, from byte 3 on"
    assert why(ValueError("no table")) == "no table"
