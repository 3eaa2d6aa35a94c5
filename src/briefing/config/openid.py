"""[desk.openid]: an OpenID provider of the house that says who somebody is."""

from typing import Literal

from pydantic import Field, SecretStr

from briefing.config.base import Table


class OpenId(Table):
    """Who may be believed about who signs in; what they may do at the desk stays with `briefing editors`."""

    #: As the provider calls itself: its description is at ISSUER/.well-known/openid-configuration.
    issuer: str = Field(
        pattern=r"^(https://[^\s?#]+|http://(127\.0\.0\.1|localhost)(:\d{1,5})?[^\s?#]*)$",
        examples=["https://login.example.org"],
    )
    client_id: str = Field(min_length=1)
    #: Better from BRIEFING_DESK__OPENID__SECRET than written into the file.
    secret: SecretStr = SecretStr("")
    secret_file: str = ""
    #: What the button says after "Sign in with".
    title: str = Field(default="your house's account", min_length=1)
    #: By what of theirs somebody is known; an e-mail address counts only where the provider verified it.
    claim: Literal["email", "sub", "preferred_username"] = "email"
    #: By the value of that claim, the editor's name here; the value itself is the name when left out.
    people: dict[str, str] = Field(default={})
