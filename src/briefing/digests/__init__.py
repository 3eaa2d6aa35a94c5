"""Article → digest: sentence splitting, Sumy's engines and ours, the paragraph maker.

Nothing is gathered here: config.toml's reader takes `settings` alone, and the engines are slow to import.
"""
