"""Uploading the published folder to where it is hosted: only the difference, in an order that breaks no link."""
