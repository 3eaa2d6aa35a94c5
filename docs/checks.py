"""Writes docs/checks.md from the table of rules. Usage: docs/checks.py."""

from pathlib import Path

from briefing.emails.checks import RULES

PAGE = Path(__file__).with_name("checks.md")
HEAD = """# The checks of an email

`briefing lint` looks at a rendered edition as its readers will get it: it writes the letter of the reader with the
longest name and address, reads it back, and asks every rule below. An **error** is not sent (exit code 1):
`approve`, `send`, `run`, the editors' desk and the clock refuse it with the rule's sentence, whatever
`approval` says. A **warning** wants a look, **info** is good to know. `--json` prints the same for programs.

```
.venv/bin/briefing lint            # the newest edition; or name one
.venv/bin/briefing lint --network  # ask every link and picture too
.venv/bin/briefing lint --rendered # draw it in Chromium too
.venv/bin/briefing lint --json
```

- The rules stand in `src/briefing/emails/checks/`, one function each; `docs/checks.py` writes this
  page from them.
- `link-live` and `img-weight` ask the network, and do so only with `--network`; our own pictures
  are weighed without. Each address is asked once, up to 100 links and 100 pictures, 10 seconds each,
  at public addresses only (an article may name any address, so `[fetch] allow` does not hold here).
  What stands before every letter asks no network: a site that is down for a minute stops no edition.
- The rules `label-...` measure what a browser paints, so they find something only with `--rendered` (Debian:
  `apt-get install chromium`): at 320, 375 and 700 px, in light and in dark, and with the colours turned as where
  dark is forced. Nothing in the letter runs there, and no host is looked up. CI asks them of every shipped design.
- A design marks what somebody paid for with the css-class `sponsored`: that is the block the rules
  on sponsorship look at.
- Dark mode is checked by applying the design's own rules for `prefers-color-scheme: dark`. Forced
  dark mode is emulated: no client publishes its formula, so it only warns.
- What clients draw is caniemail.com's measurement, with the day of each test; a client that has
  changed since is not known here. There are no audience shares behind it. What every MJML document
  needs anyway is left out.
- A story lost on the way, a broken comment or an `!important` that inlining dropped is refused
  earlier, by `briefing render`.

| rule | weight | what it asks | why | source |
|---|---|---|---|---|
"""


def page() -> str:
    """The page as it must stand in docs/checks.md."""
    rows = (
        (f"`{rule.id}`", ", ".join(rule.severities), rule.asks, rule.reason, rule.source)
        for rule in RULES.values()
    )
    return HEAD + "".join(f"| {' | '.join(map(in_a_cell, row))} |\n" for row in rows)


def in_a_cell(text: str) -> str:
    """Tags would be taken for markup, bars for the next cell."""
    return text.replace("<", "&lt;").replace("|", "\\|")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
