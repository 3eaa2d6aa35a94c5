"""What others say of every shipped design: npm's MJML 4 and 5, Emailens, caniemail, Nu, SpamAssassin, rspamd.

Usage: `make proof`, or `python -m benchmarks.proof`. It needs npm, node 20 and, for the checker, Java; what it
installs from npm goes into build/proof and nowhere else. Filters of spam are asked where Debian's packages are.
Exit code 1: somebody found a fault, a score is under 97 (mean of Emailens' clients), 85 (Outlook for Windows) or
95 (accessibility), or one of twelve clients lacks what a design may rest on.
"""

import json
import re
import shutil
import subprocess
import sys
import time
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
PACKAGES = (
    "mjml@5.4.1",
    "mjml4@npm:mjml@4.18.0",
    "@emailens/engine@0.9.6",
    "caniemail@2.0.2",
    "vnu-jar@26.9.27",
)
#: A line of SpamAssassin's report, and the points that no rule on content may give.
RULE = re.compile(r"^\s*(-?[\d.]+) ([A-Z][A-Z0-9_]+)", re.MULTILINE)
HEAVIEST = 0.5
#: What rspamd says of the host that sends, which is none here; and a rule on nothing that anybody wrote:
#: whether a sum of links is odd (findings/rspamd-asks-whether-links-are-odd.sh).
OF_NO_CONTENT = (
    "HFILTER_",
    "DMARC_",
    "R_DKIM_",
    "R_SPF_",
    "ARC_",
    "RDNS_",
    "RCVD_",
    "URI_COUNT_ODD",
)
#: Seconds that rspamd may take to read its rules.
PATIENCE = 180
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
            archive_url="https://press.example.org/archive/s/today",
            opinion_at="https://press.example.org/opinion/today",
            reply_to="desk@press.example.org",
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
    return max(1 if found else 0, judged(), weighed())


def judged() -> int:
    """What SpamAssassin's rules on content say, without a network and without what it learnt."""
    if not shutil.which("spamassassin"):
        print("SpamAssassin: left out, it is not here (Debian: apt-get install spamassassin).")
        return 0
    command = ("spamassassin", "-L", "-t", "--cf=use_bayes 0")
    faults = 0
    for page in sorted((FOLDER / "letters").glob("*.html")):
        asked = subprocess.run(command, input=wire(page), capture_output=True, check=False)
        rules = RULE.findall(
            asked.stdout.decode(errors="replace").rpartition("Content analysis")[2]
        )
        faults += told(page, "SpamAssassin", {name: float(points) for points, name in rules})
    return 1 if faults else 0


def weighed() -> int:
    """What rspamd's rules on content say, asked on this machine."""
    if not shutil.which("rspamd"):
        print("rspamd: left out, it is not here (Debian: apt-get install rspamd).")
        return 0
    command = ("rspamd", "-f", "-i", "-c", "/etc/rspamd/rspamd.conf")
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as filtering:
        try:
            pages = sorted((FOLDER / "letters").glob("*.html"))
            return 1 if sum(told(page, "rspamd", symbols(page)) for page in pages) else 0
        finally:
            filtering.terminate()


def symbols(page: Path) -> dict[str, float]:
    """The rules of rspamd that hold for a letter, those on its content, with their points."""
    asked = subprocess.CompletedProcess[bytes]((), 1)
    end = time.monotonic() + PATIENCE
    while asked.returncode and time.monotonic() < end:
        command = ("rspamc", "--json", "symbols")
        asked = subprocess.run(command, input=wire(page), capture_output=True, check=False)
        time.sleep(1 if asked.returncode else 0)
    found = json.loads(asked.stdout)["symbols"].values()
    return {one["name"]: one["score"] for one in found if not one["name"].startswith(OF_NO_CONTENT)}


def wire(page: Path) -> bytes:
    """A letter as it leaves, without what a house's own mail server adds."""
    letter = EmailMessage()
    letter["From"], letter["To"] = "Harbour Press <desk@press.example.org>", "reader@example.org"
    letter["Subject"], letter["Date"] = "Harbours pact holds", format_datetime(datetime.now(UTC))
    letter["Message-ID"] = "<1.harbour@press.example.org>"
    letter.set_content(page.with_suffix(".txt").read_text())
    letter.add_alternative(page.read_text(), subtype="html")
    return letter.as_bytes()


def told(page: Path, who: str, rules: dict[str, float]) -> int:
    """Print which rules are heavy; how many."""
    heavy = [f"{name} {points:g}" for name, points in rules.items() if points > HEAVIEST]
    print(
        f"{page.stem}: {who}, rules above {HEAVIEST}: {', '.join(heavy) or 'none'} of {len(rules)}"
    )
    return len(heavy)


if __name__ == "__main__":
    sys.exit(main())
