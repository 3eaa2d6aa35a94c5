"""What somebody said when refusing a letter, and what is meant."""
