"""Who issued a piece: press releases, statements and other copy that a body writes of itself."""
