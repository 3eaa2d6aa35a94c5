"""An edition as an email, and the checks of it."""
