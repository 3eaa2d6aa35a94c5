"""Editions and their rendered emails, one folder an edition."""

from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from briefing.errors import StoreError
from briefing.model.edition import Edition
from briefing.model.mail import Email
from briefing.store.files import write_whole

_EDITION = TypeAdapter(Edition)
_EMAIL = TypeAdapter(Email)
Noun = TypeVar("Noun", Edition, Email)


class Drafts:
    """Keeps `<folder>/<edition id>/edition.json`, `email.json`, `briefing.html` and `.txt`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save_edition(self, edition: Edition) -> Path:
        """Keep an edition; an email rendered from an earlier state of it is taken away."""
        path = self.folder / edition.id / "edition.json"
        content = _EDITION.dump_json(edition, indent=2)
        if path.exists() and path.read_bytes() != content:
            (path.parent / "email.json").unlink(missing_ok=True)
        write_whole(path, content)
        return path

    def save_email(self, email: Email) -> Path:
        """Keep the rendered email and, for eyes, its two parts as files of their own."""
        folder = self.folder / email.edition_id
        write_whole(folder / "briefing.html", email.html.encode())
        write_whole(folder / "briefing.txt", email.text.encode())
        write_whole(folder / "email.json", _EMAIL.dump_json(email, indent=2))
        return folder / "briefing.html"

    def edition(self, name: str) -> Edition:
        """The edition with that id.

        Raises:
            StoreError: when there is none, naming those there are.
        """
        path = self.folder / name / "edition.json"
        if not path.is_file():
            raise StoreError(
                f"There is no edition {name!r} in {self.folder}; "
                f"there are: {', '.join(self.names()) or 'none. Run `briefing draft` first'}."
            )
        return _load(_EDITION, path)

    def email(self, name: str) -> Email:
        """The rendered email of that edition.

        Raises:
            StoreError: when the edition is not there or not rendered since it last changed.
        """
        self.edition(name)
        path = self.folder / name / "email.json"
        if not path.is_file():
            raise StoreError(
                f"Edition {name!r} is not rendered, or changed since; run `briefing render {name}`."
            )
        return _load(_EMAIL, path)

    def rendered_otherwise(self, name: str, email: Email) -> bool:
        """True when the edition is there, rendered, and its email is another than this one."""
        path = self.folder / name / "email.json"
        return path.is_file() and _load(_EMAIL, path) != email

    def names(self) -> tuple[str, ...]:
        """The ids of all editions kept, oldest name first."""
        return tuple(sorted(path.parent.name for path in self.folder.glob("*/edition.json")))

    def newest(self, briefing: str) -> str:
        """The id of the briefing's latest edition.

        Raises:
            StoreError: when the briefing has none.
        """
        names = [name for name in self.names() if name[: -len("-YYYY-MM-DD")] == briefing]
        if not names:
            raise StoreError(
                f"{briefing} has no edition in {self.folder}; "
                f"run `briefing draft {briefing}` first."
            )
        return names[-1]


def _load(adapter: TypeAdapter[Noun], path: Path) -> Noun:
    try:
        return adapter.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise StoreError(
            f"{path} cannot be read back: {error}. Draft the edition anew with `briefing draft`."
        ) from error
