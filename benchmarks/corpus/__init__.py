"""A seeded corpus of feeds in which every repost, look-alike and digest is known. `gold.py` holds the words."""
