"""Rules of the house that no linter knows."""

import ast
import re
import subprocess
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "services"}


def test_no_source_file_is_longer_than_300_lines():
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in SOURCES}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [path for path in SOURCES if path.stem in VAGUE] == []


def test_the_tree_of_errors_is_drawn_whole_in_its_own_docstring():
    source = (ROOT / "src/briefing/errors.py").read_text()
    drawing = source.split('"""')[1]
    for name in re.findall(r"^class (\w+)", source, re.MULTILINE):
        assert re.search(rf"\b{name}\b", drawing), name


def test_no_file_under_git_names_a_path_of_somebodys_machine():
    listed = subprocess.run(
        ["git", "grep", "-lIE", r"/(home|Users)/[a-z]+/"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert listed.stdout.replace("tests/test_house_rules.py\n", "") == ""


def test_no_folder_holds_more_than_25_modules():
    versions = ROOT / "src/briefing/store/migrations/versions"
    modules = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    held = Counter(
        path.parent.relative_to(ROOT).as_posix() for path in modules if path.parent != versions
    )
    wide = {folder: count for folder, count in held.items() if count > 25}
    assert wide == {}, "give those that share a subject a folder of their own"


def test_a_public_class_name_means_one_thing():
    defined = defaultdict(list)
    for path in SOURCES:
        # No text in quotes begins a line with one; to parse all of it takes a second.
        for name in re.findall(r"^class ([^\W_]\w*)", path.read_text("utf-8"), re.MULTILINE):
            defined[name].append(path.relative_to(ROOT / "src/briefing").as_posix())
    twice = {name: files for name, files in defined.items() if len(files) > 1}
    assert twice == {}, "give one of the two the name of what it is"


def test_no_test_module_imports_another_test_module():
    imports = [
        (path.relative_to(ROOT).as_posix(), found)
        for path in sorted((ROOT / "tests").rglob("*.py"))
        for found in re.findall(
            # In a program that a test starts as well: it stands between quotes.
            r"(?:^|[\"';])\s*(?:from|import) +(tests\b[^#\n]*\btest_\w+)",
            path.read_text(),
            re.MULTILINE,
        )
    ]
    assert imports == [], "give what both need a module of its own, without `test_` in its name"


#: Behind a space, perhaps with a word between: a noun of many. Measures are left out: none is ever one.
MANY = re.compile(r" (?:(?:more|other|new|further) )?(?!characters|bytes|octets|points)[a-z]+s\b")


def numbers_before_plurals(source: str) -> list[str]:
    """Numbers of f-strings that stand before a noun with an s; a constant is never one."""
    found = []
    for node in ast.walk(ast.parse(source)):
        parts = node.values if isinstance(node, ast.JoinedStr) else []
        for number, words in pairwise(parts):
            if isinstance(number, ast.FormattedValue) and isinstance(words, ast.Constant):
                noun = MANY.match(str(words.value)) if is_number(number) else None
                found += [f"{ast.unparse(number.value)}{noun[0]}"] if noun else []
    return found


def is_number(part: ast.FormattedValue) -> bool:
    said = ast.unparse(part.value)
    grouped = part.format_spec is not None and ast.unparse(part.format_spec) == "f','"
    counted = grouped or re.fullmatch(r"len\(.*\)", said) is not None
    is_constant = re.fullmatch(r"(\w+\.)*_?[A-Z_]+", said) is not None
    return counted and not is_constant


def test_a_noun_behind_a_number_is_written_by_what_knows_one_from_many():
    by_hand = {path.name: numbers_before_plurals(path.read_text()) for path in SOURCES}
    assert {name: said for name, said in by_hand.items() if said} == {}


def test_a_number_before_a_plural_is_seen():
    assert numbers_before_plurals('f"{len(found)} rows of {LARGEST:,} bytes"') == [
        "len(found) rows"
    ]
    assert numbers_before_plurals('f"{of.get(State.SENT):,} rows"') == ["of.get(State.SENT) rows"]
    assert numbers_before_plurals('f"{read.away:,} new notices"') == ["read.away new notices"]
    assert numbers_before_plurals("f\"{counted(len(found), 'row')} of {name} rows\"") == []
