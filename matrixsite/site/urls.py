"""Where each page stands and how one links to another.

A path is what follows the site's root: `accounts/qingshan-fabu/index.html`. Links inside the site are
document-relative and name `index.html`, so that a copy of the folder can be read from any place, a disk
included.
"""

from __future__ import annotations

from urllib.parse import urlsplit

HOME = "index.html"
NOT_FOUND = "404.html"
ROBOTS = "robots.txt"
DIRECTORY = "accounts/index.html"
COLUMNS = "columns/index.html"
HONORS = "honors/index.html"
FEED_RSS = "feeds/all.rss.xml"
FEED_ATOM = "feeds/all.atom.xml"
FEED_JSON = "feeds/all.json"


def paged(folder: str, number: int) -> str:
    """Page `number` (from 1) of a list; numbers are folders, so that no name can run into one."""
    return f"{folder}/index.html" if number == 1 else f"{folder}/p/{number}/index.html"


def account_page(account: str) -> str:
    return f"accounts/{account}/index.html"


def account_month(account: str, month: str, number: int = 1) -> str:
    """`month` is "2026/11"."""
    return paged(f"accounts/{account}/{month}", number)


def account_feed(account: str) -> str:
    return f"accounts/{account}/feed.atom.xml"


def directory(number: int = 1) -> str:
    return paged("accounts", number)


def group_page(group: str, number: int = 1) -> str:
    return paged(f"groups/{group}", number)


def story_page(story: str) -> str:
    return f"stories/{story}.html"


def column_page(column: str) -> str:
    return f"columns/{column}/index.html"


def honor_page(roll: str) -> str:
    return f"honors/{roll}/index.html"


def root_of(path: str) -> str:
    """What a page at `path` puts before any other path to reach it: "../../", or nothing."""
    return "../" * path.count("/")


def relative(from_path: str, to_path: str) -> str:
    """The document-relative link from one page to another."""
    return root_of(from_path) + to_path


def base_path(site_url: str) -> str:
    """The root as a path on its host, with both slashes; 404.html answers anywhere and links from here."""
    return urlsplit(site_url).path.rstrip("/") + "/"


def absolute(site_url: str, path: str) -> str:
    """The page's one address for the outside: canonical links, feeds, API."""
    return f"{site_url}/{path.removesuffix('index.html')}"
