"""What stands around a text and is not the text: calls to follow, breadcrumbs, credit lines, removal notices.

Everything here reads plain lines, is bounded in how far it looks, and changes nothing: the text keeps its
furniture, only the excerpt starts after it.
"""

from __future__ import annotations

import re
import unicodedata

from matrixsite.clean.text import folded, one_line

EXCERPT_LIMIT = 160  # characters
_LEADING, _TRAILING = 6, 10  # lines in which a credit may stand
_SKIPPED = 12  # leading lines that may be furniture
_TOPICS = 20
_NAME_LIMIT = 12  # characters
_LOOK = 24  # characters of an excerpt among which one is sought that the title has not

_DATE = r"(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}日?"
_CREDIT_WORDS = r"(?:(?:文章|稿件|新闻|信息|本文|图文|内容)?(?:信息)?来源|(?:本文|本文章)?(?:转载自|转自))"

# Whole lines. Each is short: a sentence that begins with such a word is a sentence.
# Runs of blanks and signs are possessive (`*+`): two that stood side by side would be tried in every division.
_FURNITURE = re.compile(
    rf"""
      \W*+ (?:点击|点|长按|扫描|识别|轻触|戳)? \W*+ (?:上方|下方|右上角|左上角|上面|下面)? \W*+
        (?:蓝字|蓝色字|蓝色字体|名片|卡片|二维码) .{{0,24}}                # 点击上方蓝字关注我们
    | \W*+ (?:点击|点) (?:右上角|上方|下方|阅读原文|文末|“阅读原文”) .{{0,24}}
    | .{{0,12}} (?:微信好友 | 朋友圈 | 浏览器(?:的)?分享功能 | 分享到) .{{0,20}}
    | \W*+ (?:欢迎|敬请)? (?:关注|订阅) (?:我们|本号|.{{1,12}}公众号) .{{0,12}}
    | (?:您|你)?(?:的)?(?:现在|当前)?(?:的)?位置 \s* [:：] .*
    | 首页 \s* [>＞»›/|-] .* | .{{0,60}} [>＞»›] \s* 正文
    | 正在阅读 \s* [:：] .*
    | (?:原)?{_CREDIT_WORDS} \s* [:：|｜丨/] .{{1,50}}
    | (?:发布|发表|更新|发稿)?(?:时间|日期|于)? \s*+ [:：]?+ \s*+ {_DATE} .{{0,20}}
    | .{{1,16}} \s {_DATE} \s \d{{1,2}} [:：∶] \d\d .{{0,16}}
    | [\[【(（]? \s* (?:作者|编辑|责编|责任编辑|记者|通讯员|撰文|文|图|审校|校对|监制|编者|供稿|撰稿人?)
        \s* [:：|｜丨/] .{{1,30}}
    | (?:浏览|阅读|点击|访问) (?:次数|量|数) .{{0,12}}
    | (?:字号|字体) \s* [:：]? .{{0,12}}
    | 打印(?:本页)? | 关闭(?:窗口)? | 收藏 | 分享 | 正文 | 原创 | 听全文 | 展开
    | \W+
    """,
    re.VERBOSE,
)
# A call to follow that runs on into the text: bridges flatten the article's first paragraphs into one.
_CALL = re.compile(
    r"\W{0,6}(?:点击|长按|扫描|识别|轻触|戳)[^。！？!?；;]{0,4}(?:上方|下方|右上角|左上角|蓝字|名片|卡片|二维码)[^。！？!?；;]{0,24}?"
    r"(?:一键订阅|即可关注我们|关注并设为星标|关注我们|添加关注|即可订阅|设为星标|订阅|关注)(?:哦|吧|哟|噢|～|~)?[\s，,。！!👇↓]*"
)
_CREDIT_LINE = re.compile(rf"\W{{0,3}}{_CREDIT_WORDS}\s*[:：|｜丨/]?\s*(.{{2,80}})")
_CREDIT_NOTE = re.compile(
    rf"[(（\[【]\s*{_CREDIT_WORDS}\s*[:：|｜丨/]\s*([^()（）\[\]【】]{{2,40}})[)）\]】]"
)
_CREDIT_END = re.compile(
    rf"\s*(?:{_DATE}|\d{{1,2}}:\d\d|[|｜丨;；]|\s(?:作者|编辑|责编|责任编辑|记者|发布|发表|时间|日期|浏览|阅读|点击|字号|审核|校对)|[(（]\s*(?:记者|编辑|作者|责编|\d)).*"
)
_PICTURE_CREDIT = re.compile(r"(?:图片|图|视频|数据|资料|题图|封面|素材)(?:来源|源)")
_TOPIC = re.compile(r"(?<![A-Za-z0-9/&=?%._#＃-])[#＃]([^#＃\n\r<>\"'/\\;{}]{2,32})[#＃]")
_COLOUR = re.compile(r"[0-9A-Fa-f]+")
_REMOVALS = (
    "已被发布者删除",
    "已被发送人删除",
    "此内容因违规无法查看",
    "此内容发送失败无法查看",
    "该内容被投诉且经审核涉嫌",
    "此内容被投诉且经审核涉嫌",
    "根据作者隐私设置，无法查看该内容",
)
_NOTICES = (*_REMOVALS, "完成验证后即可继续访问", "获取全文失败", "full text failed")
_NOTICE_LIMIT = 200  # characters: a longer text speaks of such a notice


def excerpt(text: str, title: str) -> str:
    """The first 160 characters after leading furniture; '' where they say no more than the title."""
    lines = text[:4000].split("\n")
    heading = folded(title)
    skipped = 0
    for line in lines[:_SKIPPED]:
        rest = _without_call(line)
        if rest and not is_furniture(rest) and not _repeats(line, title, heading):
            lines[skipped] = rest
            break
        skipped += 1
    words = one_line(" ".join(lines[skipped:])[: 4 * EXCERPT_LIMIT], EXCERPT_LIMIT)
    # Han characters are what folding leaves as it is.
    goes_beyond = any("\u4e00" <= char <= "\u9fa5" and char not in heading for char in words[:_LOOK])
    return words if goes_beyond or folded(words) not in heading else ""


def is_furniture(line: str) -> bool:
    """Whether a line as a whole stands around the text rather than in it."""
    return len(line) <= 90 and _FURNITURE.fullmatch(line) is not None


def credit(text: str) -> str:
    """The X of a `来源：X` or `转自X` line of the first 6 or last 10, without date and editors."""
    if "来源" not in text and "转" not in text:
        return ""
    lines = text.split("\n")
    for line in lines[:_LEADING] + lines[_LEADING:][-_TRAILING:]:
        found = _credit_of(line)
        if found:
            return found
    return ""


def topics(*texts: str) -> tuple[str, ...]:
    """The X of `#X#`, as Weibo writes topics: each once, 2 to 32 characters, at most 20."""
    found: dict[str, str] = {}
    for text in texts:
        if "#" in text or "＃" in text:
            for words in _TOPIC.findall(text):
                topic = one_line(words)
                named = words == words.strip() and not _COLOUR.fullmatch(topic) and len(topic) >= 2
                if named and any(char.isalpha() for char in topic):
                    found.setdefault(unicodedata.normalize("NFKC", topic).casefold(), topic)
    return tuple(found.values())[:_TOPICS]


def is_placeholder(text: str) -> bool:
    """Whether a platform's removal, access-check or error notice stands where the text should be."""
    return len(text) <= _NOTICE_LIMIT and any(notice in text for notice in _NOTICES)


def is_removal(text: str) -> bool:
    """Whether that notice says that author or platform took the text back; an access check says nothing of the sort."""
    return len(text) <= _NOTICE_LIMIT and any(notice in text for notice in _REMOVALS)


def _credit_of(line: str) -> str:
    note = _CREDIT_NOTE.search(line[-60:])
    match = note or (_CREDIT_LINE.match(line) if len(line) <= 90 else None)
    if match is None or _PICTURE_CREDIT.search(line[: match.start(1)] if note is None else match[0]):
        return ""
    words = _CREDIT_END.sub("", match[1]).strip(" :：|｜丨/，,。.;；")
    words = re.sub(r"^(?:微信)?公众号\s*[:：]?\s*", "", words).strip("“”\"'‘’《》「」『』 ")
    return one_line(words) if 2 <= len(words) <= 30 and not re.search("[，。！？]", words) else ""


def _repeats(line: str, title: str, heading: str) -> bool:
    return heading != "" and len(line) < 2 * len(title) + 20 and folded(line) == heading


def _without_call(line: str) -> str:
    """The line after its call to follow; '' where only the name of who is to be followed comes after it."""
    match = _CALL.match(line)
    if match is None:
        return line
    rest = line[match.end() :]
    return rest if len(rest) > _NAME_LIMIT else ""
