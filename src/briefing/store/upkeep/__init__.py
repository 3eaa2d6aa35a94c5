"""Looking after what is kept: the beginning of a house, and its restoring."""
