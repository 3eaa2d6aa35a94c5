"""The lists of readers."""
