"""A small invented matrix as files: every kind of page, some of its text hostile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.nights import Item, rss

HOSTILE = "<script>alert('x')</script>\"onload=\"{{ 7*7 }}&amp;"
TODAY = date(2026, 11, 21)
NIGHT = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)

LEAD = (
    "为进一步方便群众就近办事，青山区将政务服务窗口延伸到社区，居民在家门口就能办理社保、医保、户籍等一百二十项业务，"
    "周末和节假日同样开放，办事人可先通过小程序预约，到场后平均等候时间不超过十分钟。"
    "各社区窗口的地址、电话和可办事项清单已在青山发布公众号菜单中列出，行动不便的老年人可以预约上门服务，由社区干部代为办理。"
)

TEXT = f"<p>{LEAD}</p><p>第二段。#政务服务#</p>"

SITE = {
    "title": "青山市政务新媒体矩阵",
    "url": "https://matrix.example.org",
    "timezone": "Asia/Shanghai",
    "description": "青山市各部门、各区县政务新媒体的内容，每天汇集于此。",
    "organizer": "青山市互联网信息办公室",
    "contact": "desk@example.org",
    "takedown": "https://matrix.example.org/takedown",
    "icp": "青ICP备00000000号",
}
GROUPS: Sequence[Mapping[str, Any]] = (
    {"id": "districts", "name": "区县", "kind": "district"},
    {"id": "qingshan", "name": "青山区", "kind": "district", "parent": "districts"},
    {"id": "bureaus", "name": "市直部门"},
)
MEMBERS: Sequence[Mapping[str, Any]] = (
    {"id": "qingshan", "name": "青山区融媒体中心"},
    {"id": "transport", "name": "青山市交通运输局", "group": "bureaus"},
    {"id": "water-daily", "name": "清水日报"},
    {"id": "evil", "name": HOSTILE},
)
ACCOUNTS: Sequence[Mapping[str, Any]] = (
    {
        "id": "qingshan-fabu",
        "name": "青山发布",
        "member": "qingshan",
        "platform": "wechat",
        "group": "qingshan",
        "rights": "full",
        "intro": "青山区发布权威信息的窗口。",
    },
    {
        "id": "qingshan-weibo",
        "name": "青山发布微博",
        "member": "qingshan",
        "platform": "weibo",
        "group": "qingshan",
    },
    {
        "id": "transport",
        "name": "青山交通",
        "platform": "wechat",
        "feeds": ["feeds/transport.xml", "https://bridge.example.org/feed?token=secret"],
    },
    {
        "id": "water-daily",
        "name": "清水日报客户端",
        "platform": "app",
        "feeds": ["feeds/water-daily.xml", "https://water.example.org/feed.xml"],
        "public": True,
    },
    {"id": "reports", "name": "待审账号", "publish": "hold"},
    {"id": "titles-only", "name": "只列标题", "rights": "link"},
    {"id": "old-paper", "name": "停更账号", "closed": "2026-01-01", "successor": "transport"},
    {"id": "evil", "name": HOSTILE, "platform": HOSTILE, "intro": HOSTILE, "handle": HOSTILE},
)


def _hostile_item() -> Item:
    markup = f"<![CDATA[<p onload='x'>{escape(HOSTILE)} #{escape(HOSTILE)}#</p><script>alert(1)</script>]]>"
    fields = f"<author>{escape(HOSTILE)}</author><category>{escape(HOSTILE)}</category>"
    film = quoteattr('https://evil.example.org/"><script>.mp4')
    enclosure = f'<enclosure url={film} type="video/mp4"/>'
    return Item(
        "evil",
        escape(HOSTILE),
        guid=f"../../{HOSTILE}",
        link="javascript:alert(1)",
        day=20,
        more=f"<description>{markup}</description>{fields}{enclosure}",
    )


ORIGINAL, REPOST, LATER = (
    "家门口办成一百二十件事：青山区政务服务进社区",
    "青山区政务服务进社区",
    "家门口办成实事",
)
BULLETIN, METRO, WEATHER = "水质公报", "地铁三号线延长运营时间", "今晨多云，最低气温四摄氏度"
TITLE_ONLY, HELD = "只有标题可以转载", "等待审核的稿件"

FEEDS: Mapping[str, Sequence[Item]] = {
    "qingshan-fabu": (
        Item("1", ORIGINAL, TEXT, day=18),
        Item(
            "2",
            "冬季供暖测温开始",
            '<p>社区干部入户登记。</p><img src="https://img.example.org/heat.jpg">',
            day=19,
        ),
    ),
    "qingshan-weibo": (Item("3", WEATHER, WEATHER, day=20),),
    "transport": (
        Item("4", REPOST, TEXT, day=19),
        Item(
            "5",
            METRO,
            "<p>周五周六延长至零点。</p><p>第二段不转载。</p>" + "末班车时刻见站内公告。" * 20,
            day=20,
        ),
        Item("6", "国庆出行提示", "请避开高峰。", day=-30),
    ),
    "water-daily": (
        Item("7", LATER, TEXT, day=20),
        Item("8", BULLETIN, "本月水质良好。", day=-1),
        Item("9", "​", "没有标题的一条。", day=17),
    ),
    "reports": (Item("10", HELD, "不应出现的正文。", day=20),),
    "titles-only": (Item("11", TITLE_ONLY, "不许转载的正文。", day=19),),
    "evil": (_hostile_item(),),
}

CONTENT: Mapping[str, str] = {
    "columns/people-first.md": (
        "---\ntitle: 民生实事\nlead: 把群众的小事当作大事来办。\npicks:\n"
        "- {ref: 'https://example.com/1', note: 一件事一次办，读这一篇就够了。}\n"
        "rule: {accounts: [transport]}\nformer: [minsheng]\n---\n编者按：见[说明](pages/about.html)。\n"
    ),
    "columns/hostile.md": f"---\ntitle: {json.dumps(HOSTILE)}\nlead: {json.dumps(HOSTILE)}\n"
    f"rule: {{accounts: [evil]}}\n---\n{HOSTILE}\n",
    "series/odd.md": f"---\ntitle: {json.dumps(HOSTILE)}\nlead: {json.dumps(HOSTILE)}\nhost: {json.dumps(HOSTILE)}\n"
    f"people: [li]\naccounts: [evil]\nrule: {{accounts: [evil]}}\n---\n{HOSTILE}\n",
    "campaigns/odd.md": f"---\ntitle: {json.dumps(HOSTILE)}\ntopics: [{json.dumps(HOSTILE)}]\n"
    f"partners: [{json.dumps(HOSTILE)}]\nrule: {{accounts: [evil]}}\n---\n",
    "people/li.md": f"---\nname: 李青\nby: 青山区\nrole: {json.dumps(HOSTILE)}\nintro: {json.dumps(HOSTILE)}\n"
    f"works: [{{title: {json.dumps(HOSTILE)}, note: {json.dumps(HOSTILE)}}}]\n---\n{HOSTILE}\n",
    "kinds.yaml": json.dumps(
        [{"id": "odd", "title": HOSTILE, "rule": {"accounts": ["evil"]}, "picks": [
            {"ref": "https://example.com/8", "note": HOSTILE, "rebuts": [
                {"url": "https://elsewhere.example.com/", "title": HOSTILE}]}]}],
        ensure_ascii=False,
    ),
    "sections.yaml": json.dumps(
        [
            {"id": "livelihood", "title": "民生", "children": [
                {"id": "travel", "title": "出行", "rule": {"title_words": ["地铁", "出行"]}}]},
            {"id": "odd", "title": HOSTILE, "rule": {"accounts": ["evil"]}},
        ],
        ensure_ascii=False,
    ),
    "headlines/2026-11-20.md": "---\npick: https://example.com/1\nreason: 家门口的事最大。\npicker: 值班编辑\n---\n",
    "notices/cold.md": f"---\ntitle: {json.dumps(HOSTILE)}\nlevel: warning\n---\n寒潮将至。\n",
    "honors/honors-2026.md": (
        "---\ntitle: 2026年度政务新媒体榜单\nyear: 2026\ndate: 2026-11-01\nlists:\n"
        "- {title: 优秀账号, kind: account, ordered: true, announced: 2, winners: "
        "[青山发布, {name: 外地账号, rank: 2}]}\n"
        "- {title: 先进集体, kind: unit, winners: [青山市交通运输局]}\n"
        "- {title: 十佳作品, kind: work, winners: [{name: 青山发布, work: 《进社区》, link: 'https://example.com/1'}]}\n"
        "- {title: 十佳宣传员, kind: person, winners: "
        f"[{{name: 李青, by: 青山区, citation: {json.dumps(HOSTILE)}}}]}}\n"
        "---\n"
    ),
    "pages/about.md": "title: 关于本站\nslug: about\n\n这里汇集**青山市**的政务新媒体。\n",
}  # fmt: skip


def feed(account: str) -> bytes:
    """The feed of an account as it is on the first night."""
    return rss(*FEEDS[account])
