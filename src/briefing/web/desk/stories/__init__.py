"""Stories of an edition, one by one: adding one, its source, its picture."""
