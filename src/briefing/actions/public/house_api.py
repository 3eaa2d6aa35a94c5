"""The API's verbs: what a program of the house's own may read, and what it may ask for.

A wish to subscribe and a wish to leave go the same way as on the public pages: the mailbox itself confirms,
and whoever left stays gone.
"""

import html
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from briefing.actions.audit import log_action
from briefing.actions.context import Desk
from briefing.actions.public.archive import Listed, path_of, shelf
from briefing.actions.public.form import Wish, wish_by_token
from briefing.actions.public.signup import READING, site_of
from briefing.config import PagesSource
from briefing.errors import EditionError, SubscriberError
from briefing.model.mailing import Mailing
from briefing.model.network.access_token import AccessToken
from briefing.model.subscriber import Standing
from briefing.store import write_whole
from briefing.subscribers.addresses import checked_address

_MONTH = 30 * 86_400.0


def holder_of(desk: Desk, secret: str) -> AccessToken | None:
    """Whose secret this is; None when it is nobody's, or its time is over."""
    return desk.store.access_tokens.holder(secret, desk.clock().timestamp())


def sent_editions(desk: Desk, briefing: str | None) -> list[tuple[str, Listed, str]]:
    """Editions that were sent or are being sent, newest first: briefing, edition, address in the archive.

    Raises:
        SubscriberError: when there is no such briefing.
    """
    names = [briefing] if briefing else list(desk.config.briefings)
    found = [
        (name, one, f"{site_of(desk)}{path_of(name, one.edition)}")
        for name in names
        for one in shelf(desk, name).editions
    ]
    return sorted(found, key=lambda one: (one[1].at, one[1].edition), reverse=True)


def editions_page(
    desk: Desk, briefing: str | None, limit: int, cursor: str | None
) -> tuple[list[tuple[str, Listed, str]], str | None]:
    """Some of `sent_editions`, and the cursor of the next page; None on the last.

    An edition that is sent between two calls stands before the cursor, so that no page repeats or misses one.

    Args:
        desk: the desk.
        briefing: of this one alone.
        limit: editions a page.
        cursor: the id of the last edition of the page before.

    Raises:
        SubscriberError: when there is no such briefing, or no such edition among its own.
    """
    found = sent_editions(desk, briefing)
    if cursor is not None:
        names = [one.edition for _, one, _ in found]
        if cursor not in names:
            raise SubscriberError(
                f"There is no edition {cursor[:100]!r} to go on from. Ask again without the cursor."
            )
        found = found[names.index(cursor) + 1 :]
    page = found[:limit]
    return page, page[-1][1].edition if len(found) > limit else None


def sent_edition(desk: Desk, edition: str) -> tuple[str, Listed, str, Mailing]:
    """One of them, with its mailing.

    Raises:
        SubscriberError: when there is none of that name.
    """
    mailing = desk.store.mailings.find(edition) if edition.isprintable() else None
    if mailing is not None and mailing.briefing in desk.config.briefings:
        for name, one, url in sent_editions(desk, mailing.briefing):
            if one.edition == edition:
                return name, one, url, mailing
    raise SubscriberError(f"There is no edition {edition[:100]!r} that was sent.")


def letters_of(desk: Desk, mailing: Mailing) -> dict[str, int]:
    """How many letters of an edition are in which state."""
    return {
        str(state): count for state, count in desk.store.ledger(mailing.number).counts().items()
    }


def list_standings(desk: Desk) -> dict[str, dict[str, int]]:
    """How many readers of each list stand how."""
    return {
        name: {str(stands): count for stands, count in desk.store.subscribers.counts(name).items()}
        for name in desk.config.lists
    }


def complaints_lately(desk: Desk) -> int:
    """How many complaints came within 30 days."""
    return desk.store.bounces.complaints(desk.clock().timestamp() - _MONTH)


def coming_editions(desk: Desk) -> list[tuple[str, str, datetime]]:
    """The next slot of each briefing that has a schedule: briefing, slot, moment in UTC."""
    now, found = desk.clock(), []
    for name, briefing in desk.config.briefings.items():
        due = briefing.schedule.after(now) if briefing.schedule else None
        if due is not None:
            found.append((name, due.slot, due.at.astimezone(UTC)))
    return found


def ask_to_join(desk: Desk, token: AccessToken, list_name: str, address: str) -> Wish:
    """A wish to subscribe, as far as it can be checked before the mailbox itself is asked.

    Raises:
        SubscriberError: when it is not an address, or nobody may join the list.
        HeldBack: when too many were asked lately.
    """
    return wish_by_token(desk, list_name, address, token.name)


def let_go(desk: Desk, token: AccessToken, address: str, list_name: str | None) -> int:
    """Take an address off one list, or all; says off how many. A second time it is 0.

    Raises:
        SubscriberError: when it is not an address, or there is no such list.
    """
    if list_name is not None and list_name not in desk.config.lists:
        raise SubscriberError(f"There is no list {list_name[:63]!r} here.")
    _, key = checked_address(address)
    now = desk.clock().timestamp()
    return sum(
        desk.store.subscribers.change(
            reader.id,
            Standing.UNSUBSCRIBED,
            only_from=(*READING, Standing.BOUNCED),
            cause="left by the API",
            actor=f"token {token.name}",
            now=now,
        )
        for reader in desk.store.subscribers.find(key, list_name)
    )


def put_page(
    desk: Desk, token: AccessToken, source: str, *, headline: str, content: str, is_markup: bool
) -> tuple[str, bool]:
    """Put a page into a source of saved pages; the next draft reads it like any other.

    Args:
        desk: the desk.
        token: whose.
        source: the source's key in config.toml.
        headline: printed above a text; the page's title for markup.
        content: paragraphs with blank lines between them; or HTML, a page or what stands in its article.
        is_markup: it is HTML.

    Returns:
        The file's name, by its content, and whether it is new.

    Raises:
        EditionError: when there is no such source, or it cannot be written.
    """
    kept = desk.config.sources.get(source)
    if not isinstance(kept, PagesSource):
        raise EditionError(f"There is no source {source[:63]!r} of saved pages here.")
    body, ending = _page(headline, content, is_markup=is_markup)
    name = f"api-{sha256(body).hexdigest()[:16]}{ending}"
    path = desk.config.path(kept.path) / name
    if path.exists():
        return name, False
    _write(path, body)
    log_action(desk, f"token {token.name}", "put page", detail=f"{name} into {source}")
    return name, True


def _write(path: Path, body: bytes) -> None:
    if not path.parent.is_dir():
        raise EditionError("The source is not a folder, so nothing can be put into it.")
    write_whole(path, body, mode=0o644)


def _page(headline: str, content: str, *, is_markup: bool) -> tuple[bytes, str]:
    if not is_markup:
        return f"{headline}\n\n{content.strip()}\n".encode(), ".txt"
    if "<html" in content[:2_000].lower():
        return content.encode(), ".html"
    title = html.escape(headline)
    head = f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>'
    body = f"<body><article><h1>{title}</h1>\n{content}\n</article></body></html>\n"
    return f"{head}\n{body}".encode(), ".html"
