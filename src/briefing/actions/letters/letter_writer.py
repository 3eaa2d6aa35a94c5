"""Edition + reader → letter, with the reader's own links; here or in processes next to this one."""

import pickle
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefing.actions.letters.processors import processors
from briefing.model.mail import Email, Letter
from briefing.model.mark import Marking
from briefing.model.subscriber import Subscriber
from briefing.sends.letters.dkim_settings import DkimSettings
from briefing.sends.letters.mime import LetterSettings, OwnParts, Postman
from briefing.subscribers.tokens import sign_each

if TYPE_CHECKING:
    from briefing.sends.letters.dkim import DkimSigner
    from briefing.sends.letters.signing_pool import SigningPool, SigningProgram

#: From so many letters on, processes that write them are worth their start.
_WORTH_PROCESSES = 1_000
#: One event loop posts some 2,500 letters a second; four processes sign as many, at 1.3 ms each.
_MOST_PROCESSES = 4
SIGNING_PROCESS = "briefing.actions.letters.signing_process"
_PURPOSES = {"unsubscribe_url": "unsubscribe", "preferences_url": "preferences", "view_url": "view"}


class LetterWriter:
    """Writes the letters of one edition, each with its reader's own links.

    It knows nothing of config.toml, and goes to a process next to this one as it is, what all letters share
    encoded already.
    """

    def __init__(  # noqa: PLR0913 - what all letters share
        self,
        email: Email,
        settings: LetterSettings,
        *,
        list_name: str,
        site: str,
        began: float,
        keys: tuple[bytes, ...],
        dkim: tuple[DkimSettings, ...] = (),
        variants: Mapping[int, Email] | None = None,
    ) -> None:
        """Encode what all letters share.

        Args:
            email: the rendered edition.
            settings: the headers that are the same for all.
            list_name: whose readers get them.
            site: where the links lead, without a slash at its end.
            began: the letters' date; seconds since 1970.
            keys: of the links and the Message-IDs, the newest first.
            dkim: sign every letter, the last one's signature first.
            variants: other forms of the edition, by number; 0 is `email` itself.

        Raises:
            SendError: when a value cannot stand where it must, or a DKIM key is not one.
        """
        self._edition, self._key, self._site = email.edition_id, keys[0], site
        self._list, self._marking = list_name, Marking(keys[-1])
        self._is_signed = bool(dkim)
        signers = _signers(dkim)
        self._postmen = {
            number: Postman(
                form,
                settings,
                date=datetime.fromtimestamp(began, UTC),
                key=keys[-1],
                signers=signers,
            )
            for number, form in {0: email, **(variants or {})}.items()
        }

    def write(self, reader: Subscriber, variant: int = 0) -> Letter:
        """The letter for one reader, of the whole edition or of one of its variants.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        return self._postmen[variant].letter(reader, self.links(reader, variant))

    def own_parts(self, reader: Subscriber, variant: int = 0) -> OwnParts:
        """What is a reader's own of the letter.

        Raises:
            SendError: when a value cannot stand where it must.
        """
        return self._postmen[variant].own_parts(reader, self.links(reader, variant))

    def joined(self, own: OwnParts, variant: int = 0) -> Letter:
        """The letter that has these parts of a reader's own."""
        return self._postmen[variant].joined(own)

    def signing_pool(
        self, letters: int, senders: int = 1, program: "SigningProgram | None" = None
    ) -> "SigningPool":
        """Who write so many letters: other processes, where they are signed and it is worth it.

        Args:
            letters: how many wait.
            senders: how many post on this machine side by side, the one that asks included. As many as there
                are cores keep all of them at work by themselves.
            program: what `signing_ahead` started.
        """
        # It brings the event loop that those processes do not need.
        from briefing.sends.letters.signing_pool import SigningPool, SigningSetup  # noqa: PLC0415

        processes = processes_for(letters, senders) if self._is_signed else 0
        if not processes:
            return SigningPool(self)
        told = pickle.dumps(self)
        setup = SigningSetup(
            module=SIGNING_PROCESS, told=told, processes=processes, program=program
        )
        return SigningPool(self, setup)

    def links(self, reader: Subscriber, variant: int = 0) -> dict[str, str]:
        """The reader's own addresses; a token holds for one purpose and names no one in clear.

        It holds even where the database knows no such reader any more, by the mark it carries.
        """
        mark = self._marking.reader(self._list, reader.email.casefold())
        claims = {"edition": self._edition, "mark": mark, "reader": reader.ref}
        if variant:
            claims["variant"] = str(variant)  # the page in the browser shows the same form
        tokens = sign_each(_PURPOSES.values(), claims, self._key)
        return {
            name: f"{self._site}/{purpose}/{token}"
            for (name, purpose), token in zip(_PURPOSES.items(), tokens, strict=True)
        }


def processes_for(letters: int, senders: int = 1) -> int:
    """How many processes sign so many letters next to so many senders; 0 where senders do it themselves."""
    # One a core, though this process works too: it posts and waits for the disk and the relay.
    cores = processors()
    return 0 if cores <= senders or letters < _WORTH_PROCESSES else min(cores, _MOST_PROCESSES)


def _signers(keys: tuple[DkimSettings, ...]) -> "tuple[DkimSigner, ...]":
    if not keys:
        return ()
    # It brings the cryptography that a house without a key does not need.
    from briefing.sends.letters.dkim import DkimSigner  # noqa: PLC0415

    return tuple(DkimSigner(one.domain, one.selector, one.private_key) for one in keys)
