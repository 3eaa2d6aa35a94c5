"""The nouns of the desk: frozen values, standard library only, no I/O."""
