"""Installed as the package `pelican.plugins.matrixsite` (see pyproject.toml), where pelican finds it untold."""

from matrixsite.site.plugin import register

__all__ = ["register"]
