"""The guarded fetcher: addresses vetted and pinned, sizes and times bounded."""
