"""Reports: what past editions printed, missed and brought."""
