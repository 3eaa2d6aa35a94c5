"""A newsroom's briefing desk: pages in, an approved briefing in every inbox out."""
