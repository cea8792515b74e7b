"""Indices (指数): named, versioned formulas over measures; see docs/measures.md."""
