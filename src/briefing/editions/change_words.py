"""What a change does, in words for the list of versions."""

from briefing.counted import counted
from briefing.editions.story import story
from briefing.model.article import Verdict
from briefing.model.change import (
    Add,
    Change,
    ChooseSentences,
    Decide,
    Drop,
    Join,
    MakeLead,
    Move,
    OrderBlocks,
    PrintFollowUp,
    Restore,
    Rewrite,
    SetBlock,
    SetLink,
    SetMatters,
    SetNote,
    SetPicture,
    SetPreheader,
    SetSubject,
    WriteBlock,
)
from briefing.model.edition import Edition


def said(edition: Edition, asked: Change) -> str:
    """What a change does, in a sentence for the list of versions."""
    match asked:
        case Add() | SetSubject() | SetPreheader() | WriteBlock() | OrderBlocks():
            return _said_of_edition(asked)
        case Move(item=name, to=place):
            return f"moved {_title(edition, name)} to place {place + 1}"
        case Join(item=name, into=other):
            return f"joined {_title(edition, name)} into {_title(edition, other)}"
        case Decide(item=name, verdict=verdict, sponsor=sponsor):
            by = {Verdict.SPONSORED: f", paid for by {sponsor}", Verdict.ISSUED: f" by {sponsor}"}
            return f"decided that {_title(edition, name)} is {verdict}{by.get(verdict, '')}"
        case ChooseSentences(item=name, sentences=sentences):
            return f"chose {counted(len(sentences), 'sentence')} for {_title(edition, name)}"
        case SetBlock(item=name, block=block):
            return f"put {_title(edition, name)} {f'into {block}' if block else 'where the design has it'}"
        case _:
            return f"{_done(asked)} {_title(edition, asked.item)}"


def _said_of_edition(
    asked: Add | SetSubject | SetPreheader | WriteBlock | OrderBlocks,
) -> str:
    match asked:
        case Add(story=story):
            return f"added {_quoted(story.headline)}"
        case SetSubject(subject=subject):
            return "wrote the subject" if subject else "let the subject follow the lead"
        case SetPreheader(preheader=preheader):
            return "wrote the preheader" if preheader else "let the preheader follow the stories"
        case WriteBlock(block=name, text=text):
            return f"wrote the block {name}" if text.strip() else f"took the block {name} out"
        case OrderBlocks(blocks=names):
            return "put the blocks in another order" if names else "let the design order the blocks"


def _done(
    asked: MakeLead
    | Drop
    | Restore
    | SetNote
    | SetMatters
    | SetLink
    | SetPicture
    | PrintFollowUp
    | Rewrite,
) -> str:
    match asked:
        case MakeLead():
            return "put first"
        case Drop():
            return "dropped"
        case Restore():
            return "restored"
        case Rewrite():
            fields = ("headline", "kicker", "paragraph")
            touched = [field for field in fields if getattr(asked, field) is not None]
            return f"rewrote the {' and '.join(touched)} of"
        case _:
            return _added(asked)


def _added(asked: SetNote | SetMatters | SetLink | SetPicture | PrintFollowUp) -> str:
    match asked:
        case SetNote(note=note):
            return "added a note to" if note else "took the note off"
        case SetMatters(matters=matters):
            return "said why it matters of" if matters else "took off why it matters of"
        case SetLink(link=link):
            return "gave an address to" if link else "took the desk's address off"
        case SetPicture(picture=picture):
            return "put a picture to" if picture else "took the picture off"
        case PrintFollowUp(printed=printed):
            return f"{'printed' if printed else 'left out'} what is new in"


def _title(edition: Edition, name: str) -> str:
    return _quoted(story(edition, name).headline)


def _quoted(headline: str) -> str:
    return f"“{headline[:60]}…”" if len(headline) > 60 else f"“{headline}”"  # noqa: PLR2004
