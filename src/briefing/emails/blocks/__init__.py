"""Blocks of an edition: what a design declares, where what stands, and what people wrote in them."""
