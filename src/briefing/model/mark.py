"""Keyed marks: the same for the same address every time, and no way back without the key."""

import hmac

#: Hexadecimal digits of a mark that stands in links: 96 bits, so no two mailboxes share one.
SHORT = 24


class Marking:
    """Makes the marks of addresses; with another key they are other marks."""

    def __init__(self, key: bytes) -> None:
        """Make marks.

        Args:
            key: the house's oldest signing key, because marks must never change.
        """
        self._key = key
        self._begun = hmac.new(key, b"address\x00", "sha256")

    def __reduce__(self) -> tuple[type["Marking"], tuple[bytes]]:
        """Go to another process, where it is begun again."""
        return Marking, (self._key,)

    def address(self, email_key: str) -> str:
        """The mark of an address on every list: 64 hexadecimal digits."""
        marking = self._begun.copy()
        marking.update(email_key.encode())
        return marking.hexdigest()

    def reader(self, list_name: str, email_key: str) -> str:
        """The mark of an address on one list: `SHORT` hexadecimal digits."""
        # No address has a NUL, so no address is taken for a list with one.
        return self.address(f"{list_name}\x00{email_key}")[:SHORT]

    def of_key(self) -> str:
        """The mark of the key itself, by which a database knows it again: 16 digits."""
        return self.address("\x00key")[:16]
