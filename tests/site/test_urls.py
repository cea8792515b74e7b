from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site import urls

PATHS = st.sampled_from(
    [
        urls.HOME,
        urls.FEED_JSON,
        urls.account_page("a"),
        urls.month_page("accounts", "a", "2026/11"),
        urls.month_page("accounts", "a", "2026/11", 3),
        urls.story_page("entry2345672"),
        urls.group_page("g", 2),
    ]
)


@given(PATHS, PATHS)
def test_a_relative_link_leads_from_page_to_page(from_path: str, to_path: str) -> None:
    joined = posixpath.join(posixpath.dirname(from_path), urls.root_of(from_path) + to_path)
    assert posixpath.normpath(joined) == to_path


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (urls.month_page("accounts", "a", "2026/11"), "accounts/a/2026/11/index.html"),
        (urls.month_page("accounts", "a", "2026/11", 2), "accounts/a/2026/11/p/2/index.html"),
        (urls.sitemap_month("2026/11"), "sitemaps/2026-11.xml"),
        (urls.sitemap_month("2026/11", 2), "sitemaps/2026-11-2.xml"),
        (urls.api_month("entries", "2026/11"), "api/v1/entries/2026-11.json"),
        (urls.directory(2), "accounts/p/2/index.html"),
        (urls.absolute("https://x.org/base", "index.html"), "https://x.org/base/"),
        (urls.absolute("https://x.org", "stories/s.html"), "https://x.org/stories/s.html"),
        (urls.base_path("https://x.org"), "/"),
        (urls.base_path("https://x.org/base"), "/base/"),
    ],
)
def test_addresses(path: str, expected: str) -> None:
    assert path == expected
