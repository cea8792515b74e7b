"""Run by benchmarks/cold.py with the interpreter of `reader`: STORE URLS.json WORKERS.

Adds the feeds, updates them as its documentation says is quickest, and prints a JSON object: seconds, feeds, entries.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from reader import make_reader  # type: ignore[import-not-found]


def main() -> None:
    store, urls, workers = sys.argv[1:]
    reader = make_reader(store)
    for url in json.loads(Path(urls).read_text("utf-8")):
        reader.add_feed(url)
    began = time.monotonic()
    reader.update_feeds(workers=int(workers))
    seconds = time.monotonic() - began
    feeds, entries = reader.get_feed_counts(), reader.get_entry_counts()
    print(json.dumps({"seconds": seconds, "feeds": feeds.total - feeds.broken, "entries": entries.total}))


if __name__ == "__main__":
    main()
