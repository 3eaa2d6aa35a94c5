"""Readers ↔ rows: who is on which list, how they stand, and every change of it."""
