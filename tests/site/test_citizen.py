"""A matrix in an existing Pelican site, by the `pelican` command: under themes of others, served and reloaded."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.nights import FIRST, LONG, Item, Nights, rss

CONF = """
SITENAME, AUTHOR, PATH, TIMEZONE = "别的名字", "someone", "content", "Asia/Shanghai"
PLUGINS = ["matrixsite"]
"""
THEMES = {  # package → what its documentation asks for in pelicanconf
    "bulrush": """
import bulrush
THEME, JINJA_ENVIRONMENT, JINJA_FILTERS = bulrush.PATH, bulrush.ENVIRONMENT, bulrush.FILTERS
PLUGINS = ["pelican.plugins.webassets", "matrixsite"]
""",
    "pelican.themes.reflex": """
from pelican.themes import reflex
THEME, CC_LICENSE = reflex.__path__[0], None
""",
}
ARTICLE = "Title: 我的文章\nDate: 2026-10-01\nCategory: 日记\n\n正文在此。\n"


@pytest.fixture
def blog(tmp_path: Path) -> Nights:
    """An existing site with an article and a page, beside which someone put a feeds.yaml."""
    nights = Nights(tmp_path / "blog", [{"id": "a", "name": "青山发布", "feed": "a.xml"}])
    nights.write("a.xml", rss(Item("one", "图书馆开放", LONG)))
    nights.write("content/article.md", ARTICLE)
    nights.write("content/pages/about.md", "Title: 关于\n\n关于我。\n")
    nights.write("content/columns/books.md", "---\ntitle: 读书\nrule: {accounts: [a]}\n---\n")
    nights.write("pelicanconf.py", CONF)
    nights.load().update(now=FIRST, jobs=1)
    return nights


def pelican(blog: Nights, *args: str) -> subprocess.Popen[str]:
    """`pelican ARGS` in the site's folder."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.Popen(
        [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", *args],
        cwd=blog.root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # it starts others, which end with their group
    )


def made(blog: Nights) -> Path:
    """Where the site is, made."""
    with pelican(blog, "--fatal", "errors") as running:
        said, _ = running.communicate(timeout=60)
    assert running.returncode == 0, said
    return blog.root / "output"


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("theme", ["simple", *THEMES])
def test_its_pages_stand_under_the_sites_own_theme(blog: Nights, theme: str) -> None:
    if theme in THEMES and not find_spec(theme):
        pytest.skip(f"{theme} is not installed")
    blog.write("pelicanconf.py", CONF + THEMES.get(theme, f"THEME = {theme!r}\n"))
    output = made(blog)
    (entry,) = output.glob("2026/1[01]/*.html")
    mark = {"simple": "<address>", "bulrush": "bulma.min.css", "pelican.themes.reflex": "reflex"}[theme]
    for page in (entry, output / "accounts/a/index.html", output / "columns/books/index.html"):
        assert mark in read(page)
    assert "图书馆开放" in read(entry)
    assert "青山发布" in read(output / "accounts/index.html")
    assert "我的文章" in read(output / "wo-de-wen-zhang.html")
    assert "关于我" in read(output / "pages/guan-yu.html")
    assert not [
        path for path in output.rglob("*.html") if "du-shu" in path.name
    ]  # no article of an editors' file


def test_our_theme_serves_plain_articles_and_pages(blog: Nights) -> None:
    theme = Path(__file__).parents[2] / "themes/alliance"
    blog.write("pelicanconf.py", f"{CONF}THEME = {str(theme)!r}\n")
    output = made(blog)
    for page, words in (("wo-de-wen-zhang.html", "正文在此"), ("pages/guan-yu.html", "关于我")):
        assert words in read(output / page)
        assert 'class="masthead"' in read(output / page)


def test_without_a_feeds_yaml_it_stays_out_of_the_way(blog: Nights) -> None:
    (blog.root / "feeds.yaml").unlink()
    (blog.root / "content/columns/books.md").unlink()
    output = made(blog)
    assert (output / "wo-de-wen-zhang.html").exists()
    assert not (output / "accounts").exists()


@pytest.fixture
def served(blog: Nights) -> Iterator[Callable[[str], str]]:
    """`pelican --listen --autoreload`, and what it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def get(path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
            text: str = answer.read().decode()
            return text

    with pelican(blog, "--listen", "--autoreload", "--bind", "127.0.0.1", "--port", str(port)) as running:
        yield get
        os.killpg(running.pid, signal.SIGTERM)
        running.communicate(timeout=20)


def until(get: Callable[[str], str], path: str, words: str) -> bool:
    """Whether a page has these words within a while."""
    for _ in range(300):
        try:
            if words in get(path):
                return True
        except OSError:
            pass
        time.sleep(0.1)
    return False


def test_an_editors_change_is_served(blog: Nights, served: Callable[[str], str]) -> None:
    assert until(served, "columns/books/index.html", "读书")
    blog.write("content/columns/books.md", "---\ntitle: 夜读\nrule: {accounts: [a]}\n---\n")
    assert until(served, "columns/books/index.html", "夜读")
