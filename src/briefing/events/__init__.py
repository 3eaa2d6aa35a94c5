"""Events: which pieces are the same, which tell of one happening, and what each of them alone says."""
