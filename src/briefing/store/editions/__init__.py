"""Editions, what editors did to them, and who may."""
