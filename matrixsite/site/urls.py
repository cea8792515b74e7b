"""Where each page stands and how one links to another.

A path is what follows the site's root: `accounts/qingshan-fabu/index.html`. Links inside the site are
document-relative and name `index.html`, so that a copy of the folder can be read from any place, a disk
included.
"""

from __future__ import annotations

from base64 import b32encode
from hashlib import blake2b
from urllib.parse import urlsplit

HOME = "index.html"
NOT_FOUND = "404.html"
ROBOTS = "robots.txt"
DIRECTORY = "accounts/index.html"
HONORS = "honors/index.html"
BOARDS = "boards/index.html"
BOARDS_FOLDER = "boards"
SECTIONS = "sections/index.html"
HEADLINES = "headlines/index.html"
HEADLINES_FEED = "headlines/feed.atom.xml"
TOPICS = "topics/index.html"
SOURCES = "sources/index.html"
MEMBERS = "members/index.html"
SITEMAP = "sitemap/index.html"  # for people
STATISTICS = "statistics/index.html"
FRESHNESS = "freshness/index.html"  # where the operator wants it public
PLATFORMS = "platforms/index.html"
BATCHES = "batches/index.html"
ORGANISATIONS = "organisations/index.html"
SUBSCRIBE = "subscribe/index.html"
ARCHIVE = "archive/index.html"
NOTICES_API = "api/v1/notices.json"
SEARCH = "search/index.html"
SEARCH_INDEX = "search/index.bin"
SEARCH_NAMES = "search/names.bin"
SITEMAP_INDEX = "sitemap.xml"
OPML = "members.opml"
MANIFEST = "manifest.webmanifest"
SERVICE_WORKER = "sw.js"  # at the root, for it serves what lies below it
OFFLINE = "offline.html"
ANYWHERE = frozenset({NOT_FOUND, OFFLINE})  # pages that answer at any address: they link from the site's root
THEME = "theme/"
FEED_STYLE = "theme/css/feed.css"
PICTURES = "pictures"
FEED_RSS = "feeds/all.rss.xml"
FEED_ATOM = "feeds/all.atom.xml"
FEED_JSON = "feeds/all.json"


def paged(folder: str, number: int) -> str:
    """Page `number` (from 1) of a list; numbers are folders, so that no name can run into one."""
    return f"{folder}/index.html" if number == 1 else f"{folder}/p/{number}/index.html"


def all_of(folder: str) -> str:
    """The list of the lists of a folder: columns/, series/, …"""
    return f"{folder}/index.html"


def front_page(folder: str, name: str) -> str:
    """The first page of a list: accounts/<id>/, members/<id>/, …"""
    return f"{folder}/{name}/index.html"


def list_feed(folder: str, name: str) -> str:
    """The list's feed."""
    return f"{folder}/{name}/feed.atom.xml"


def month_page(folder: str, name: str, month: str, number: int = 1) -> str:
    """A month of the list; `month` is "2026/11"."""
    return paged(f"{folder}/{name}/{month}", number)


def year_page(folder: str, name: str, year: str) -> str:
    """A year of an account or member, day by day."""
    return f"{folder}/{name}/{year}/index.html"


def freshness(number: int) -> str:
    """A page of the accounts by freshness."""
    return paged("freshness", number)


def statistics_year(year: str) -> str:
    """How much was published in a year."""
    return f"statistics/{year}/index.html"


def archive_month(month: str) -> str:
    """A month of the whole site; `month` is "2026/11"."""
    return f"archive/{month}/index.html"


def archive_day(month: str, day: int, number: int = 1) -> str:
    """A day of the whole site."""
    return paged(f"archive/{month}/{day:02}", number)


def sitemap_month(month: str, number: int = 1) -> str:
    """A month's part of the sitemap; `month` is "2026/11"."""
    return f"sitemaps/{_part(dashed(month), number)}.xml"


def sitemap_pages(number: int = 1) -> str:
    """The sitemap of all that is of no month."""
    return f"sitemaps/{_part('pages', number)}.xml"


def api(name: str) -> str:
    """A file for programs."""
    return f"api/v1/{name}.json"


def api_month(kind: str, month: str, number: int = 1) -> str:
    """A month of the entries or stories for programs; `month` is "2026/11"."""
    return api(f"{kind}/{_part(dashed(month), number)}")


def dashed(month: str) -> str:
    """The month "2026/11" as it is named outside of paths: 2026-11."""
    return month.replace("/", "-")


def _part(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def search_records(segment: str, number: int) -> str:
    """What results show of some entries of a period."""
    return f"search/{segment}/r{number}.bin"


def search_postings(segment: str, number: int) -> str:
    """Which entries of a period hold some of the bigrams."""
    return f"search/{segment}/p{number}.bin"


def search_accounts(segment: str) -> str:
    """Whose the entries of a period are."""
    return f"search/{segment}/accounts.bin"


def is_search_file(path: str) -> bool:
    """Whether a file is one of the index of search."""
    return path.startswith("search/") and path.endswith(".bin")


def account_page(account: str) -> str:
    return front_page("accounts", account)


def account_feed(account: str) -> str:
    return list_feed("accounts", account)


def member_page(member: str) -> str:
    return front_page("members", member)


def honor_wall(member: str, number: int = 1) -> str:
    """All honors of a member."""
    return paged(f"members/{member}/honors", number)


def topic_page(topic: str) -> str:
    """Topics are words of any script: the folder is a digest, which never changes."""
    return f"topics/{_topic_id(topic)}/index.html"


def _topic_id(topic: str) -> str:
    """8 base32 characters that stand for a topic in addresses."""
    return b32encode(blake2b(topic.encode(), digest_size=5).digest()).decode("ascii").lower()


def directory(number: int = 1) -> str:
    return paged("accounts", number)


def members(number: int = 1) -> str:
    return paged("members", number)


def platforms(number: int = 1) -> str:
    """How many accounts there are of what."""
    return paged("platforms", number)


def batches(number: int = 1) -> str:
    return paged("batches", number)


def batch_page(batch: str, number: int = 1) -> str:
    return paged(f"batches/{batch}", number)


def organisations(number: int = 1) -> str:
    """Who stands behind accounts."""
    return paged("organisations", number)


def organisation_page(body: str, number: int = 1) -> str:
    """An organisation, or a member that sponsors, undertakes or operates."""
    return paged(f"organisations/{body}", number)


def group_page(group: str, number: int = 1) -> str:
    return paged(f"groups/{group}", number)


def story_page(story: str) -> str:
    return f"stories/{story}.html"


def honor_page(roll: str) -> str:
    return f"honors/{roll}/index.html"


def honor_year(year: int) -> str:
    """A folder of its own, for a roll may well be named 2025."""
    return f"honors/years/{year}/index.html"


def board_edition(board: str, period: str) -> str:
    """`period` is 2026-10, 2026-Q3, …"""
    return f"{BOARDS_FOLDER}/{board}/{period}/index.html"


def board_table(board: str, period: str) -> str:
    """The same for spreadsheets."""
    return f"{BOARDS_FOLDER}/{board}/{period}.csv"


def headline_month(month: str) -> str:
    """`month` is "2026/11"."""
    return f"headlines/{month}/index.html"


def headline_year(year: str) -> str:
    """Who led how often in a year."""
    return f"headlines/{year}/index.html"


def headline_bulletin(month: str) -> str:
    """A month's headlines to be printed; `month` is "2026/11"."""
    return f"headlines/{month}/bulletin/index.html"


def headline_table(month: str) -> str:
    """The same for spreadsheets."""
    return f"headlines/{month}.csv"


def notice_page(notice: str) -> str:
    return f"notices/{notice}/index.html"


def people(number: int = 1) -> str:
    return paged("people", number)


def person_page(person: str) -> str:
    return f"people/{person}/index.html"


def sources(number: int = 1) -> str:
    return paged("sources", number)


def copy_of_picture(digest: str) -> str:
    """A copy of a publisher's picture, apart from the editors' own in images/: a file there never changes."""
    return f"{PICTURES}/{digest[:2]}/{digest}.webp"


def root_of(path: str) -> str:
    """What a page at `path` puts before any other path to reach it: "../../", or nothing."""
    return "../" * path.count("/")


def base_path(site_url: str) -> str:
    """The root as a path on its host, with both slashes; 404.html answers anywhere and links from here."""
    return urlsplit(site_url).path.rstrip("/") + "/"


def absolute(site_url: str, path: str) -> str:
    """The page's one address for the outside: canonical links, feeds, API."""
    return f"{site_url}/{path.removesuffix('index.html')}"
