"""Page → article: reading bytes, splitting pages, telling paid copy from reporting."""
