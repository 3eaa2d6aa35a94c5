"""What config.toml says of digests, and the names that it may give; nothing here brings an engine along."""

from dataclasses import dataclass

#: The engine where config.toml names none.
DEFAULT = "edmundson"
#: The engines by name; `engines.ENGINES` has what each does.
ENGINE_NAMES = ("edmundson", "lexrank", "textrank", "lsa", "luhn", "kl", "reduction", "sumbasic")
#: In the flag of a digest whose engine failed.
FAILED = "rated by place and headline alone"
#: Names that config.toml may still give, and what they mean now.
OLD_NAMES = {"desk": DEFAULT}


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """Which engine rates the sentences, and how long a digest is."""

    engine: str = DEFAULT
    #: Words of a digest, least and most; whole sentences decide where between them it ends.
    words: tuple[int, int] = (60, 90)
    #: The largest number of sentences; it grows where they are too short to fill the window.
    sentences: int = 5
