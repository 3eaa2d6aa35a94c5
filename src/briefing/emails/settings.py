"""What a design needs to know of the house."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailSettings:
    """The design and the facts about the house that it prints."""

    #: The folder of the design: `briefing.mjml.j2`, `briefing.txt.j2`, `theme.css`, `parts/`.
    template: Path
    site_name: str
    public_url: str
    postal_address: str
    sponsor_label: str = "Advertisement feature"
    #: BCP 47, for screen readers.
    language: str = "en-GB"
    direction: str = "ltr"
    #: Where links lead that are counted, without a slash at the end; empty where none is.
    count_at: str = ""
