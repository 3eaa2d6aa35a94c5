"""The first reader's letter as a file: what somebody opens who has only a browser."""

from pathlib import Path

from briefing.actions.context import Desk
from briefing.actions.letters.send_settings import letter_writer
from briefing.actions.review.preview import part_of, read_back
from briefing.model.mailing import Mailing
from briefing.model.subscriber import Standing
from briefing.store import write_whole


def first_letter(desk: Desk, mailing: Mailing) -> Path | None:
    """Write the HTML of the first reader's letter next to the rendered email.

    It holds that reader's name and links, so it is written only where letters become files too.

    Returns:
        The file; None where letters leave, or where the list has no active reader.

    Raises:
        SendError: when the letter cannot be written.
    """
    reader = next(desk.store.subscribers.each(mailing.list, Standing.ACTIVE), None)
    if reader is None or desk.config.send.transport != "folder":
        return None
    letter = letter_writer(
        desk, mailing.email, list_name=mailing.list, title=mailing.title, began=mailing.frozen_at
    ).write(reader)
    path = desk.config.drafts / mailing.edition / "letter.html"
    write_whole(path, part_of(read_back(letter), "html").encode())
    return path
