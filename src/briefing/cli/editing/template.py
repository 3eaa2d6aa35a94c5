"""`briefing template`: begin a design, and look at it while it is made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from briefing.cli.console import OK, REFUSED, ConfigOption, at_desk, configuration, say, warn
from briefing.model.finding import Severity

if TYPE_CHECKING:
    from briefing.actions.rendering.designs import Trial

app = typer.Typer(
    no_args_is_help=True, help="Designs of the letter: begin one, and try it while you write."
)


@app.command("new")
def new(
    name: Annotated[str, typer.Argument(help="Small letters, figures and hyphens.")],
    like: Annotated[str, typer.Option("--like", help="The design to begin from.")] = "dispatch",
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Begin a design: a copy of a shipped one, in templates/email of this house."""
    from briefing.actions.rendering.designs import begin_design

    folder = begin_design(configuration(config).home, name, like)
    say(f"Begun: {folder}, a copy of {like}.")
    say(f"Next: briefing template try {name}")


@app.command("try")
def try_(
    name: Annotated[str, typer.Argument(help="A folder of templates/email.")],
    once: Annotated[
        bool, typer.Option("--once", help="Say what is wrong and exit, without a page.")
    ] = False,
    port: Annotated[
        int,
        typer.Option("--port", min=0, max=65_535, help="Of the page; 0 takes any that is free."),
    ] = 8025,
    config: ConfigOption = Path("config.toml"),
) -> None:
    """Show a design with every block filled, empty, at its worst, and with 40 stories; it reloads when you save.

    Exit code 1 means, with --once, that a specimen does not render or trips a check that is an error.
    """
    from briefing.actions.rendering.designs import designs, faults_of, try_design
    from briefing.errors import TemplateError

    with at_desk(config) as desk:
        folder = desk.config.design(name)
        known = designs(desk.config.home)
        if name not in known or not folder.is_dir():
            raise TemplateError(f"There is no design {name!r}; known: {', '.join(known)}.")
        if not once:
            from briefing.cli.editing.design_page import watch

            watch(desk, folder, port, say)
            raise typer.Exit
        trials = try_design(desk, folder)
    for trial in trials:
        _tell(trial)
    for sentence in faults_of(trials):
        warn(sentence)
    raise typer.Exit(REFUSED if any(map(_is_faulty, trials)) else OK)


def _is_faulty(trial: Trial) -> bool:
    return bool(trial.error) or any(one.severity is Severity.ERROR for one in trial.findings)


def _tell(trial: Trial) -> None:
    if trial.email is None:
        say(f"{trial.name}: not rendered")
        return
    sizes = f"{len(trial.email.html.encode()):,} bytes of HTML, {len(trial.email.text.encode()):,} of plain text"
    say(f"{trial.name}: {sizes}")
