"""A run: the stages in their order, on the engine it is given, with its report."""
