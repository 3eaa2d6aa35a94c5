"""The first reader's letter as a file: what somebody opens who has only a browser."""

from pathlib import Path

from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.open_store import the_keys
from briefing.actions.review.preview import part_of, read_back
from briefing.config import Config
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Standing
from briefing.store import Store, write_whole


def first_letter(config: Config, store: Store, mailing: Mailing) -> Path | None:
    """Write the HTML of the first reader's letter next to the rendered email.

    It holds that reader's name and links, so it is written only where letters become files too.

    Returns:
        The file; None where letters leave, or where the list has no active reader.

    Raises:
        SendError: when the letter cannot be written.
    """
    reader = next(store.subscribers.each(mailing.list, Standing.ACTIVE), None)
    if reader is None or config.send.transport != "folder":
        return None
    letter = letter_writer(
        config,
        mailing.email,
        list_name=mailing.list,
        title=mailing.title,
        began=mailing.frozen_at,
        keys=the_keys(config),
    ).write(reader)
    path = config.drafts / mailing.edition / "letter.html"
    write_whole(path, part_of(read_back(letter), "html").encode())
    return path
