"""The database itself, locks, whole files, signing keys."""
