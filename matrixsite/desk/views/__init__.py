"""The pages of the desk: each reads what a request asks, asks the desk, and shows or saves."""
