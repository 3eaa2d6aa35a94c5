"""Labels: what stands above or before a headline and is no part of it."""

import re

#: Closed on purpose: most colons in headlines are no labels ("Cabinet audit: …").
EDITORIAL = (
    "Exclusive",
    "Updated",
    "Update",
    "Live",
    "Watch",
    "Video",
    "Breaking",
    "Revealed",
    "Analysis",
    "Opinion",
    "Comment",
)
_LIFTED = re.compile(rf"^({'|'.join(EDITORIAL)})\s*[:|]\s*(?=\S)", re.IGNORECASE)
_ALONE = re.compile(rf"^({'|'.join(EDITORIAL)})[:!]?$", re.IGNORECASE)

_KIND = (
    r"(?:content|feature|article|post|story|supplement|section|message|promotion|partnership|copy)"
)
_DISCLOSURE = re.compile(
    rf"""^[\[(*—–-]*\s*(?:
      (?:advertisement|advertiser|advertising|ad|advert|sponsor(?:ed)?|paid(?:[ -]for)?|promoted
        |partner(?:ed)?|commercial|branded|native)(?:[ -]{_KIND})?
      |advertorial|promotion|promotional[ -]{_KIND}|ad
      |(?:contenu|article|publi)[ -]?(?:sponsorisé|partenaire|rédactionnel)|publicité|publireportage
      |anzeige|werbung|gesponserter?[ ](?:inhalt|beitrag)
      |publirreportaje|contenido[ ]patrocinado|publicidad
      |contenuto[ ]sponsorizzato|pubblicità|conteúdo[ ]patrocinado
      |gesponsorde[ ]inhoud|advertentie|annons|annonse|reklame
    )\s*(?:(?:by|from|for|with|par|von|de|av|da|door)\s+(?P<payer>[^.]{{2,80}}?))?\s*[\])*—–:.-]*$""",
    re.IGNORECASE | re.VERBOSE,
)


def lift_label(headline: str) -> tuple[str | None, str]:
    """The label in front of a headline, if there is one, and the headline without it."""
    match = _LIFTED.match(headline)
    return (match[1], headline[match.end() :]) if match else (None, headline)


def lone_label(line: str) -> str | None:
    """The label when the line is nothing else."""
    match = _ALONE.match(line)
    return match[1] if match else None


def disclosure(line: str) -> tuple[str, str | None] | None:
    """For a line that says somebody paid, and says nothing else: the line and the payer if named."""
    match = _DISCLOSURE.match(line)
    return (line, match["payer"]) if match else None
