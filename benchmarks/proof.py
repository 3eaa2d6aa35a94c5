"""What others say of every shipped design: npm's MJML 4 and 5, Emailens, and the Nu Html Checker.

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
#: What Word's engine reads and no standard knows: it stands in every letter that MJML makes.
OF_WORD = re.compile(r"xmlns:[vo]|mso-(?:table-[lr]space|hide)")


def letters() -> Iterator[tuple[str, str, str]]:
    """Name, HTML and MJML of every specimen in every design, with a reader's values in them."""
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
            html, mjml = email.html, between[-1]
            for field, token in tokens(email.nonce).items():
                value = (
                    f"https://press.example.org/{field}"
                    if "url" in field
                    else f"{field}@example.org"
                )
                html, mjml = html.replace(token, value), mjml.replace(token, value)
            yield f"{design.name}-{name}", html, mjml


def main() -> int:
    for program in ("npm", "node"):
        if not shutil.which(program):
            print(f"{program} is not here: install Node.js 20 or later, or do without this proof.")
            return 2
    shutil.rmtree(FOLDER / "letters", ignore_errors=True)
    (FOLDER / "letters").mkdir(parents=True)
    for name, html, mjml in letters():
        (FOLDER / "letters" / f"{name}.html").write_text(html)
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
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
