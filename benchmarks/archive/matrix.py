"""feeds.yaml and the editors' files of an archive: groups in two levels, members, sections, columns, an honor roll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from .posts import END, Post, account_id
from .prose import SUBJECTS, TOPICS

DISTRICTS = 20
GROUPS = ("departments", "media", "districts")
PLATFORMS = ("wechat", "wechat", "wechat", "weibo", "toutiao", "website")


def write_settings(folder: Path, accounts: int) -> None:
    """feeds.yaml: every fifth account shows excerpts, the others whole texts."""
    groups: list[dict[str, Any]] = [
        {"id": "departments", "name": "市级部门", "kind": "organisation"},
        {"id": "media", "name": "媒体联盟", "kind": "alliance"},
        {"id": "districts", "name": "县区", "kind": "district"},
        *(
            {"id": f"d{n:02}", "name": f"第{n}区", "parent": "districts", "kind": "district"}
            for n in range(DISTRICTS)
        ),
    ]
    members = [{"id": f"m{n:04}", "name": f"成员单位{n:04}"} for n in range((accounts + 2) // 3)]
    rows = [
        {
            "id": account_id(n),
            "name": f"青山账号{n:04}",
            "member": f"m{n // 3:04}",
            "platform": PLATFORMS[n % len(PLATFORMS)],
            "group": "departments" if n % 4 == 0 else "media" if n % 10 == 1 else f"d{n % DISTRICTS:02}",
            "feed": f"feeds/{account_id(n)}.xml",
            "rights": "excerpt" if n % 5 == 4 else "full",
            "class": "media" if n % 10 == 1 else "government",
            "home": f"https://{account_id(n)}.example.org/",
            "intro": "发布权威信息，回应群众关切。",
        }
        for n in range(accounts)
    ]
    site = {
        "title": "青山市政务新媒体矩阵",
        "url": "https://matrix.example.org",
        "timezone": "Asia/Shanghai",
        "organizer": "示例单位",
        "contact": "matrix@example.org",
        "icp": "青ICP备00000000号（示例）",
    }
    _dump(folder / "feeds.yaml", {"site": site, "groups": groups, "members": members, "accounts": rows})


def write_content(folder: Path, accounts: int, posts: Sequence[Post]) -> None:
    """content/: picks and headlines are of these posts, the newest last."""
    content = folder / "content"
    for name in ("columns", "headlines", "honors", "notices", "pages"):
        (content / name).mkdir(parents=True, exist_ok=True)
    _dump(content / "sections.yaml", _sections())
    for number, topic in enumerate(TOPICS[:5]):
        head = {
            "title": f"专栏：{topic}",
            "lead": "编辑选编。",
            "picks": [{"ref": post.url, "note": "编辑推荐。"} for post in posts[number::5][:8]],
            "rule": {"words": [topic], "title_words": [SUBJECTS[number]]},
            "limit": 30,
            "order": number,
        }
        _text(content / "columns" / f"c{number}.md", head, "本专栏由编辑部选编。")
    for number, post in enumerate(posts[-30:]):
        day = f"{END.year}-10-{number + 1:02}"
        head = {"pick": post.url, "reason": "内容扎实，可读可用。", "picker": "林见秋"}
        _text(content / "headlines" / f"{day}.md", head, "")
    _text(content / "honors" / "2025.md", _honors(accounts), "评选结果经公示。")
    _text(
        content / "notices" / "sample.md",
        {"title": "这是一个示例站点", "level": "info"},
        "文字均由程序写成。",
    )
    about = "Title: 关于本站\nSlug: about\n\n本站是一个示例。\n"
    (content / "pages" / "about.md").write_text(about, encoding="utf-8")


def _sections() -> list[dict[str, Any]]:
    """Two levels; a rule each that goes by words of the title or by group."""
    news = [
        {"id": f"s{n}", "title": word, "rule": {"title_words": [word]}} for n, word in enumerate(SUBJECTS[:6])
    ]
    life = [
        {"id": f"s{n + 6}", "title": word, "rule": {"title_words": [word]}}
        for n, word in enumerate(SUBJECTS[6:12])
    ]
    media = {"id": "press", "title": "媒体", "rule": {"groups": ["media"]}}
    return [
        {"id": "news", "title": "要闻", "children": [*news, media]},
        {"id": "life", "title": "民生", "children": life},
    ]


def _honors(accounts: int) -> dict[str, Any]:
    winners = [
        {"name": f"青山账号{n:04}", "account": account_id(n)}
        for n in range(0, accounts, max(1, accounts // 10))
    ][:10]
    lists = [
        {
            "title": "年度优秀账号",
            "kind": "account",
            "announced": len(winners),
            "ordered": True,
            "winners": winners,
        }
    ]
    return {
        "title": "2025年度榜单",
        "year": 2025,
        "date": "2026-01-16",
        "issuers": {"hosted_by": "示例单位"},
        "basis": "综合评定",
        "source": {"name": "青山日报", "date": "2026-01-17"},
        "lists": lists,
    }


def _dump(file: Path, tree: Any) -> None:
    file.write_text(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _text(file: Path, head: Mapping[str, Any], body: str) -> None:
    front = yaml.safe_dump(dict(head), allow_unicode=True, sort_keys=False)
    file.write_text(f"---\n{front}---\n{body}\n", encoding="utf-8")
