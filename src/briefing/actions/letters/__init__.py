"""What one letter needs: settings, keys, a writer."""
