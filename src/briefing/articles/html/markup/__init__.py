"""The markup of a page: its tree, what its elements are, and the words in it."""
