"""Characters: what a text is made of, whatever page it stands on."""
