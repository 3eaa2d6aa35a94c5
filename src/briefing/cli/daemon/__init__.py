"""Commands that stay, and the parts they are made of."""
