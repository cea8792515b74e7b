"""Asking the feeds: one event loop, and an answer for every request whatever the network does.

schedule   which feed is asked, and what its answer changes in its state       pure
crawl      all requests of a run, answers as they come                         I/O
turns      whose turn it is: total and per-host limits, spacing                pure
client     one request: redirects, conditional GET, the deadline               I/O
connect    where connections go: proxies, name look-up behind the guard        I/O
addresses  which addresses are no public hosts                                 pure
decoding   compressed bodies within bounds                                     pure
headers    what header fields mean                                             pure
local      feeds that are files beside feeds.yaml                              I/O
reasons    every way to fail                                                   pure
"""
