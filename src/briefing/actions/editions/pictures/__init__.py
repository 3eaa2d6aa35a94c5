"""Pictures of stories: chosen at the desk, fetched then and not before, kept by this house."""
