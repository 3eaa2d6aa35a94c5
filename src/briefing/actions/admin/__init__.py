"""Backups, metrics, new folders, accounts."""
