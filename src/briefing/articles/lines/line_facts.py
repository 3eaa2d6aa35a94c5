"""What the words of a line say wherever it stands: read when the first pass asks, and kept for all others."""

from datetime import date
from functools import cached_property

from briefing.articles.text.dates import first_date, last_day
from briefing.articles.text.shared_words import words_of_passage
from briefing.articles.vocabulary.bylines import lone_name, lone_role
from briefing.articles.vocabulary.labels import lift_disclosure
from briefing.articles.vocabulary.payer_names import is_name
from briefing.articles.vocabulary.signings import names_alone, signed_and_dated, signed_with_job
from briefing.model.article import Author


class LineFacts:
    """The facts that more than one pass asks of a line; its kind may change between them, its words do not."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def day(self) -> date | None:
        """The first day that is named in it."""
        return first_date(self._text)

    @cached_property
    def last_day(self) -> date | None:
        """The day that is its last part, behind a name."""
        return last_day(self._text)

    @cached_property
    def words(self) -> frozenset[str]:
        """Those by which another passage may take it up."""
        return words_of_passage(self._text)

    @cached_property
    def authors_alone(self) -> tuple[Author, ...]:
        """Who is named, where it has names and nothing else."""
        return names_alone(self._text)

    @cached_property
    def authors_with_day(self) -> tuple[Author, ...]:
        """Who is named next to a day."""
        return signed_and_dated(self._text)

    @cached_property
    def authors_with_job(self) -> tuple[Author, ...]:
        """Who is named with what they do."""
        return signed_with_job(self._text)

    @cached_property
    def name(self) -> str | None:
        """The person whose name is all of it."""
        return lone_name(self._text)

    @cached_property
    def role(self) -> str | None:
        """The job that is all of it."""
        return lone_role(self._text)

    @cached_property
    def is_name(self) -> bool:
        """It may be the name of a person or a house."""
        return is_name(self._text)

    @cached_property
    def disclosure(self) -> tuple[str | None, str]:
        """The label before or behind a headline, and the headline without it."""
        return lift_disclosure(self._text)
