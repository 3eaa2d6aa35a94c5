"""Rules that measure an email as a browser paints it."""
