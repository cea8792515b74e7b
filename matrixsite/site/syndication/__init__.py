"""Feeds out: the same items as RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1.1, the same bytes each time."""
