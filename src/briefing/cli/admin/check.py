"""`briefing check`: is config.toml in order?"""

import json
from pathlib import Path
from typing import Annotated

import typer

from briefing.cli.console import ConfigOption, configuration, print_json, say, warn
from briefing.clock import utc_now

SchemaOption = Annotated[
    bool, typer.Option("--schema", help="Print the JSON Schema of config.toml, for editors.")
]


def check(schema: SchemaOption = False, config: ConfigOption = Path("config.toml")) -> None:
    """Check config.toml and name every fault in it: line, key, value and what is allowed."""
    from briefing.actions.gather.own_vocabulary import refuse_faulty_rows
    from briefing.actions.public.proxies import unnamed_proxy
    from briefing.actions.schedule.upcoming import in_the_gap, next_dates, steps_of_a_month
    from briefing.actions.schedule.zone_rules import old_rules, rules_sentence
    from briefing.config import config_schema, old_engine_name

    if schema:
        print_json(json.dumps(config_schema(), ensure_ascii=False, indent=2))
        return
    checked = configuration(config)
    refuse_faulty_rows(checked)
    for sentence in (*in_the_gap(checked, utc_now), *steps_of_a_month(checked, utc_now)):
        warn(sentence)
    if renamed := old_engine_name(checked):
        warn(renamed)
    if old := old_rules(utc_now):
        warn(old)
    if (proxy := unnamed_proxy(checked)) is not None:
        warn(proxy)
    names = ", ".join(sorted(checked.briefings))
    say(f"{config} is in order. Briefings: {names}. {rules_sentence()}", style="green")
    for sentence in next_dates(checked, utc_now):
        say(f"  {sentence}")
