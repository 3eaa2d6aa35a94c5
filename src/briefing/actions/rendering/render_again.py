"""An email that was rendered before: the same edition, settings and design give the same bytes again."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from briefing.actions.last_results import LastResults, fingerprint
from briefing.emails import EmailSettings
from briefing.model.edition import Edition
from briefing.model.mail import Email

#: Rooms whose code decides what an email looks like.
_MAKERS = ("emails", "languages", "model")


def render_again(edition: Edition, settings: EmailSettings, file: Path) -> Email:
    """What `render` makes of an edition; it is asked only where something of it is new.

    Args:
        edition: as it stands.
        settings: the design and the facts about the house.
        file: where the email that was rendered last is kept.

    Raises:
        TemplateError, TokenError, EditionError: as `render`.
    """
    design = _design(settings.template)
    if design is None:
        return _rendered(edition, settings)
    last = LastResults(file, emails_json())
    mark = fingerprint(_MAKERS, settings, design, edition)
    email = last.get(mark) or _rendered(edition, settings)
    last.keep({mark: email})
    return email


def render_each_again(
    editions: Sequence[Edition], settings: EmailSettings, file: Path
) -> list[Email]:
    """As `render_again`, for several editions that are kept in one file."""
    design = _design(settings.template)
    if design is None:
        return [_rendered(edition, settings) for edition in editions]
    last = LastResults(file, emails_json())
    marks = [fingerprint(_MAKERS, settings, design, edition) for edition in editions]
    emails = [
        last.get(mark) or _rendered(edition, settings)
        for mark, edition in zip(marks, editions, strict=True)
    ]
    if emails:
        last.keep(dict(zip(marks, emails, strict=True)))
    return emails


@cache
def emails_json() -> TypeAdapter[dict[str, Email]]:
    """What reads and writes emails by fingerprint as JSON."""
    return TypeAdapter(dict[str, Email])


def _rendered(edition: Edition, settings: EmailSettings) -> Email:
    from briefing.emails.render import render  # noqa: PLC0415 - Jinja and MJML are slow to import

    return render(edition, settings)


def _design(folder: Path) -> tuple[tuple[str, bytes], ...] | None:
    """Every file of a design with what is in it; None where that cannot be told."""
    paths = sorted(folder.rglob("*"))
    if any(path.is_symlink() and path.is_dir() for path in paths):
        return None  # what lies behind is not among the paths
    try:
        files = [path for path in paths if not path.is_dir()]
        return tuple((str(path.relative_to(folder)), path.read_bytes()) for path in files)
    except OSError:
        return None
