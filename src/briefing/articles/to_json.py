"""An article as the JSON that `briefing split --json` prints."""

from briefing.model.article import Article, Verdict

_SPONSORED: dict[Verdict, bool | str] = {
    Verdict.EDITORIAL: False,
    Verdict.ISSUED: False,
    Verdict.SPONSORED: True,
    Verdict.UNSURE: "unsure",
}


def as_record(article: Article) -> dict[str, object]:
    """The record of one piece; its keys are a promise to programs."""
    sponsorship = article.sponsorship
    issued = Verdict.ISSUED in (sponsorship.verdict, sponsorship.suspected)
    return {
        "headline": article.headline,
        "standfirst": article.standfirst,
        "standfirst_truncated": article.standfirst_truncated,
        "byline": [{"name": author.name, "role": author.role} for author in article.byline],
        "paragraphs": [paragraph.text for paragraph in article.paragraphs],
        "captions": list(article.captions),
        "pictures": [
            {"url": one.url, "alt": one.alt, "caption": one.caption, "credit": one.credit}
            for one in article.pictures
        ],
        "section": article.section,
        "updates": [
            {
                "at": one.at.isoformat() if one.at else None,
                "heading": one.heading,
                "first": one.first,
            }
            for one in article.updates
        ],
        "labels": list(article.labels),
        "published": article.published.isoformat() if article.published else None,
        "canonical_url": article.canonical_url,
        "verdict": sponsorship.verdict.value,
        "sponsored": _SPONSORED[sponsorship.verdict],
        "sponsor": None if issued else sponsorship.sponsor,
        "issued_by": sponsorship.sponsor if issued else None,
        "sponsor_basis": sponsorship.basis,
        "supplement": sponsorship.supplement,
        "evidence": [
            {"points": reason.points, "text": reason.text, "where": reason.where}
            for reason in sponsorship.evidence
        ],
        "removed": [{"text": line.text, "reason": line.reason} for line in article.removed],
        "flags": list(article.flags),
        "duplicate_of": article.duplicate_of,
    }
