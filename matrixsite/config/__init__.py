"""feeds.yaml and what it includes, read and checked into `settings.Settings`."""
