"""The archive as a site of Pelican alone: an article an entry; accounts are categories, members authors, lists tags.

It has less to do than ours and Hugo's: no story pages, no archives of a month by account, no interface for programs.
"""

from __future__ import annotations

import shutil
import sys
from html import escape
from pathlib import Path

from measuring import Cost, measured

from .hugo import MENU
from .ready import Archive, Ready

THEME = Path(__file__).parent / "layouts" / "pelican"


def pelican_site(archive: Archive, folder: Path) -> None:
    """Write content and settings into a new folder."""
    for ready in archive.entries():
        file = folder / "content" / ready.entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_document(archive, ready), encoding="utf-8")
    (folder / "pelicanconf.py").write_text(_settings(), encoding="utf-8")


def pelican_build(folder: Path) -> Cost:
    """A build into output/, which is not there before."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    return measured((sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"), cwd=folder)


def _document(archive: Archive, ready: Ready) -> str:
    entry = ready.entry
    tags = ", ".join(f"{kind}-{name}" for kind, name in ready.lists if kind not in ("accounts", "members"))
    values = {
        "date": ready.at.isoformat(),
        "slug": entry.id,
        "category": ready.account.name,
        "author": archive.members[ready.account.member],
        "tags": tags,
        "original": entry.url,
        "cover": entry.cover,
        "summary": entry.excerpt,
    }
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n' for name, value in values.items() if value
    )
    return (
        f"<html><head><title>{escape(entry.title)}</title>\n{metas}</head><body>{ready.html}</body></html>\n"
    )


def _settings() -> str:
    settings = {
        "PLUGINS": [],
        "THEME": str(THEME),
        "PATH": "content",
        "OUTPUT_PATH": "output",
        "SITENAME": "青山市政务新媒体矩阵",
        "SITEURL": "https://matrix.example.org",
        "TIMEZONE": "Asia/Shanghai",
        "DEFAULT_LANG": "zh-CN",
        "MENUITEMS": [(title, f"/{number}.html") for number, title in enumerate(MENU)],
        "ARTICLE_URL": "{date:%Y}/{date:%m}/{slug}.html",
        "ARTICLE_SAVE_AS": "{date:%Y}/{date:%m}/{slug}.html",
        "MONTH_ARCHIVE_SAVE_AS": "archives/{date:%Y}/{date:%m}/index.html",
        **_in_folders("CATEGORY", "AUTHOR", "TAG"),
        "DIRECT_TEMPLATES": ["index"],
        "PAGINATED_TEMPLATES": dict.fromkeys(("category", "tag", "author"), 100),
        "FEED_MAX_ITEMS": 100,
        "FEED_ALL_ATOM": "feeds/all.atom.xml",
        "CATEGORY_FEED_ATOM": "feeds/category-{slug}.atom.xml",
        "AUTHOR_FEED_ATOM": "feeds/author-{slug}.atom.xml",
        "AUTHOR_FEED_RSS": None,
        "TAG_FEED_ATOM": "feeds/tag-{slug}.atom.xml",
    }
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


def _in_folders(*kinds: str) -> dict[str, str]:
    """Each list in a folder of its own, so that the second page of one can't be another's first."""
    return {
        f"{kind}_{what}": f"{kind.lower()}/{{slug}}/index.html"
        for kind in kinds
        for what in ("URL", "SAVE_AS")
    }
