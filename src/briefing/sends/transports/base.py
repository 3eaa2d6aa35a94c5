"""What every transport can do."""

from typing import Protocol

from briefing.model.delivery import Delivery
from briefing.model.mail import Letter


class Transport(Protocol):
    """Something that takes letters out of the house."""

    def post(self, letter: Letter) -> Delivery:
        """Post one letter and say what became of it.

        Raises:
            TransportError: when no letter can be posted at all; `permanent` says whether later
                tries are worth while.
        """
        ...
