"""What is odd with feeds, with since when and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from matrixsite.config.settings import Settings
from matrixsite.office.pages import Printer, parts_of
from matrixsite.registry.watch import Finding, Watch
from matrixsite.site.words import Words
from matrixsite.spreadsheet import Table

FOLDER = "watch"


@dataclass(frozen=True, slots=True)
class WatchRow:
    """A finding as the office reads it."""

    account: str
    name: str
    feed: str
    watch: Watch
    since: date  # in the site's zone
    detail: str


def watch_rows(findings: Sequence[Finding], settings: Settings) -> list[WatchRow]:
    """Findings of feeds and accounts that the settings have."""
    zone = ZoneInfo(settings.site.timezone)
    by_feed = {feed.key: account for account in settings.accounts for feed in account.feeds}
    accounts = {account.id: account for account in settings.accounts}
    rows = []
    for one in findings:
        account = by_feed.get(one.feed) or accounts.get(one.feed)
        if account:
            since = one.since.astimezone(zone).date()
            rows.append(WatchRow(account.id, account.name, one.feed, one.watch, since, one.reason.detail))
    return rows


def watch_words(say: Words) -> dict[Watch, tuple[str, str]]:
    """What each kind of finding is, and what to do about it."""
    return {
        Watch.UNREACHABLE: (say("无法访问"), say("在浏览器中打开订阅地址核实。")),
        Watch.NO_FEED: (say("订阅地址已不是订阅源"), say("找到新的订阅地址，在 feeds.yaml 中改正。")),
        Watch.OTHER_SITE: (
            say("订阅地址出现其他网站"),
            say("核实是否被转让或改名：确是本账号，在 home 中写明新网址；否则改正订阅地址。"),
        ),
        Watch.SPAM: (say("出现垃圾广告内容"), say("核实网站是否被转让或入侵，撤下已收内容，改正订阅地址。")),
        Watch.RESTAMPED: (
            say("每次抓取日期都在变"),
            say("不影响已收稿件的日期；请提供订阅源的一方改用真实发布时间。"),
        ),
        Watch.BAD_GUIDS: (
            say("条目标识不可靠"),
            say("已自动改用链接或标题区分条目；可用 identity 固定下来。"),
        ),
        Watch.BURST: (say("单日发布量异常"), say("核实是集中补发，还是混入了其他账号的内容。")),
        Watch.GAP: (say("停更时间明显长于往常"), say("打开账号核实：订阅源可能无声无息地停了。")),
    }


def watch_pages(rows: Sequence[WatchRow], printer: Printer, say: Words) -> Iterator[tuple[str, bytes]]:
    """All findings that last."""
    for part in parts_of(rows, FOLDER):
        yield printer(part.path, "watch", part=part, words_of=watch_words(say))


def watch_table(rows: Sequence[WatchRow], say: Words) -> Table:
    """The same for spreadsheets."""
    said = watch_words(say)
    columns = ("account", "name", "feed", "watch", "since", "detail", "what", "mend")
    return [
        columns,
        *(
            (
                row.account,
                row.name,
                row.feed,
                row.watch.value,
                row.since.isoformat(),
                row.detail,
                *said[row.watch],
            )
            for row in rows
        ),
    ]
