"""What a person or the clock asks for, one file a verb; only here do the stages meet."""
