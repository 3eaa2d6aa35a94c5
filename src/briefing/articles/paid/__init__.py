"""Who paid for a piece: the signals, and the verdict they add up to."""
