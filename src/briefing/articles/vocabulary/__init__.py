"""The words by which pages tell who wrote, who paid and what is boilerplate."""
