"""Every page of a site made of hostile content, in Chromium under the site's policy: nothing runs, nothing leaves."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lxml import etree

from matrixsite.pipeline.progress import Silent
from matrixsite.site.checking.built import check_built
from matrixsite.site.checking.findings import Severity
from matrixsite.site.checking.targets import site_of
from tests.browser import hostile
from tests.browser.conftest import Seen, Watch
from tests.nights import FIRST, Nights

pytestmark = pytest.mark.long

FEEDS = {
    "rss.xml": hostile.rss,
    "atom.xml": hostile.atom,
    "xhtml.xml": hostile.xhtml,
    "json.json": hostile.jsonfeed,
}

# What no page may hold: scripts but our own files and sound JSON-LD, addresses but http(s) and mail, handlers, styles,
# odd elements.
FINDINGS = """() => {
  const found = [];
  for (const script of document.scripts)
    if (script.type === "application/ld+json") JSON.parse(script.text);
    else if (!["/theme/js/", "/search/"].some(ours => script.src.startsWith(location.origin + ours)))
      found.push("script " + script.outerHTML);
  for (const element of document.querySelectorAll("*"))
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || name === "style" || name === "srcdoc") found.push(element.outerHTML);
      if (["href", "src", "action", "formaction", "xlink:href", "poster", "data"].includes(name)
          && !["http:", "https:", "mailto:"].includes(new URL(value, location).protocol)) found.push(element.outerHTML);
    }
  const odd = ["iframe", "object", "embed", "math", "style", "base", "template", "dialog"];
  for (const name of [...odd, "form:not([role=search])"])
    if (document.querySelector(name)) found.push(name);
  for (const svg of document.querySelectorAll("svg")) // charts are ours: shapes and words
    if (!svg.matches("figure > svg.chart, figure > div > svg.chart") || svg.querySelector(":not(path, text)"))
      found.push("svg");
  if (document.querySelectorAll("#content, main").length > 1) found.push("a second #content");
  return found;
}"""

# Every text that names something of a feed and may run right to left stands apart from its neighbours.
NOT_ISOLATED = """word => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    if (text.data.includes(word) && !getComputedStyle(text.parentElement).unicodeBidi.match(/isolate|plaintext/))
      found.push(text.parentElement.outerHTML);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything with the right to show full text, published by one night."""
    accounts = [
        {"id": name.partition(".")[0], "feed": name, "name": hostile.NAMES[number], "rights": "full"}
        for number, name in enumerate(FEEDS)
    ]
    root = tmp_path_factory.mktemp("browser") / "m"
    nights = Nights(root, accounts)
    for name, feed in FEEDS.items():
        nights.write(name, feed())
    nights.load().build(root / "output", now=FIRST, jobs=1)
    assert len(nights.titles()) >= 3 * len(hostile.BODIES)
    return root / "output"


def test_nothing_runs_and_nothing_leaves(watch: Watch, site: Path) -> None:
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    found = {}
    for page in pages:
        watch.visit(quote(page))
        if findings := watch.tab.evaluate(FINDINGS):
            found[page] = findings
        found.update({f"{page} bidi": each for each in watch.tab.evaluate(NOT_ISOLATED, hostile.RTL)})
    assert found == {}
    assert watch.seen == Seen()


def test_template_syntax_is_text(site: Path) -> None:
    pages = [path.read_text("utf-8") for path in site.rglob("*.html")]
    assert any("{{ 7*7 }}{% for x in range(9) %}" in page for page in pages)
    assert not any(
        "49" in page.split("</head>")[1] and "{{ 7*7 }}" not in page and "7*7" in page for page in pages
    )


def test_what_programs_read_is_sound_and_leads_to_the_web_only(site: Path) -> None:
    """Feeds, API, sitemaps and lists: valid by their formats, no address of another scheme, no character that hides."""
    findings = check_built(site, site_of("https://matrix.example.org"), None, jobs=1, progress=Silent())
    assert [str(finding) for finding in findings if finding.severity is Severity.ERROR] == []
    addresses = []
    for path in site.rglob("*.json"):
        addresses += list(_addresses(json.loads(path.read_text("utf-8"), parse_constant=float.fromhex)))
    for path in (path for path in site.rglob("*") if path.suffix in (".xml", ".opml")):
        root = etree.fromstring(path.read_bytes())
        addresses += [
            element.get(name) for element in root.iter() for name in ("href", "url") if element.get(name)
        ]
    assert len(addresses) > len(hostile.BODIES)
    assert {address.partition("://")[0] for address in addresses} <= {"http", "https"}
    words = (path.read_text("utf-8") for path in site.rglob("*") if path.suffix in (".html", ".xml", ".json"))
    assert not any(set("\u202a\u202b\u202c\u202d\u202e\x00") & set(text) for text in words)


def _addresses(value: Any, name: str = "") -> Iterator[str]:
    """Every text of a JSON document whose name says that it is an address; a story's original is an id."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _addresses(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from _addresses(inner, name)
    elif (
        isinstance(value, str) and ":" in value and re.search(r"url$|^(original|cover|page|feed|home)$", name)
    ):
        yield value


def test_hostile_names_become_no_paths(site: Path) -> None:
    """Each path is made of what we choose or of letters and digits; nothing lies outside."""
    for path in site.rglob("*"):
        assert path.resolve().is_relative_to(site)
        assert not set(path.name) & set("<>\"'\\%?#:{}\x00\u202e")
    assert sorted(path.name for path in site.parent.iterdir()) == sorted(
        [".matrixsite", "feeds.yaml", "output", *FEEDS]
    )


def test_the_policy_is_a_second_wall(watch: Watch, site: Path) -> None:
    """The same markup uncleaned in one of our pages: it may deface it, but no script of it runs."""
    page = (site / "index.html").read_text("utf-8")
    for number, body in enumerate(hostile.BODIES):
        if "refresh" not in body:  # a policy can't forbid it
            (site / f"raw-{number}.html").write_text(
                page.replace('<main id="content">', f'<main id="content">{body}'), "utf-8"
            )
            watch.visit(f"raw-{number}.html")
            (site / f"raw-{number}.html").unlink()
    assert watch.seen.dialogs == []
    assert any("Content Security Policy" in error for error in watch.seen.errors)
    assert not [asked for asked in watch.seen.requests if ".js" in asked or ".css" in asked]


def test_the_watch_sees_what_it_looks_for(watch: Watch, site: Path) -> None:
    page = site / "unprotected.html"
    page.write_text(
        "<script>alert(1); fetch('https://evil.example/'); nothing.nowhere</script>"
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "utf-8",
    )
    watch.visit(page.name)
    deadline = time.monotonic() + 30
    while len(watch.seen.requests) < 2 and time.monotonic() < deadline:
        watch.tab.wait_for_timeout(20)
    page.unlink()
    assert watch.seen.dialogs
    assert watch.seen.errors
    assert len(watch.seen.requests) == 2
