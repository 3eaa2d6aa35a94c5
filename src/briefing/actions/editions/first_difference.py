"""The first place at which two things differ, in a sentence."""

from collections.abc import Mapping

#: Characters shown before the place, and from it on.
_BEFORE, _AFTER = 20, 60


def in_text(name: str, was: str, now: str) -> str | None:
    """Where two texts part; None when they are the same."""
    if was == now:
        return None
    both = min(len(was), len(now))
    at = next((place for place in range(both) if was[place] != now[place]), both)
    line, column = was.count("\n", 0, at) + 1, at - was.rfind("\n", 0, at)
    return f"{name}, line {line}, column {column}: {_part(was, at)} then, {_part(now, at)} now."


def in_values(was: object, now: object, place: str = "") -> str | None:
    """Where two values of JSON part: the first key, list or text that differs; None when nowhere."""
    if was == now:
        return None
    if isinstance(was, dict) and isinstance(now, dict):
        pairs = [
            (f"{place}.{key}".lstrip("."), was.get(key), now.get(key)) for key in {**was, **now}
        ]
    elif isinstance(was, list) and isinstance(now, list):
        if _listed(was) != _listed(now):
            return f"{place}: {_listed(was)} then, {_listed(now)} now."
        pairs = [
            (f"{place}[{_name(one) or at}]", one, other)
            for at, (one, other) in enumerate(zip(was, now, strict=True))
        ]
    elif isinstance(was, str) and isinstance(now, str):
        return in_text(place, was, now)
    else:
        return f"{place}: {was!r} then, {now!r} now."
    return next(found for pair in pairs if (found := in_values(pair[1], pair[2], pair[0])))


def _listed(values: list[object]) -> str:
    names = [_name(value) for value in values]
    if values and all(names):
        return f"{len(values)} ({', '.join(map(str, names))})"
    return str(len(values))


def _name(value: object) -> str | None:
    """An item of an edition by its article's id."""
    article = value.get("article") if isinstance(value, Mapping) else None
    return str(article["id"]) if isinstance(article, Mapping) and "id" in article else None


def _part(text: str, at: int) -> str:
    return repr(text[max(0, at - _BEFORE) : at + _AFTER]) if at < len(text) else "nothing more"
