"""A language in config.toml: one that the program has tables for."""

from typing import Annotated

from pydantic import AfterValidator, Field

from briefing.languages import SUPPORTED, is_supported


def _supported(written: str) -> str:
    if written and not is_supported(written):
        raise ValueError(
            f"there are no rules for the language {written!r}; name one of {', '.join(SUPPORTED)}, "
            "or one of their variants, such as en-GB"
        )
    return written


#: BCP 47.
Language = Annotated[
    str,
    Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["en-GB"]),
    AfterValidator(_supported),
]
#: The same, or empty.
LanguageOrNone = Annotated[
    str,
    Field(pattern=r"^$|^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", examples=["en-GB"]),
    AfterValidator(_supported),
]
