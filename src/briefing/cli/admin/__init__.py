"""Commands for a new folder and for the database."""
