"""Boards (榜): accounts ranked by an index, edition by edition; what was published stays as it was."""
