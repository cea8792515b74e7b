"""The paragraphs of a month's check, as they can be pasted into a circular."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matrixsite.config.settings import Settings
from matrixsite.registry.bulletin import Bulletin, Checked, Verdict
from matrixsite.site.words import Words

MOST_NAMED = 50  # accounts that failed
MOST_GROUPS = 5


def verdict_words(say: Words, days: int) -> dict[Verdict, str]:
    """Each verdict in a few words."""
    return {
        Verdict.PASSED: say("合格"),
        Verdict.SILENT: say("检查日前{days}日内无更新", days=days),
        Verdict.UNDATED: say("内容无日期，视为未更新"),
        Verdict.UNREACHABLE: say("订阅源无法访问，且未见更新"),
        Verdict.NO_FEED: say("订阅地址已不是订阅源，且未见更新"),
        Verdict.FOREIGN: say("订阅地址出现其他网站或垃圾内容"),
    }


def circular(bulletin: Bulletin, settings: Settings, say: Words) -> tuple[str, ...]:
    """The paragraphs, in the language of the words."""
    return tuple(_paragraphs(bulletin, settings, say))


def _paragraphs(bulletin: Bulletin, settings: Settings, say: Words) -> Iterator[str]:
    count = bulletin.count
    year, month = bulletin.month.split("-")
    if not count.checked:
        yield say("{year}年{month}月没有可检查的账号。", year=year, month=int(month))
        return
    yield say(
        "{year}年{month}月，{site}共检查账号{checked}个，合格{passed}个，不合格{failed}个，合格率{rate}%。",
        year=year,
        month=int(month),
        site=settings.site.title,
        checked=count.checked,
        passed=count.passed,
        failed=count.failed,
        rate=count.rate,
    )
    yield _against(bulletin, say)
    verdicts = verdict_words(say, bulletin.days)
    if bulletin.failed:
        reasons = [
            say("{reason}{count}个", reason=verdicts[verdict], count=number)
            for verdict, number in bulletin.verdicts.items()
            if verdict is not Verdict.PASSED
        ]
        yield say("不合格原因：{reasons}。", reasons=say("；").join(reasons))
    yield from _groups(bulletin, settings, say)
    if bulletin.failed:
        named = [_named(one, verdicts, say) for one in bulletin.failed[:MOST_NAMED]]
        more = say("等") if len(bulletin.failed) > len(named) else ""
        yield say("不合格账号：{names}{more}。", names=say("；").join(named), more=more)
    yield say(
        "检查日为{day}；自{first}起没有发布新内容的账号判为不合格，没有日期的内容视为未更新（参照国办秘函〔2019〕19号）。",
        day=_day(bulletin.check_day, say),
        first=_day(bulletin.first_day, say),
    )


def _against(bulletin: Bulletin, say: Words) -> str:
    count = bulletin.count
    if count.rate is None or count.rate_before is None:
        return say("上月没有可比的数据。")
    points = round(count.rate - count.rate_before, 1)
    failed = {"before": count.failed_before, "now": count.failed}
    if points == 0:
        return say("与上月相比，合格率持平，不合格账号由{before}个变为{now}个。", **failed)
    if points > 0:
        return say(
            "与上月相比，合格率上升{points}个百分点，不合格账号由{before}个变为{now}个。",
            points=points,
            **failed,
        )
    return say(
        "与上月相比，合格率下降{points}个百分点，不合格账号由{before}个变为{now}个。",
        points=-points,
        **failed,
    )


def _groups(bulletin: Bulletin, settings: Settings, say: Words) -> Iterator[str]:
    names = {group.id: group.name for group in settings.groups}
    whole = [names[group] for group, count in bulletin.groups.items() if not count.failed]
    worst = sorted(
        (group for group, count in bulletin.groups.items() if count.failed),
        key=lambda group: bulletin.groups[group].rate or 0,
    )[:MOST_GROUPS]
    if whole:
        yield say("全部合格的分组：{names}。", names=say("、").join(whole))
    if worst:
        rates = [
            say("{name}（{rate}%）", name=names[group], rate=bulletin.groups[group].rate) for group in worst
        ]
        yield say("合格率较低的分组：{names}。", names=say("、").join(rates))


def _named(one: Checked, verdicts: dict[Verdict, str], say: Words) -> str:
    why = verdicts[one.verdict]
    if one.newest is None:
        return say("{name}（{why}）", name=one.account.name, why=why)
    return say("{name}（{why}，最近更新{day}）", name=one.account.name, why=why, day=_day(one.newest, say))


def _day(day: date, say: Words) -> str:
    return say("{year}年{month}月{day}日", year=day.year, month=day.month, day=day.day)
