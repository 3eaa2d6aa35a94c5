"""Bytes and characters: decoding, limits, look-alikes, fingerprints, dates."""
