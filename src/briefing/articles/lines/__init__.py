"""The lines of a page: their shapes, and what kind each is."""
