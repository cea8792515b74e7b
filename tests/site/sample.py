"""A small invented matrix in values: every kind of page, some of its text hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matrixsite.config.settings import Account, Feed, Group, GroupKind, Member, Rights, Settings, Site
from matrixsite.editorial.columns import Column
from matrixsite.editorial.content import Content
from matrixsite.editorial.honors import HonorKind, HonorList, HonorRoll, Issuers, Report, Winner
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import Ref
from matrixsite.model import Enclosure, Entry, Media, Status

HOSTILE = "<script>alert('x')</script>\"onload=\"{{ 7*7 }}&amp;"
TODAY = date(2026, 11, 21)
NIGHT = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)

LEAD = (
    "为进一步方便群众就近办事，青山区将政务服务窗口延伸到社区，居民在家门口就能办理社保、医保、户籍等一百二十项业务，"
    "周末和节假日同样开放，办事人可先通过小程序预约，到场后平均等候时间不超过十分钟。"
)


def entry(number: int, account: str, title: str, **fields: object) -> Entry:
    """Entry `number`, published that many hours before the night."""
    published = NIGHT - timedelta(hours=number)
    id_ = f"entry{number:07d}".translate(str.maketrans("0189", "abcd"))
    base = Entry(
        id=id_,
        account=account,
        feed=account,
        guid=f"https://news.example.org/{number}",
        url=f"https://news.example.org/{number}?a=1&b=2",
        canonical_url=f"https://news.example.org/{number}",
        title=title,
        published=published,
        inferred=False,
        updated=None,
        first_seen=NIGHT + timedelta(seconds=1000 - number),
        corrected=None,
        backfill=False,
        path=f"{published:%Y/%m}/{id_}.html",
        feed_id=f"https://news.example.org/{number}",
        story=id_,
        status=Status.SHOWN,
        version=1,
        html=f"<p>{LEAD}</p><p>第二段。</p>",
        text=LEAD,
        excerpt=LEAD[:100],
        cover="",
        media=Media.TEXT,
        authors=(),
        categories=(),
        topics=(),
        enclosures=(),
        credit="",
    )
    return replace(base, **fields)  # type: ignore[arg-type]  # fields are named by the tests


GROUPS = (
    Group("districts", "区县", GroupKind.DISTRICT),
    Group("qingshan", "青山区", GroupKind.DISTRICT, parent="districts"),
    Group("bureaus", "市直部门"),
)
MEMBERS = (
    Member("qingshan", "青山区融媒体中心"),
    Member("transport", "青山市交通运输局", groups=("bureaus",)),
    Member("water-daily", "清水日报"),
    Member("evil", "坏单位"),
)
ACCOUNTS = (
    Account(
        "qingshan-fabu",
        "青山发布",
        "qingshan",
        "wechat",
        ("qingshan",),
        rights=Rights.FULL,
        intro="青山区发布权威信息的窗口。",
    ),
    Account("qingshan-weibo", "青山发布微博", "qingshan", "weibo", ("qingshan",)),
    Account(
        "transport",
        "青山交通",
        "transport",
        "wechat",
        feeds=(Feed("transport", "https://bridge.example.org/feed?token=secret"),),
    ),
    Account(
        "water-daily",
        "清水日报客户端",
        "water-daily",
        "app",
        feeds=(Feed("water-daily", "https://water.example.org/feed.xml"),),
        public=True,
    ),
    Account(
        "titles-only",
        "只列标题",
        "titles-only",
        rights=Rights.LINK,
        closed=date(2026, 1, 1),
        successor="transport",
    ),
    Account(
        "evil",
        HOSTILE,
        "evil",
        HOSTILE,
        intro=HOSTILE,
        handle=HOSTILE,
        home='https://evil.example.org/?"><b>',
    ),
)

ORIGINAL = entry(
    5,
    "qingshan-fabu",
    "家门口办成一百二十件事：青山区政务服务进社区",
    topics=("政务服务",),
    credit="青山日报",
)
ENTRIES = (
    ORIGINAL,
    entry(4, "transport", "青山区政务服务进社区", story=ORIGINAL.id, original=False),
    entry(3, "water-daily", "【转载】家门口办成一百二十件事", story=ORIGINAL.id, original=False),
    entry(
        8,
        "qingshan-fabu",
        "冬季供暖测温开始，社区干部入户登记",
        corrected=NIGHT,
        cover="https://img.example.org/heat.jpg",
    ),
    entry(9, "qingshan-weibo", "今晨多云，最低气温四摄氏度", excerpt="", html="", text=""),
    entry(
        12,
        "transport",
        "地铁三号线延长运营时间",
        media=Media.VIDEO,
        enclosures=(Enclosure("https://v.example.org/a.mp4", "video/mp4", 9),),
    ),
    entry(700, "transport", "国庆出行提示", inferred=True),
    entry(800, "water-daily", "水质公报", authors=("李水", "王清")),
    entry(13, "titles-only", "只有标题可以转载"),
    entry(14, "evil", HOSTILE, excerpt=HOSTILE, credit=HOSTILE, authors=(HOSTILE,), topics=(HOSTILE,)),
    entry(15, "water-daily", "", excerpt="没有标题的一条。"),
    entry(16, "water-daily", "撤下的稿件", status=Status.WITHDRAWN),
    entry(17, "water-daily", "等待审核的稿件", status=Status.HELD),
)

COLUMN = Column(
    id="people-first",
    title="民生实事",
    lead="把群众的小事当作大事来办。",
    picks=(Pick(Ref(ORIGINAL.id, id=ORIGINAL.id), "一件事一次办，读这一篇就够了。"),),
    starts=date(2026, 1, 1),
    html='<p>编者按：见<a href="pages/about.html">说明</a>。</p>',
    former=("minsheng",),
)
ROLL = HonorRoll(
    id="honors-2026",
    title="2026年度政务新媒体榜单",
    year=2026,
    date=date(2026, 11, 1),
    issuers=Issuers(guided_by=("市委网信办",), organised_by=("市互联网协会",)),
    source=Report("清水日报", date(2026, 11, 2), "https://water.example.org/honors"),
    lists=(
        HonorList(
            "优秀账号",
            HonorKind.ACCOUNT,
            (Winner("青山发布", "qingshan-fabu", "qingshan", rank=1), Winner("外地账号", rank=2)),
            2,
            True,
        ),
        HonorList("先进集体", HonorKind.UNIT, (Winner("青山市交通运输局", member="transport"),)),
        HonorList(
            "十佳作品",
            HonorKind.WORK,
            (Winner("青山发布", "qingshan-fabu", work="《进社区》", link=ORIGINAL.url),),
        ),
        HonorList("十佳宣传员", HonorKind.PERSON, (Winner("李青", by="青山区", citation=HOSTILE),)),
    ),
)
CONTENT = Content(columns=(COLUMN,), honors=(ROLL,))


def settings(root: Path) -> Settings:
    """The matrix in a folder, with one page of the editors' own."""
    pages = root / "content" / "pages"
    pages.mkdir(parents=True, exist_ok=True)
    (pages / "about.md").write_text(
        "title: 关于本站\nslug: about\n\n这里汇集**青山市**的政务新媒体。\n", encoding="utf-8"
    )
    site = Site(
        title="青山市政务新媒体矩阵",
        url="https://matrix.example.org",
        description="青山市各部门、各区县政务新媒体的内容，每天汇集于此。",
        organizer="青山市互联网信息办公室",
        contact="desk@example.org",
        takedown="https://matrix.example.org/takedown",
        icp="青ICP备00000000号",
    )
    state = root / ".matrixsite"
    return Settings(root, state, root / "feeds.yaml", "", site, GROUPS, MEMBERS, ACCOUNTS)
