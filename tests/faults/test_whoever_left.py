"""No sequence of backup, restore, kill, lost file and full disk brings a letter to somebody who left."""

import os
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.desks import act
from tests.faults.leaving import EVENTS, Estate
from tests.faults.relay import Relay
from tests.newsrooms import new_house
from tests.workers.copies import copied

from briefing.actions.context import open_desk
from briefing.actions.editions.draft import draft
from briefing.actions.open_store import the_store
from briefing.actions.rendering.render import render_edition
from briefing.actions.sending.send import send_edition
from briefing.config import load_config
from briefing.model.subscriber import Standing

ADDRESSES = tuple(f"reader{number}@example.com" for number in range(6))
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
EDITION = "staggers-2026-11-23"
#: `make chaos` plays 200.
SEQUENCES = int(os.environ.get("SEQUENCES", "8"))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory) -> Path:
    """A house with an edition that is rendered and not sent."""
    folder = tmp_path_factory.mktemp("rendered") / "house"
    config = new_house(folder, readers=(f"{address},Reader," for address in ADDRESSES))
    assert act(draft, config, "staggers", clock=lambda: NOW).edition.id == EDITION
    act(render_edition, config, EDITION)
    return folder


def house_of(rendered: Path, folder: Path, **more: str):
    copied(rendered, folder)
    return load_config(folder / "config.toml", more)


def active(estate: Estate) -> set[str]:
    with the_store(estate.config, estate.clock()) as store:
        return {one.email for one in store.subscribers.each("readers", Standing.ACTIVE)}


def test_whoever_left_stays_gone_in_every_state_that_a_house_can_come_to(
    rendered, tmp_path_factory
):
    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            config = house_of(rendered, tmp_path_factory.mktemp("state") / "house")
            self.estate = Estate(config, ADDRESSES, random.Random(7))
            self.estate.take_over_list()

        @rule(event=st.sampled_from(EVENTS), seed=st.integers(0, 99))
        def happens(self, event: str, seed: int) -> None:
            self.estate.chance = random.Random(seed)
            self.estate.do(event)

        @invariant()
        def nobody_who_left_is_on_the_list(self) -> None:
            if hasattr(self, "estate"):
                self.estate.put_right()
                self.estate.take_over_list()
                assert not active(self.estate) & self.estate.gone

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=max(4, SEQUENCES // 4), stateful_step_count=14, deadline=None
        ),
    )


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_after_a_random_sequence_the_relay_gets_no_letter_to_anybody_who_left(
    rendered, tmp_path, seed
):
    chance = random.Random(seed)
    with Relay(log=tmp_path / "mail.jsonl") as relay:
        config = house_of(
            rendered,
            tmp_path / "house",
            BRIEFING_SEND__TRANSPORT="smtp",
            BRIEFING_SEND__SMTP__HOST="127.0.0.1",
            BRIEFING_SEND__SMTP__PORT=str(relay.port),
            BRIEFING_SEND__SMTP__SECURITY="none",
        )
        estate = Estate(config, ADDRESSES, chance)
        estate.take_over_list()
        events = [chance.choice(EVENTS) for _ in range(9)]
        for event in events:
            estate.do(event)
        estate.put_right()
        sent_to = _send(estate, relay)
    assert not sent_to & estate.gone, (seed, events, estate.said)
    assert sent_to <= set(ADDRESSES)


def _send(estate: Estate, relay: Relay) -> set[str]:
    """The edition is drafted again where a new house has none, and sent to the list's whole file."""
    with open_desk(estate.config, lambda: NOW) as desk:
        draft(desk, "staggers")
        render_edition(desk, EDITION)
    act(send_edition, estate.config, EDITION, clock=estate.clock)
    return {entry["recipient"] for entry in relay.accepted()}
