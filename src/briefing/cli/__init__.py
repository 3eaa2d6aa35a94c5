"""The terminal's door: one file a command; each reads its input, calls the desk and shows."""
