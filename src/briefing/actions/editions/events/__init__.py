"""Events: what editors joined and told apart, and where a story was told before."""
