"""[briefings.NAME]: what a briefing prints, how, for whom and when."""

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from briefing.clock import time_zone
from briefing.config.base import Table
from briefing.schedules import DaysOff, Schedule


class StandingBlock(Table):
    """[[briefings.NAME.blocks]]: a part of every edition that comes out of a file or a feed."""

    #: Its name in orders of blocks; none of the kinds' own.
    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", examples=["business"])
    #: What stands above it.
    title: str = Field(min_length=1)
    #: It is set as this, and follows the design's block of that kind; a design without it prints none.
    kind: Literal["text", "today", "numbers", "quote"] = "text"
    #: UTF-8 text in the small Markdown of the desk; with `%m-%d` or the like, the file of the day.
    file: str = ""
    #: The name of a source of kind feed: its newest headlines.
    feed: str = ""
    #: So many headlines of a feed.
    most: int = Field(default=5, ge=1, le=20)

    @property
    def is_dated(self) -> bool:
        """True where each day has a file of its own."""
        return "%" in self.file


class Briefing(Table):
    """One briefing: what it prints, how, and for whom."""

    title: str = Field(min_length=1)
    template: str
    list: str
    sources: tuple[str, ...] = Field(min_length=1)
    time_zone: str = "Europe/London"
    #: `required`: nothing leaves without the word of `approvers` people on its very bytes.
    approval: Literal["required", "automatic"] = "automatic"
    approvers: int = Field(default=1, ge=1, le=5)
    #: The hour, as `06:30`, or several, on the days of `days` or `every`; or `cron` instead. Neither: by hand.
    at: str | tuple[str, ...] | None = None
    days: str = "mon-sun"
    #: Days in words, such as "second monday" or "weekdays except holidays"; see docs/running.md.
    every: str | None = None
    cron: str | None = None
    #: Days without an edition: dates of one's own, and the public holidays of a country or region (ISO 3166).
    holidays: tuple[date, ...] = ()
    holidays_of: str = ""
    #: Minutes before the hour at which the draft is made.
    draft_at: int = Field(default=60, ge=0, le=1_380)
    #: Minutes after the hour until which a late edition is still sent.
    latest_start: int = Field(default=120, ge=1, le=1_380)
    on_unapproved: Literal["hold", "skip", "alert"] = "hold"
    #: Where what is new in a story is told that carries on one of the last 14 days.
    follow_ups: Literal["desk", "letter"] = "desk"
    min_items: int = Field(default=1, ge=1)
    max_items: int = Field(default=12, ge=1)
    #: Parts that stand in every edition, in their order behind blocks of their kind.
    blocks: tuple[StandingBlock, ...] = ()
    #: So many forms of an edition are made for what readers choose, the whole one among them.
    max_variants: int = Field(default=16, ge=1, le=64)

    @property
    def schedule(self) -> Schedule | None:
        """When it is due; None when it is only sent by hand.

        Raises:
            ValueError: when the schedule is not one; `briefing check` has said so before.
        """
        off = DaysOff(frozenset(self.holidays), self.holidays_of)
        if self.cron is not None:
            return Schedule.cron(self.cron, self.time_zone, off)
        if self.at is not None and self.every is not None:
            return Schedule.said(self.every, self.at, self.time_zone, off)
        if self.at is not None:
            return Schedule.daily(self.at, self.days, self.time_zone, off)
        return None

    @property
    def is_by_hour(self) -> bool:
        """True when a day has several editions, whose names tell the hour."""
        return not isinstance(self.at, str | None) and len(set(self.at)) > 1

    def slot_by_hand(self, now: datetime) -> datetime:
        """The local time that an edition made by hand is for: of a day with several the next, else the last."""
        local = now.astimezone(time_zone(self.time_zone))
        schedule = self.schedule if self.is_by_hour else None
        day = list(schedule.on(local.date())) if schedule else []
        coming = [due.wall for due in day if due.at >= now]
        return (coming or [due.wall for due in day[-1:]] or [local])[0]
