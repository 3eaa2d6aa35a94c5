"""Lines of a book of departures."""

from briefing.model.departure import About, Departure


def line(number: int, **more) -> Departure:
    """The line of a reader with that number, at that second."""
    said = {"about": About.READER, "mark": f"{number:024x}", "becomes": "unsubscribed"}
    return Departure(**{**said, "at": float(number), "ref": f"{number:016x}", **more})
