"""The terminal's door: one file a command; each reads its input, asks an action and shows."""
