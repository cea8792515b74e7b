"""The only state: feeds, entries, stories, editors' decisions and what was published, in one database."""
