"""Secrets: from the environment, or the file that holds one."""

from pydantic import SecretStr

from briefing.config.models import Config
from briefing.errors import ConfigError, why


def secret_of(config: Config, place: str, secret: SecretStr, secret_file: str) -> str:
    """A secret as config.toml names it.

    Args:
        config: the house.
        place: the table it belongs to, such as `webhooks.shop`.
        secret: of the environment or the table itself.
        secret_file: the file that holds it instead; "" for none.

    Raises:
        ConfigError: when there is none, or the file cannot be read.
    """
    if secret_file:
        path = config.path(secret_file)
        try:
            return path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(
                (f"[{place}] secret_file: {path} cannot be read: {why(error)}.",)
            ) from error
    found = secret.get_secret_value()
    if not found:
        name = place.upper().replace(".", "__")
        raise ConfigError(
            (f"[{place}] has no secret: set BRIEFING_{name}__SECRET, or name a secret_file.",)
        )
    return found
