"""Whom a text names as its source: 来源：X, 转载自X, X电. Names only; who they are, `origins` finds out."""

from __future__ import annotations

import re

HEAD, TAIL = 6, 10  # lines in which a source may stand
_LONGEST = 24  # characters of a name
_NAME = r"([^\s,，。;；:：|｜丨()（）\[\]【】<>《》\"“”'‘’]{2,24})"
_CREDITS = (
    re.compile(
        rf"(?<![片频据料面图])来源\s*[:：|｜丨/]\s*(?:微信)?(?:公众号)?\s*[:：]?\s*[“\"「『《]?{_NAME}"
    ),
    re.compile(
        rf"(?:转载|转发|摘编?|编发|综合)自\s*[:：]?\s*(?:微信)?(?:公众号)?\s*[:：]?\s*[“\"「『《]?{_NAME}"
    ),
    re.compile(rf"(?:^|[\s（(])转自\s*[:：]?\s*(?:微信)?(?:公众号)?\s*[:：]?\s*[“\"「『《]?{_NAME}"),
    re.compile(rf"(?:^|[\s（(])(?:首发于|原载于?|刊于|原发于)\s*[:：]?\s*[“\"「『《]?{_NAME}"),
)
_CREDITED = re.compile("来源|[载发摘编合转]自|[首原]发于|原载|刊于")  # without which no line has a credit
_WIRE = re.compile(
    r"^\W{0,3}([\u4e00-\u9fff]{2,8}(?:社|网|报|台|新闻|客户端))(?:[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日)?(?:电|讯)"
)
_TAIL = re.compile(
    r"(?:19|20)\d\d[-年./].*$|(?:作者|编辑|责编|记者|审核|校对|监制|通讯员|图文|文图)(?:[:：/].*)?$|(?:发布|更新)?(?:时间|日期)$|\d{1,2}[:：]\d\d.*$"
)
_SEVERAL = re.compile(r"[、,，&+]|\s和\s")


def named_sources(lines: list[str]) -> tuple[str, ...]:
    """The names that the first and last (plain) lines of an entry give as its source, in their order, each once."""
    found: dict[str, None] = {}
    for line in lines[:HEAD] + lines[HEAD:][-TAIL:]:
        for text in (line,) if len(line) <= 200 else (line[:100], line[-100:]):
            if _CREDITED.search(text):
                for pattern in _CREDITS:
                    for match in pattern.finditer(text):
                        found.update(dict.fromkeys(_names(match[1])))
    for line in lines[:2]:
        if wire := _WIRE.match(line):
            found.setdefault(wire[1])
    return tuple(found)


def _names(words: str) -> list[str]:
    name = _TAIL.sub("", words).strip("-—_·.* ")
    parts = [part.strip() for part in _SEVERAL.split(name)]
    return [part for part in parts if 2 <= len(part) <= _LONGEST]
