"""Checking a site: every file on its own as values (`facts`), then what they say of each other (`resolving`)."""
