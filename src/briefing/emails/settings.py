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
    #: What paid copy is called; in the words of the language's rules when empty.
    sponsor_label: str = ""
    #: BCP 47: the language of the newsroom's own words, and the voice of screen readers.
    language: str = "en-GB"
    #: Quotation marks, dashes and spaces by language, in what is shown.
    typography: bool = True
    #: Where links lead that are counted, without a slash at the end; empty where none is.
    count_at: str = ""
    #: Where a reader to whom somebody sent a letter on subscribes, and where it stands how the letter
    #: was made; empty where the house has no such page.
    subscribe_url: str = ""
    made_url: str = ""
    #: Where the archive shows the edition, and where two thumbs lead, without a slash at the end; empty where
    #: there is no archive, or nobody is asked.
    archive_url: str = ""
    opinion_at: str = ""
    #: The address at which answers to a letter reach the desk; empty where none do.
    reply_to: str = ""
