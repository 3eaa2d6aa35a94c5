"""What comes back by mail or from a provider, and what it says of a reader's address."""

from briefing.sends.bounces.mailbox import read_mailbox
from briefing.sends.bounces.replies import ReaderAnswer, read_answer
from briefing.sends.bounces.report import read_report
from briefing.sends.bounces.verdict import Kind, Report

__all__ = ["Kind", "ReaderAnswer", "Report", "read_answer", "read_mailbox", "read_report"]
