"""[lists.NAME]: who reads, and what they may choose."""

from pydantic import Field

from briefing.config.base import Table


class Topic(Table):
    """One thing that readers may ask for: the stories of some sections or sources."""

    #: As the preferences page names it.
    title: str = Field(min_length=1)
    #: What pages, or editors as a kicker, call it; capitals make no difference.
    sections: tuple[str, ...] = ()
    #: Names of [sources]: whatever comes from there.
    sources: tuple[str, ...] = ()


class ReaderList(Table):
    """A list of subscribers."""

    #: A CSV file whose new addresses join the list before each send; none when left out.
    path: str | None = None
    title: str = ""
    #: Anybody may ask to join by the form; without, only imports and `subscribers add` put people on it.
    public: bool = True
    #: Whoever has confirmed gets the last edition at once, where one left within 14 days.
    welcome: bool = True
    #: What readers may choose among, by a key that is kept with their choice.
    topics: dict[str, Topic] = Field(default={})
