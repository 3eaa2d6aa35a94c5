"""Child processes with limits on clock and memory, for strangers' bytes."""
