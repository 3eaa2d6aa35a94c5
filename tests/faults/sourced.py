"""A house whose sources are a feed server's."""

from datetime import UTC, datetime

from tests.desks import act
from tests.faults.feed_server import prose
from tests.newsrooms import new_house

from briefing.actions.gather.gather import gather
from briefing.actions.gather.source_status import states
from briefing.config import load_config

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


class SourcedHouse:
    """A house whose sources are tables we write."""

    def __init__(self, folder, server, tables):
        written = ""
        for name, table in tables.items():
            written += f"[sources.{name}]\n"
            written += "".join(f"{key} = {value!r}\n" for key, value in table.items())
        written = written.replace("True", "true")
        new_house(
            folder,
            sources=f'{written}\n[fetch]\nallow = ["127.0.0.1:{server.port}"]\n',
        )
        path = folder / "config.toml"
        path.write_text(path.read_text().replace("max_items = 12", "max_items = 100"))
        self.config, self.folder = load_config(path, {}), folder

    def gather(self):
        return act(gather, self.config, self.config.briefing("staggers"))

    def headlines(self):
        return [article.headline for page in self.gather().pages for article in page.articles]

    def state(self, name):
        return next(state for state in act(states, self.config) if state.name == name)


def feed(server, path, **more):
    return {"kind": "feed", "url": server.url(path), "seconds": 60, "days": 3650, **more}


def make(folder, server, tables):
    folder.mkdir(exist_ok=True)
    return SourcedHouse(folder, server, tables)


def article_page(name):
    return f"<html><body><article><h1>{name} speaks</h1><p>{prose(name, 1)}</p></article></body></html>"
