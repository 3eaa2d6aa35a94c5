"""A house with one briefing on weekdays, a clock in our hands, and a week."""

from datetime import UTC, datetime, timedelta

from tests.newsrooms import new_house, pieces_of

from briefing.actions.open_store import the_store
from briefing.actions.schedule.run_due_slots import SlotRunner

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def story(day, title):
    """A page of its own: no two share a run of five words."""
    sentences = " ".join(pieces_of(title))
    return f"{title} divides the assembly\n\nBy Ines Calder\n\nOn {day} it began. {sentences}\n"


class Week:
    """A house with one briefing at 06:30 on weekdays, a clock in our hands, and a week."""

    def __init__(self, folder, *, unscheduled=False, **settings):
        hour = {} if unscheduled else {"at": "06:30", "days": "mon-fri"}
        values = {**hour, "draft_at": "60", "latest_start": "120", "min_items": "1"} | settings
        self.folder, self.now, self.told = folder, MONDAY, []
        self._sleeps = settings.keys().isdisjoint(("at", "draft_at", "latest_start"))
        self.environment = {
            f"BRIEFING_BRIEFINGS__STAGGERS__{key.upper()}": value for key, value in values.items()
        }
        self.config = new_house(folder, pages={}, settings=self.environment)
        self.slot_runner = self.start()

    def by(self, relay):
        """Its configuration when letters go to a relay."""
        smtp = self.config.send.smtp.model_copy(
            update={"host": "127.0.0.1", "port": relay.port, "security": "none"}
        )
        send = self.config.send.model_copy(update={"transport": "smtp", "smtp": smtp})
        return self.config.model_copy(update={"send": send})

    def start(self):
        """A fresh process."""
        return SlotRunner(self.config, lambda: self.now, tell=self.told.append)

    def page(self, day, title):
        (self.folder / "seeds" / f"{day}.txt").write_text(story(day, title))

    def live(self, until, *, step=None, down=None):
        """Let the clock run, looking every few minutes, but for the time the desk is down.

        When nothing can be due, from nine to five, it looks a few times unless it is told a step: each look
        opens the store.
        """
        while self.now < until:
            idle = self._sleeps and not 5 <= self.now.hour < 9
            if idle and not step:
                self.now = min(self._woken(), until, *(end for end in down or () if end > self.now))
            else:
                self.now += step or timedelta(minutes=15)
            if down and down[0] <= self.now < down[1]:
                continue
            if down and self.now == down[1]:
                self.slot_runner = self.start()
            self.slot_runner.attend("staggers")

    def _woken(self):
        """When an idle clock looks next: the last time as the morning begins."""
        midnight = self.now.replace(hour=0, minute=0)
        return next(
            look
            for look in (midnight + timedelta(hours=hour) for hour in (5, 12, 18, 24))
            if look > self.now
        )

    def slots(self):
        with the_store(self.config, self.now) as store:
            return {
                record.slot[:10]: record.course for record in store.slots.newest("staggers", 99)
            }

    def letters(self):
        return {
            folder.name: len(list(folder.iterdir()))
            for folder in sorted((self.folder / "var" / "outbox").glob("*"))
        }


def at(day, hour, minute=0):
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)
