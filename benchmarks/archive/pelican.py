"""The archive as a site of Pelican alone: an article an entry, a page a story; accounts are categories,
members authors, other lists and the months of accounts and members tags.

It has less to do than ours and Hugo's: fewer feeds, nothing for programs.
"""

from __future__ import annotations

import shutil
import sys
from collections import defaultdict
from html import escape
from pathlib import Path

from measuring import Cost, measured

from .hugo import MENU
from .ready import Archive, Ready

MONTHS_OF = ("accounts", "members")
THEME = Path(__file__).parent / "layouts" / "pelican"


def pelican_site(archive: Archive, folder: Path) -> None:
    """Write content and settings into a new folder."""
    stories: dict[str, list[Ready]] = defaultdict(list)
    for ready in archive.entries():
        _write(folder / "content" / "articles" / ready.entry.path, _article(archive, ready))
        if ready.story:
            stories[ready.story].append(ready)
    for name, carriers in stories.items():
        _write(
            folder / "content" / "stories" / f"{name}.html",
            _story(sorted(carriers, key=lambda ready: ready.at)),
        )
    (folder / "pelicanconf.py").write_text(_settings(), encoding="utf-8")


def pelican_build(folder: Path) -> Cost:
    """A build into output/, which is not there before."""
    shutil.rmtree(folder / "output", ignore_errors=True)
    return measured((sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"), cwd=folder)


def _article(archive: Archive, ready: Ready) -> str:
    entry = ready.entry
    tags = [f"{kind}-{name}" for kind, name in ready.lists if kind not in MONTHS_OF]
    tags += [f"{name}-{ready.month}" for kind, name in ready.lists if kind in MONTHS_OF]
    values = {
        "date": ready.at.isoformat(),
        "slug": entry.id,
        "category": ready.account.name,
        "author": archive.members[ready.account.member],
        "tags": ", ".join(tags),
        "original": entry.url,
        "cover": entry.cover,
        "summary": entry.excerpt,
    }
    return _document(entry.title, values, ready.html)


def _story(carriers: list[Ready]) -> str:
    first = carriers[0].entry
    rows = "".join(
        f'<li class="row"><p class="row-facts"><a href="/{ready.entry.path}">{ready.at:%Y-%m-%d %H:%M}</a> '
        f'<span class="row-account">{escape(ready.account.name)}</span></p></li>'
        for ready in carriers
    )
    body = f'<p class="excerpt">{escape(first.excerpt)}</p><ol class="rows timeline">{rows}</ol>'
    return _document(first.title, {"slug": first.story, "summary": first.excerpt}, body)


def _document(title: str, values: dict[str, str], body: str) -> str:
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n' for name, value in values.items() if value
    )
    return f"<html><head><title>{escape(title)}</title>\n{metas}</head><body>{body}</body></html>\n"


def _write(file: Path, document: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(document, encoding="utf-8")


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
        "ARTICLE_PATHS": ["articles"],
        "PAGE_PATHS": ["stories"],
        "PAGE_URL": "stories/{slug}.html",
        "PAGE_SAVE_AS": "stories/{slug}.html",
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
        "TAG_FEED_ATOM": None,
    }
    return "".join(f"{name} = {value!r}\n" for name, value in settings.items())


def _in_folders(*kinds: str) -> dict[str, str]:
    """Each list in a folder of its own, so that the second page of one can't be another's first."""
    return {
        f"{kind}_{what}": f"{kind.lower()}/{{slug}}/index.html"
        for kind in kinds
        for what in ("URL", "SAVE_AS")
    }
