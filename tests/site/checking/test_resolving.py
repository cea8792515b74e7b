from __future__ import annotations

import pytest

from matrixsite.site.checking.findings import MARKUP
from matrixsite.site.checking.html_page import page_facts
from matrixsite.site.checking.resolving import resolve
from matrixsite.site.checking.targets import site_of

SITE = site_of("https://matrix.example.org")
FILES = {
    "index.html": '<p id="news">',
    "accounts/a/index.html": "<p id=about>",
    "2026/11/e.html": "",
    "theme/main.css": "",
}


def broken(link: str, page: str = "2026/11/e.html") -> list[str]:
    """What is wrong with a site where a page has one link more."""
    files = FILES | {page: f"{FILES[page]}<a href='{link}'>x</a>"}
    read = [
        page_facts(f'<html lang="zh"><title>t</title>{body}'.encode(), path, SITE)
        for path, body in files.items()
        if path.endswith(".html")
    ]
    return [str(finding) for finding in resolve(read, FILES.keys())]


@pytest.mark.parametrize(
    "link",
    [
        *("../../index.html", "../../", "/", "https://matrix.example.org/#news", "e.html#", "../../#news"),
        *("../../accounts/a", "../../accounts/a/#about", "/theme/main.css#anything", "https://example.org/x"),
    ],
)
def test_links_that_lead_somewhere(link: str) -> None:
    assert broken(link) == []


@pytest.mark.parametrize(
    ("link", "what"),
    [
        ("e2.html", "links to 'e2.html', which is not there"),
        ("../../accounts/", "links to '../../accounts/', which is not there"),  # a folder without index.html
        ("../../Index.html", "links to '../../Index.html', which is not there"),
        ("../../#about", "links to '../../#about', and nothing on that page has the id"),
        ("../../accounts/a/#news", "links to '../../accounts/a/#news', and nothing on that page has the id"),
    ],
)
def test_links_that_lead_nowhere(link: str, what: str) -> None:
    (found,) = broken(link)
    assert found.startswith(f"2026/11/e.html: {what}. ")


def test_what_a_file_says_of_itself_comes_along() -> None:
    (found,) = resolve([page_facts(b"<html lang=zh>", "a.html", SITE)], ())
    assert found == MARKUP.broken("a.html", "it has no title")
