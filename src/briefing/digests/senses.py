"""What words and phrases do in a sentence, as the tables of a language list them."""

from enum import IntEnum


class Sense(IntEnum):
    """What a word or phrase does in its sentence, a bit each; a name is that of its table in lower case.

    An IntEnum and no IntFlag: the bits of every sentence are asked for, and flags are slow.
    """

    CONTRAST = 1 << 0
    CONTRAST_WITHIN = 1 << 1
    TURN = 1 << 2
    CONDITION = 1 << 3
    CONDITIONAL = 1 << 4
    ACCUSE = 1 << 5
    CHARGE = 1 << 6
    WRONGDOING = 1 << 7
    ATTRIBUTION = 1 << 8
    DENY = 1 << 9
    CLEAR = 1 << 10
    NO_COMMENT = 1 << 11
    PROMISE = 1 << 12
    OUTCOME = 1 << 13
    MARGIN = 1 << 14
    MEASURED = 1 << 15
    #: Those from here on are asked one by one and never marked.
    TITLES = 1 << 16
    PERSONS = 1 << 17
    BODIES = 1 << 18
    PASSIVE = 1 << 19
    DEFINITE = 1 << 20
    LINKING = 1 << 21
    #: Those by which forms are known.
    SPOKESPERSON = 1 << 22
    SUMMARY_POST = 1 << 23
    LIVE_TITLE = 1 << 24
    GREETING = 1 << 25
    SALUTATION = 1 << 26
    SPEECH_TITLE = 1 << 27
    ANNOUNCEMENT = 1 << 28
    REVIEW_TITLE = 1 << 29
    WORK = 1 << 30
    DEATH = 1 << 31
    AGE = 1 << 32
    ROUNDUP_TITLE = 1 << 33
    LETTERS_TITLE = 1 << 34
    SALUTATION_LETTER = 1 << 35
    AGENDA_TITLE = 1 << 36
    REPLY_ONLY = 1 << 37
    OPINION_TITLE = 1 << 38
    THESIS = 1 << 39
    STANDS_FOR = 1 << 40
    INQUIRY = 1 << 41
    FINDS = 1 << 42
    PAST = 1 << 43
    DEED = 1 << 44
    TRANSFER = 1 << 45
    GOODS = 1 << 46
    DEFENCE = 1 << 47
    TIES = 1 << 48
    AMENDS = 1 << 49
    QUANTITY = 1 << 50
    COURTESY = 1 << 51
    SELVES = 1 << 52
    CONTENDS = 1 << 53
    CORRECTS = 1 << 54
    VERSION = 1 << 55
    SUMS = 1 << 56
    LIMITS = 1 << 57
    AGAINST = 1 << 58
    MODAL = 1 << 59
    EXISTENTIAL = 1 << 60
    GENERIC = 1 << 61
    OBLIGES = 1 << 62
    DECIDERS = 1 << 63
    #: Those of the safety net: weak signs, which count together.
    NEGATES = 1 << 64
    EXCUSES = 1 << 65
    RECORDS = 1 << 66
    HARM = 1 << 67
    LOSS = 1 << 68
    HANGS = 1 << 69
    PRAISE = 1 << 70
    ADMITS = 1 << 71
    #: Of forms once more.
    CHILDHOOD = 1 << 72
    #: What is denied to somebody, and of nobody.
    WITHHELD = 1 << 73
    #: What stands before places and days.
    PLACING = 1 << 74


#: Those that count where a sentence begins.
OPENERS = (Sense.CONTRAST, Sense.TURN, Sense.CONDITION)
#: Lists that are only ever asked for one word; to look for them in every sentence would cost time for nothing.
ONE_WORD = frozenset(
    {
        Sense.TITLES, Sense.PERSONS, Sense.BODIES, Sense.PASSIVE, Sense.DEFINITE, Sense.LINKING,
        Sense.SPOKESPERSON, Sense.STANDS_FOR, Sense.INQUIRY, Sense.FINDS, Sense.PAST, Sense.TIES, Sense.QUANTITY,
        Sense.SELVES, Sense.LIMITS, Sense.MODAL, Sense.EXISTENTIAL,
        Sense.GENERIC, Sense.DECIDERS, Sense.WITHHELD, Sense.PLACING,
    }
)  # fmt: skip
