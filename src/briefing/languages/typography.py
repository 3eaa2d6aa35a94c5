"""House typography for display: quotation marks, dashes and spaces by language, and never a word.

What is kept, compared, verified and linked by offset is the text as its source wrote it.
"""

import re

from briefing.languages.table import Language, QuotationMarks, TypographyRules, language

_NO_BREAK, _THIN = "\u00a0", "\u202f"
#: Before a mark that opens stands the beginning, a space, a bracket, a dash or another mark that opens.
#: “l’"affaire"”: behind an elision it opens as well, because a letter follows.
_OPENS = re.compile(r"(?:^|(?<=[\s(\[{«„“‘‚「『—–-]))\"(?=[^\s\"])|(?<=\w’)\"(?=\w)")
#: Where no space tells, marks open and close in turn.
_PAIRED = re.compile(r'"([^"]*)"')
_SINGLE_PAIRED = re.compile(r"'([^']*)'")
_CLOSES = re.compile(r'(?<=[^\s"])"')
#: 'tis, 'em, '90s: a letter or figure is left out where the word begins.
_CLIPPED = re.compile(
    r"(?:^|(?<=[\s(\[—–“\"]))'(?=(?:\d0s|tis|twas|em|til|cause|s|t|n)\b)", re.IGNORECASE
)
_INNER_OPENS = re.compile(r"(?:^|(?<=[\s(\[—–\"“„«「]))'(?=\w)")
_INNER_CLOSES = re.compile(r"(?<=[^\W\d_])'(?!\w)")
_SPACED_DASH = re.compile(r"(?<=\S) -- (?=\S)")
_TIGHT_DASH = re.compile(r"(?<=\w)---?(?=\w)")
_GROUPS = re.compile(r"(?<![\d.,\u00a0\u202f])\d{1,3}(?: \d{3})+(?![\d])")
_UNIT = re.compile(r"(?<=\d) (?=[%‰€£$°])")
#: Where no space was typed that French sets; Canada sets none before ; ! ? and Switzerland none at all.
_WITHOUT_THIN = re.compile(r"(?<=[\w)\]»”’%€])(?=[;!?]+(?:[\s»”)\"]|$))")
_WITHOUT_SPACE = re.compile(r"(?<=[\w)\]»”’%€])(?=:(?:\s|$))|(?<=«)(?=\S)|(?<=\S)(?=»)")
_NO_THIN, _NO_SPACE = ("-CA", "-CH"), ("-CH",)
#: An address is printed as it is.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"«»“”]+|[^\s\"(<]+@[^\s\"]+\.\w+")
#: Without any of these nothing of a text is set otherwise, and no address stands in it.
_TO_SET = re.compile(r"[\"'%‰€£$°;:!?«»@]|--| \d|www\.")
#: Runs of what `str.isalnum` holds of.
_LETTERS = re.compile(r"[^\W_]+")
#: Stands for an address meanwhile; of the private use area, so no text means anything by it.
_MASK = "\ue100"


def typeset(text: str, tag: str) -> str:
    """A text with the marks and spaces of its language; unchanged where the language has no table.

    Straight quotation marks become the language's own, where each that opens also closes; `--` becomes a
    dash; plain spaces inside figures, before their units and, in French, next to marks become no-break ones,
    and French has them also where none was typed.
    Marks that are not straight, and every letter and figure, stay as they are.

    Args:
        text: one line or paragraph.
        tag: its language, BCP 47.
    """
    found = language(tag) if _TO_SET.search(text) else None
    if found is None or _MASK in text:
        return text
    rules = found.typography
    has_address = "//" in text or "@" in text or "www." in text.lower()
    addresses = iter(_ADDRESS.findall(text) if has_address else ())
    masked = _ADDRESS.sub(_MASK, text) if has_address else text
    set_ = _with_spaces(_with_quotes(masked, found), rules)
    if rules.before_marks:
        set_ = _with_missing_spaces(set_, tag.upper())
    return re.sub(_MASK, lambda _: next(addresses), set_) if _MASK in set_ else set_


def letters_of(text: str) -> str:
    """The letters and figures of a text alone: equal before and after `typeset`."""
    return "".join(_LETTERS.findall(text))


def _with_quotes(text: str, found: Language) -> str:
    if '"' not in text and "'" not in text:
        return text
    quotes = found.quotes
    has_spaces = found.sentences.has_spaces
    inner = _inner_quotes(text, quotes) if has_spaces else _in_turn(text, quotes.secondary)
    outer = quotes.primary if quotes.primary[0] != "‘" else quotes.secondary
    if not has_spaces:
        return (
            _PAIRED.sub(rf"{outer[0]}\1{outer[1]}", inner) if inner.count('"') % 2 == 0 else inner
        )
    opened, closed = len(_OPENS.findall(inner)), inner.count('"')
    if closed != 2 * opened:  # one is lost, or they are inches
        return inner
    space = found.typography.quote_space
    inner = _OPENS.sub(outer[0] + space, inner)
    return _CLOSES.sub(space + outer[1], inner)


def _in_turn(text: str, inner: tuple[str, str]) -> str:
    """Single quotation marks where no space tells which of them opens, as in 「彼は『行く』と言った」."""
    text = re.sub(r"(?<=[A-Za-z])'(?=[A-Za-z])", "’", text)
    return (
        _SINGLE_PAIRED.sub(rf"{inner[0]}\1{inner[1]}", text) if text.count("'") % 2 == 0 else text
    )


def _inner_quotes(text: str, quotes: QuotationMarks) -> str:
    """Apostrophes, and single quotation marks where each that opens also closes."""
    text = re.sub(r"(?<=\w)'(?=\w)", "’", _CLIPPED.sub("’", text))
    single = quotes.primary if quotes.primary[0] == "‘" else quotes.secondary
    if single[0] not in "‘‚":
        single = ("‘", "’")
    opened = len(_INNER_OPENS.findall(text))
    others = text.count("'") - opened
    # Where a mark that closes looks like an apostrophe, which of them is which makes no difference.
    looks_alike = single[1] == "’" and 0 < opened < others and _last_closes(text)
    if (opened and opened == others) or looks_alike:
        text = _INNER_OPENS.sub(single[0], text)
        return text.replace("'", single[1])
    if opened:  # which of them are apostrophes nobody can tell
        return text
    return _INNER_CLOSES.sub("’", text)


def _with_missing_spaces(text: str, tag: str) -> str:
    """French with the spaces that were not typed before its marks; `tag` in capitals."""
    if not tag.endswith(_NO_THIN):
        text = _WITHOUT_THIN.sub(_THIN, text)
    return text if tag.endswith(_NO_SPACE) else _WITHOUT_SPACE.sub(_NO_BREAK, text)


def _last_closes(text: str) -> bool:
    """False for “said 'no' in '96”: what opens last there is an apostrophe."""
    *_, last = _INNER_OPENS.finditer(text)
    return "'" in text[last.end() :]


def _with_spaces(text: str, rules: TypographyRules) -> str:
    if "--" in text:
        text = _TIGHT_DASH.sub(rules.tight_dash, text)
        text = _SPACED_DASH.sub(rules.spaced_dash, text)
    if rules.figure_space:
        text = _GROUPS.sub(lambda found: found[0].replace(" ", rules.figure_space), text)
    text = _UNIT.sub(_NO_BREAK, text)
    if rules.before_marks:
        text = re.sub(r" (?=[;!?]+(?:\s|$|[»”\"]))", _THIN, text)
        text = re.sub(r" (?=[:»])|(?<=«) ", _NO_BREAK, text)
    return text
