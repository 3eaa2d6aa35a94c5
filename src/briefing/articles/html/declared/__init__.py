"""What an HTML document declares of itself where readers do not see it."""
