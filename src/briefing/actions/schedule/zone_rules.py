"""The rules of time zones: which release this house keeps its hours by, and what a new one moves.

The store is imported where the plan is kept: `briefing check` asks for the release alone.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

from briefing.clock import Clock, ZoneRules, zone_rules
from briefing.config import Config

#: How far ahead moved slots are told.
_AHEAD = timedelta(days=60)
#: The moment in UTC of each slot to come, by its local name; by briefing.
_Plan = dict[str, dict[str, str]]


def rules_sentence(rules: ZoneRules | None = None) -> str:
    """Which release of the time zone rules is used, and where it comes from."""
    used = rules or zone_rules()
    where = "the package tzdata" if used.source == "package" else "this system"
    return f"Time zones by release {used.release or 'of unknown age'} of {where}."


def old_rules(clock: Clock, rules: ZoneRules | None = None) -> str:
    """What to do about rules that are more than a year old; empty when they are not."""
    used = rules or zone_rules()
    if not used.is_old(clock()):
        return ""
    return (
        f"The newest time zone rules here are release {used.release or 'of unknown age'}, more than a year old: "
        "where clocks are changed by law since, editions leave at another hour than is meant. Upgrade the package "
        "tzdata, of this program or of the system."
    )


def moved_slots(config: Config, clock: Clock, rules: ZoneRules | None = None) -> tuple[str, ...]:
    """What other rules than at the last call move in the next 60 days; each is said once.

    The plan is kept next to the data of the house, so that the first process with other rules can tell.

    Args:
        config: the house.
        clock: the time.
        rules: those in use.

    Raises:
        StoreError: when the plan cannot be kept.
    """
    from briefing.store import write_whole  # noqa: PLC0415 - see above

    used, now = rules or zone_rules(), clock()
    path = config.path(config.data.path) / "time-zones.json"
    plan = _plan(config, now)
    before = _kept(path)
    kept = json.dumps({"release": used.release, "slots": plan}, indent=1) + "\n"
    write_whole(path, kept.encode())
    if before is None or before[0] == used.release:
        return ()
    release, slots = before
    told = (_told(name, slots.get(name, {}), plan[name], (release, used.release)) for name in plan)
    return tuple(sentence for sentence in told if sentence)


def _plan(config: Config, now: datetime) -> _Plan:
    return {
        name: {
            due.slot: f"{due.at:%Y-%m-%dT%H:%MZ}"
            for due in briefing.schedule.between(now, now + _AHEAD)
        }
        for name, briefing in config.briefings.items()
        if briefing.schedule is not None
    }


def _kept(path: Path) -> tuple[str, _Plan] | None:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return str(kept["release"]), dict(kept["slots"])
    except (OSError, ValueError, KeyError, TypeError):
        # None yet, or of a hand that is not ours: the plan is made again, and nothing can be compared.
        return None


def _told(
    name: str, was: dict[str, str], becomes: dict[str, str], releases: tuple[str, str]
) -> str:
    moved = [slot for slot in becomes if slot in was and was[slot] != becomes[slot]]
    if not moved:
        return ""
    first, last = moved[0], moved[-1]
    more = f", and so do {len(moved) - 1} more up to {last[:10]}" if len(moved) > 1 else ""
    return (
        f"New time zone rules ({releases[1] or 'unknown'} instead of {releases[0] or 'unknown'}) move {name}: "
        f"{first} now leaves at {becomes[first][11:16]} UTC and not at {was[first][11:16]} UTC{more}. "
        "The local hour stays as config.toml names it."
    )
