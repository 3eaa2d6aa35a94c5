"""Whatever order a process gives its sets, it makes the same of the same pages.

`PYTHONHASHSEED` decides that order, for a whole process. One is told its seed; this one, and the server
that commands of tests are forked from, have others in every run.
"""

from typing import Any

import pytest
from tests.commands import SERVER
from tests.hash_seeds import made as hash_seeds

SEEDS = ("0", "the server's")


def made_by_the_server() -> dict[str, Any]:
    heard, told = SERVER.Pipe(duplex=False)
    process = SERVER.Process(target=hash_seeds.tell, args=(told,))
    process.start()
    told.close()
    found: dict[str, Any] = heard.recv()
    process.join()
    return found


@pytest.fixture(scope="module")
def made() -> dict[str, dict[str, Any]]:
    """By seed, what its process made."""
    return dict(zip(SEEDS, (hash_seeds.made_with("0"), made_by_the_server()), strict=True))


def all_of(made: dict[str, dict[str, Any]], name: str) -> set[str]:
    return {repr(one[name]) for one in made.values()}


def test_splitting_does_not_hang_on_the_hash_seed(made: dict[str, dict[str, Any]]) -> None:
    outputs = {repr(hash_seeds.pieces_of(hash_seeds.SAMPLES))}
    outputs |= {one["pieces"] for one in made.values()}
    assert len(outputs) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_pieces_verdicts_and_fingerprints_do_not_hang_on_the_hash_seed(
    made: dict[str, dict[str, Any]], seed: str
) -> None:
    outputs = {hash_seeds.marked(), made[seed]["marked"]}
    assert len(outputs) == 1


def test_every_process_chooses_the_same_sentences_with_every_engine(
    made: dict[str, dict[str, Any]],
) -> None:
    here = list(hash_seeds.digests(hash_seeds.SAMPLES[:1]))
    assert all_of(made, "digests") == {repr(here)}


def test_any_process_makes_the_same_bytes(made: dict[str, dict[str, Any]]) -> None:
    answers = {repr(hash_seeds.rendered())} | all_of(made, "rendered")
    assert len(answers) == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_every_process_makes_the_same_bytes(made: dict[str, dict[str, Any]], seed: str) -> None:
    golden = hash_seeds.ROOT / "tests/golden/staggers"
    html, text = made[seed]["drafted"]
    assert html == (golden / "sample.html").read_text("utf-8")
    assert text == (golden / "sample.txt").read_text("utf-8")
