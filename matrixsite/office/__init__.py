"""The office's board: a static site of what the office must know and nobody else need (freshness, checks, tasks).

It is written into a folder of its own, never into the published site.
"""
