"""What was made from what and with what, kept so that it can be made again."""
