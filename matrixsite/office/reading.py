"""What the board is made from, read from the store over one connection: one moment of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content
from matrixsite.errors import BoardRefused
from matrixsite.measures.ledger import Ledger
from matrixsite.measures.overview import overviews
from matrixsite.office.board import Known
from matrixsite.office.folder import require_apart
from matrixsite.registry.bulletin import Bulletin, bulletin, month_bounds, whole_month_before
from matrixsite.registry.freshness import AccountStatus, account_statuses, is_measured
from matrixsite.registry.news import NOTHING, News, Window
from matrixsite.registry.task_reports import TaskReport, task_report
from matrixsite.registry.watch import Finding, bursts_and_gaps, told
from matrixsite.store.archive import Judge
from matrixsite.store.feeds import load_feeds
from matrixsite.store.findings import findings
from matrixsite.store.images import image_counts
from matrixsite.store.news import news_by_account
from matrixsite.store.runs import first_run
from matrixsite.store.tasks import found_for


def statuses(
    connection: Connection, settings: Settings, window: Window, news: Mapping[str, News] | None = None
) -> list[AccountStatus]:
    """Freshness and feed health, an account a row."""
    news = news_by_account(connection, window) if news is None else news
    return account_statuses(settings, load_feeds(connection), news, image_counts(connection), window)


def odd_by_now(
    connection: Connection, settings: Settings, window: Window, news: Mapping[str, News] | None = None
) -> list[Finding]:
    """What is odd with the feeds that the settings have, and with what their accounts publish."""
    news = news_by_account(connection, window) if news is None else news
    keys = {feed.key for account in settings.accounts for feed in account.feeds}
    found = [one for one in findings(connection) if one.feed in keys]
    for account in settings.accounts:
        its = news.get(account.id, NOTHING)
        if is_measured(account, its, window):
            found += bursts_and_gaps(account.id, its, window, settings.freshness)
    return told(found)


def month_check(connection: Connection, settings: Settings, month: str, window: Window) -> Bulletin:
    """The check of a month; BoardRefused for text that is none, or one that isn't over."""
    month = month or whole_month_before(window.today)
    try:
        _, last = month_bounds(month)
    except ValueError:
        raise BoardRefused(f"{month!r} is no month like 2026-10") from None
    if last >= window.today:
        raise BoardRefused(f"{month} is not over on {window.today}: an account is checked on its last day")
    to_then = Window(last, window.zone)
    began = first_run(connection)
    known_since: date | None = began.astimezone(window.zone).date() if began else None
    news = news_by_account(connection, to_then)
    return bulletin(month, settings, news, findings(connection, lasting=False), to_then, known_since)


def task_reports(
    connection: Connection, judge: Judge, settings: Settings, content: Content, window: Window
) -> list[TaskReport]:
    """In the order of the content."""
    return [task_report(task, found_for(connection, judge, task, settings), window) for task in content.tasks]


def known(
    connection: Connection,
    judge: Judge,
    settings: Settings,
    content: Content,
    window: Window,
    ledger: Ledger,
    month: str = "",
) -> Known:
    """All that the board says on the window's last day."""
    news = news_by_account(connection, window)
    return Known(
        window,
        statuses(connection, settings, window, news),
        odd_by_now(connection, settings, window, news),
        month_check(connection, settings, month, window),
        task_reports(connection, judge, settings, content, window),
        overviews(ledger, settings),
        content.boards,
    )


def require_office_folder(settings: Settings, folder: Path, published: Iterable[Path]) -> None:
    """Raise BoardRefused for a folder that is, or will be, published, or belongs to the matrix."""
    theme = settings.root / settings.site.theme
    own = [settings.root / "content", settings.state, *([theme] if theme.is_dir() else [])]
    if folder.resolve() == settings.root.resolve():
        raise BoardRefused(f"{folder} is the folder of feeds.yaml; name a folder of the board's own with -o")
    require_apart(folder, published, own)
