"""Whether a feed is spam by now: its address was sold, or its site broken into (python/planet#418, #606).

Told by what the titles advertise. A report on gambling or a warning of fraud names the deed; an advertisement names the
brand and the offer. Several titles must do so, and no small part of all: one broken-in entry among many is for editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from matrixsite.model import Reason

LEAST = 3
SHARE = 0.3

_OFFERS = re.compile(
    r"""
    百家乐(?:平台|官网|技巧|开户|app) | 真人(?:荷官|娱乐|视讯)
    | (?:新?葡京|威尼斯人|金沙|银河|永利|太阳城)(?:娱乐|国际|官网|平台|app)
    | (?:六合彩|时时彩|北京赛车|pk10|快三|幸运飞艇|分分彩)(?:开奖|计划|平台|官网|投注|预测)
    | (?:澳门|香港)(?:六合|开奖|资料大全) | 娱乐城(?:官网|开户|注册|平台)
    | 棋牌(?:平台|官网|app|下载) | (?:博彩|体育投注|老虎机|电子游戏)(?:平台|官网|网站|app)
    | 注册(?:就)?送\d+ | 首存送 | 开户送 | 外围(?:投注|平台|女)
    | (?:开云|亚博|华体会|乐鱼|爱游戏|米兰)(?:体育|app|官网|全站)
    | 裸聊 | 约炮 | 成人(?:视频|影院|电影|网站) | 无码(?:视频|高清|专区) | 代开发票 | 办证刻章 | 刷单兼职
    | \b(?:online\s+casino|casino\s+bonus|slot\s+gacor|judi\s+online|situs\s+slot|togel|buy\s+viagra|cheap\s+cialis
      |porn\s+videos?|escort\s+girls?|payday\s+loans?|betting\s+sites?)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def spam_in(titles: Iterable[str]) -> tuple[Reason, ...]:
    """The finding `spam` where the titles of a document are those of advertisements; nothing else."""
    count = offers = 0
    for title in titles:
        count += 1
        offers += _OFFERS.search(title) is not None
    if offers < LEAST or offers < SHARE * count:
        return ()
    return (Reason("spam", f"{offers} of {count} titles"),)
