"""Lines to pieces: where one begins, its head and its text."""
