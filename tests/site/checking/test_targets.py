from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matrixsite.site import urls
from matrixsite.site.checking.findings import LINKS
from matrixsite.site.checking.targets import Site, TargetError, site_of, target_of

ROOT = site_of("https://matrix.example.org")
BELOW = site_of("https://www.example.org:8443/matrix")
PAGE = "accounts/a/index.html"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://matrix.example.org", Site("matrix.example.org", "/")),
        ("https://Matrix.example.org:443", Site("matrix.example.org", "/")),
        ("http://www.example.org:8443/matrix", Site("www.example.org:8443", "/matrix/")),
    ],
)
def test_a_site_is_known_by_host_and_path(url: str, site: Site) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("link", "path", "fragment"),
    [
        ("", PAGE, ""),
        ("#news", PAGE, "news"),
        ("#%E6%96%B0%E9%97%BB", PAGE, "新闻"),
        ("#top", PAGE, ""),
        ("#:~:text=news", PAGE, ""),
        ("?page=2#news", PAGE, "news"),
        ("2026/11/index.html", "accounts/a/2026/11/index.html", ""),
        (" ../b/ ", "accounts/b", ""),
        ("../../index.html#news", "index.html", "news"),
        ("../..", "", ""),
        ("./../../%E5%85%B3%E4%BA%8E.html?x=1", "关于.html", ""),
        ("../../.well-known/security.txt", ".well-known/security.txt", ""),
        ("/index.html", "index.html", ""),
        ("/", "", ""),
        ("//matrix.example.org/a//b/../c.html", "a/c.html", ""),
        ("HTTPS://MATRIX.example.org:443/feeds/all.json", "feeds/all.json", ""),
        ("http://matrix.example.org", "", ""),
    ],
)
def test_links_inside(link: str, path: str, fragment: str) -> None:
    target = target_of(link, PAGE, ROOT, LINKS)
    assert target
    assert (target.path, target.fragment, target.rule) == (path, fragment, LINKS)


@pytest.mark.parametrize(
    "link",
    [
        *("https://example.org/", "https://matrix.example.org:8443/", "//example.org/index.html"),
        *("mailto:desk@example.org", "tel:12345", "data:image/gif;base64,R0lGOD", "weixin://dl/chat"),
    ],
)
def test_links_elsewhere(link: str) -> None:
    assert target_of(link, PAGE, ROOT, LINKS) is None


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("/matrix/index.html", "index.html"),
        ("/matrix", ""),
        ("/matrix/", ""),
        ("https://www.example.org:8443/matrix/a/", "a"),
        ("/index.html", None),
        ("/matrixes/index.html", None),
        ("/matrix/../index.html", None),
        ("https://www.example.org/matrix/a/", None),
    ],
)
def test_a_site_below_a_path_is_only_what_is_below_it(link: str, path: str | None) -> None:
    target = target_of(link, PAGE, BELOW, LINKS)
    assert (target.path if target else None) == path


@pytest.mark.parametrize(
    ("link", "page", "reason"),
    [
        ("../../../index.html", PAGE, "leaves the site"),
        ("javascript:alert(1)", PAGE, "no page may lead to"),
        ("java\nscript:alert(1)", PAGE, "no page may lead to"),
        ("file:///etc/passwd", PAGE, "no page may lead to"),
        ("https:///index.html", PAGE, "without a host"),
        ("http://[::1/", PAGE, "no address"),
        ("http://example.org:port/", PAGE, "no address"),
        ("index.html", "404.html", "any depth"),
        ("./theme/main.css", "404.html", "any depth"),
    ],
)
def test_links_that_nobody_can_follow(link: str, page: str, reason: str) -> None:
    with pytest.raises(TargetError, match=reason):
        target_of(link, page, ROOT, LINKS)


@pytest.mark.parametrize("link", ["#content", "/index.html", "https://matrix.example.org/index.html"])
def test_links_that_hold_on_the_page_for_misses(link: str) -> None:
    assert target_of(link, "404.html", ROOT, LINKS)


NAMES = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="/"), min_size=1
).filter(lambda name: name not in (".", ".."))
PATHS = st.lists(NAMES, min_size=1, max_size=4).map("/".join).filter(lambda path: path != "404.html")


@given(PATHS, PATHS, st.sampled_from([ROOT, BELOW]))
def test_what_the_site_links_is_found_again(page: str, other: str, site: Site) -> None:
    link = urls.root_of(page) + quote(other)
    target = target_of(link, page, site, LINKS)
    assert target
    assert target.path == other
    absolute = target_of(
        urls.absolute(f"https://{site.host}{site.base[:-1]}", quote(other)), page, site, LINKS
    )
    assert absolute
    assert absolute.path == other.removesuffix("index.html").removesuffix("/")
