"""Saved files and fetched pages as `Page` nouns."""
