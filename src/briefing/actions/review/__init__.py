"""Looking at an edition, and approving it."""
