"""An email for one subscriber as signed MIME bytes."""
