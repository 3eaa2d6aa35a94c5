"""HTML pages: cut into their pieces by structure first, each piece extracted second."""
