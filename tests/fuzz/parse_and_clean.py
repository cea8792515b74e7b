"""An atheris target: whatever the bytes, `parse` and `clean` give values, and nothing in them can run.

    python -m tests.fuzz.parse_and_clean -max_total_time=60        (libFuzzer's options; needs the extra `fuzz`)

It starts from the documents of tests/parse/cases and the hostile markup of tests/clean. What it finds is written to
crash-<digest> in the working directory: cut it down (-minimize_crash=1), mend the fault, and let the document join
tests/parse/cases.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from xml.sax.saxutils import escape

import atheris

with atheris.instrument_imports(include=["feedparser", "matrixsite", "w3lib"]):
    import feedparser  # noqa: F401 - our modules import it where they use it, too late to be instrumented

    from matrixsite.clean.entry import clean
    from matrixsite.clean.markup import clean_markup
    from matrixsite.model import CleanEntry
    from matrixsite.parse import jsonfeed, table, xmlfeed  # noqa: F401 - likewise
    from matrixsite.parse.document import parse
    from matrixsite.parse.limits import Limits

from tests.clean.test_markup import HOSTILE, assert_inert
from tests.parse.test_document import DOCUMENTS, check

URL = "https://example.org/feed"
OPTIONS = ("-max_len=8192", "-timeout=10", "-rss_limit_mb=2048")


def read(body: bytes) -> None:
    """One input; raises where a promise is broken."""
    usual = xmlfeed.parse_usual(body, url=URL, limits=Limits())
    assert usual is None or usual == xmlfeed.parse_with_care(body, url=URL, limits=Limits())
    for url in (URL, f"{URL}.csv") if body[:1] not in b"<{[" else (URL,):
        parsed = parse(body, url=url)
        check(parsed)
        for entry in parsed.entries[:20]:
            assert_clean(clean(entry, base=url))


def assert_clean(entry: CleanEntry) -> None:
    """All that a page shows of an entry is inert, linked by http(s) only, and as clean as it gets."""
    assert_inert(entry.html)
    again = clean_markup(entry.html, base=URL, page=entry.url)
    assert (again.html, again.text) == (entry.html, entry.text)
    for address in (entry.url, entry.canonical_url, entry.cover, *(file.url for file in entry.enclosures)):
        assert address == "" or address.startswith(("http://", "https://"))
    for line in (entry.title, entry.credit, *entry.authors, *entry.categories, *entry.topics):
        assert "\n" not in line
    repr(entry).encode("utf-8")


def seeds(folder: Path) -> None:
    """What the fuzzer begins with."""
    items = (
        f"<rss><channel><item><description>{escape(markup)}</description></item></channel></rss>"
        for markup in HOSTILE
    )
    for number, document in enumerate([*DOCUMENTS, *(item.encode() for item in items)]):
        (folder / str(number)).write_bytes(document)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as corpus:
        seeds(Path(corpus))
        atheris.Setup([sys.argv[0], *OPTIONS, *sys.argv[1:], corpus], read)
        atheris.Fuzz()
