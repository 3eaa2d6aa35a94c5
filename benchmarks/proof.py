"""What others say of every shipped design: npm's MJML 4 and 5, Emailens, the Nu Html Checker, SpamAssassin.

Usage: `make proof`, or `python -m benchmarks.proof`. It needs npm, node and, for the checker, Java; what it
installs from npm goes into build/proof and nowhere else. Exit code 1: somebody found a fault, or a score is under
97 (mean of Emailens' clients), 85 (Outlook for Windows) or 95 (accessibility).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from briefing.emails import EmailSettings, specimen
from briefing.emails import render as rendering
from briefing.emails.merge_fields import tokens
from briefing.emails.source_map import Places

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "build" / "proof"
SLOT = datetime(2026, 11, 23, 7, tzinfo=UTC)
EDITIONS = {
    "filled": specimen.filled(SLOT),
    "nine": specimen.filled(SLOT, 9),
    "empty": specimen.empty(SLOT),
    "worst": specimen.worst(SLOT),
}
PACKAGES = ("mjml@5.4.1", "mjml4@npm:mjml@4.18.0", "@emailens/engine@0.9.6", "vnu-jar@26.9.27")
#: A line of SpamAssassin's report, and the points that no rule on content may give.
RULE = re.compile(r"^\s*(-?[\d.]+) ([A-Z][A-Z0-9_]+)", re.MULTILINE)
HEAVIEST = 0.5
#: What Word's engine reads and no standard knows: it stands in every letter that MJML makes.
OF_WORD = re.compile(r"xmlns:[vo]|mso-(?:table-[lr]space|hide)")


def letters() -> Iterator[tuple[str, str, str, str]]:
    """Name, HTML, plain text and MJML of every specimen in every design, with a reader's values in them."""
    between: list[str] = []
    really = rendering.validate

    def keep(places: Places) -> None:
        between.append(places.text)
        really(places)

    rendering.validate = keep
    for design in sorted((HERE.parent / "templates/email").iterdir()):
        settings = EmailSettings(
            template=design,
            site_name="Harbour Press",
            public_url="https://press.example.org",
            postal_address="Harbour Press, 1 Quay Street, Leith",
            subscribe_url="https://press.example.org/subscribe/readers",
            made_url="https://press.example.org/archive/s/today/made",
            takes_answers=True,
        )
        for name, edition in EDITIONS.items():
            email = rendering.render(edition, settings)
            html, text, mjml = email.html, email.text, between[-1]
            for field, token in tokens(email.nonce).items():
                value = (
                    f"https://press.example.org/{field}"
                    if "url" in field
                    else f"{field}@example.org"
                )
                html, text, mjml = (part.replace(token, value) for part in (html, text, mjml))
            yield f"{design.name}-{name}", html, text, mjml


def main() -> int:
    for program in ("npm", "node"):
        if not shutil.which(program):
            print(f"{program} is not here: install Node.js 20 or later, or do without this proof.")
            return 2
    shutil.rmtree(FOLDER / "letters", ignore_errors=True)
    (FOLDER / "letters").mkdir(parents=True)
    for name, html, text, mjml in letters():
        (FOLDER / "letters" / f"{name}.html").write_text(html)
        (FOLDER / "letters" / f"{name}.txt").write_text(text)
        (FOLDER / "letters" / f"{name}.mjml").write_text(mjml)
    install = (
        "npm",
        "install",
        "--no-fund",
        "--no-audit",
        "--ignore-scripts",
        "--silent",
        *PACKAGES,
    )
    subprocess.run(install, cwd=FOLDER, check=True)
    shutil.copy(HERE / "proof.mjs", FOLDER)
    asked = subprocess.run(("node", "proof.mjs", "letters"), cwd=FOLDER, check=False)
    return asked.returncode or checked()


def checked() -> int:
    """What the Nu Html Checker says, but for Word's own."""
    if not shutil.which("java"):
        print("Nu Html Checker: left out, there is no Java here.")
        return 0
    jar = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"
    pages = sorted((FOLDER / "letters").glob("*.html"))
    asked = subprocess.run(
        ("java", "-jar", str(jar), "--errors-only", *map(str, pages)),
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line for line in asked.stderr.splitlines() if line and not OF_WORD.search(line)]
    print(
        *found,
        f"Nu Html Checker: {len(found)} errors in {len(pages)} letters, but for Word's own",
        sep="\n",
    )
    return 1 if found else judged()


def judged() -> int:
    """What SpamAssassin's rules on content say, without a network and without what it learnt."""
    if not shutil.which("spamassassin"):
        print("SpamAssassin: left out, it is not here (Debian: apt-get install spamassassin).")
        return 0
    command = ("spamassassin", "-L", "-t", "--cf=use_bayes 0")
    faults = 0
    for page in sorted((FOLDER / "letters").glob("*.html")):
        letter = EmailMessage()
        letter["From"], letter["To"] = (
            "Harbour Press <desk@press.example.org>",
            "reader@example.org",
        )
        letter["Subject"], letter["Date"] = (
            "Harbours pact holds",
            format_datetime(datetime.now(UTC)),
        )
        letter["Message-ID"] = "<1.harbour@press.example.org>"
        letter.set_content(page.with_suffix(".txt").read_text())
        letter.add_alternative(page.read_text(), subtype="html")
        asked = subprocess.run(command, input=letter.as_bytes(), capture_output=True, check=False)
        rules = RULE.findall(
            asked.stdout.decode(errors="replace").rpartition("Content analysis")[2]
        )
        heavy = [f"{name} {points}" for points, name in rules if float(points) > HEAVIEST]
        faults += len(heavy)
        print(
            f"{page.stem}: SpamAssassin, rules above {HEAVIEST}: {', '.join(heavy) or 'none'} of {len(rules)}"
        )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
