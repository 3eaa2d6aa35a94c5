"""Mailings and their ledgers: one row a letter."""
