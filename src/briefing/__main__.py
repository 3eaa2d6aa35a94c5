"""`python -m briefing` is the same program as `briefing`."""

from briefing.cli.main import run

run()
