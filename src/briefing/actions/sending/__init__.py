"""Posting letters, steering that, and reporting on it."""
