"""Feeds: finding them, reading them, and knowing their entries again."""
