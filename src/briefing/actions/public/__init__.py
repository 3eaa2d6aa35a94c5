"""What readers ask for on the public pages."""
