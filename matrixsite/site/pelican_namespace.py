"""Installed as `pelican.plugins.matrixsite` (see pyproject.toml), where pelican finds it without being told."""

from matrixsite.site.plugin import register

__all__ = ["register"]
