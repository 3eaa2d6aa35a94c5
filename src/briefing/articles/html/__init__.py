"""HTML pages: their blocks as lines, their declared metadata, their bodies."""
