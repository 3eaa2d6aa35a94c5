"""The doctor: what mailbox providers would refuse about a sender, told before the first letter leaves."""
