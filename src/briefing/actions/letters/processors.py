"""The processors that this process may use."""

import os


def processors() -> int:
    """How many there are; 1 where the system does not say which of them are ours."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
