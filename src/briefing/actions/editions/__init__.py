"""Drafting an edition, and changing it."""
