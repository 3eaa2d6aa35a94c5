"""Migrations, backups, and the way to PostgreSQL."""
