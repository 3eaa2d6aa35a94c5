"""Commands for mailings and their readers."""
