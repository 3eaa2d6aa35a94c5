"""What other machines tell us and ask of us ↔ rows."""
