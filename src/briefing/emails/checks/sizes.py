"""How big an email may be."""

from briefing.emails.checks.rule import EMAIL, ERROR, HEAD, WARNING, Fault, Faults, rule
from briefing.emails.checks.sample import Proof

#: Bytes. Gmail shows so much of a message and hides the rest behind "View entire message".
CLIPPED = 102_400
_NEAR = 80_000
_ONE_SHEET, _ALL_SHEETS = 16_384, 12_000


@rule(
    "size-html",
    ERROR,
    WARNING,
    reason="Gmail cuts a longer message off, and the unsubscribe link with it.",
    source="Gmail clips at 102 kB (widely measured, Google gives no figure; read 2026-11-22)",
)
def size_html(proof: Proof) -> Faults:
    """The HTML part of the longest reader's letter has at most 102,400 bytes; from 80,000 it warns."""
    size = len(proof.html.encode())
    if size > _NEAR:
        severity = ERROR if size > CLIPPED else WARNING
        message = (
            f"The HTML part has {size:,} bytes of {CLIPPED:,}; print fewer or shorter stories."
        )
        yield Fault(severity, message, EMAIL)


@rule(
    "size-style",
    ERROR,
    WARNING,
    reason="Gmail drops a whole <style> that is too long, dark mode and phone rules with it.",
    source="Gmail's limit of 16 kB a <style>, caniemail.com, html-style (read 2026-11-22)",
)
def size_style(proof: Proof) -> Faults:
    """No <style> has more than 16,384 bytes, all together at most 12,000."""
    sizes = [len(sheet.encode()) for sheet in proof.sheets]
    for size in sizes:
        if size > _ONE_SHEET:
            message = f"A <style> has {size:,} bytes of {_ONE_SHEET:,}; drop rules of the design."
            yield Fault(ERROR, message, HEAD)
    if sum(sizes) > _ALL_SHEETS:
        message = f"The <style> blocks have {sum(sizes):,} bytes of {_ALL_SHEETS:,}; drop rules."
        yield Fault(WARNING, message, HEAD)
