"""Nouns of what other houses' machines tell us and ask of us."""
