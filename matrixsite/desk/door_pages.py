"""The pages that someone without a session may see, and refusals: plain HTML, in Chinese or English.

They hold nothing of the matrix. Their style is the desk's own, /static/desk.css.
"""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse

CHINESE, ENGLISH = LANGUAGES = ("zh-CN", "en")

# By kind: status, then title and sentence in both languages.
_SAID: Final[dict[str, tuple[int, str, str, str, str]]] = {
    "host": (
        *(403, "不应答这个名称", "编辑台只应答本机地址，以及启动时用 --host 或 --address 写明的名称。"),
        *(
            "Not by this name",
            "The desk answers to addresses of its machine, and to names given with --host or --address.",
        ),
    ),
    "origin": (
        *(403, "请求来自别处", "这个请求不是从编辑台的页面发出的，什么也没有改动。"),
        *("From elsewhere", "This request does not come from a page of the desk; nothing was changed."),
    ),
    "csrf": (
        *(
            403,
            "页面已过时",
            "这个页面属于以前的登录，什么也没有改动。请返回，复制已填写的内容，重新载入页面后再提交。",
        ),
        *(
            "An old page",
            "This page belongs to an earlier session; nothing was changed. Go back, copy what you "
            "wrote, load the page again and send it then.",
        ),
    ),
    "400": (400, "表单无法读取", "什么也没有改动。", "Unreadable form", "Nothing was changed."),
    "408": (
        408,
        "等待超时",
        "内容没有在时限内传完，什么也没有改动。",
        "Too slow",
        "It did not arrive in time; nothing was changed.",
    ),
    "413": (
        413,
        "内容过大",
        "最多 1 MB。什么也没有改动。",
        "Too large",
        "At most 1 MB is taken; nothing was changed.",
    ),
    "415": (
        *(415, "类型不对", "只接受表单（application/x-www-form-urlencoded，UTF-8）和 JSON。什么也没有改动。"),
        *(
            "Wrong type",
            "Only forms (application/x-www-form-urlencoded in UTF-8) and JSON are taken; nothing was changed.",
        ),
    ),
    "token": (
        *(403, "地址已失效", "地址里的令牌只能用一次，十分钟内有效；这一个已用过、已过期，或者不对。"),
        *(
            "A used address",
            "The token of an address works once, within ten minutes; this one was used, is too old, or wrong.",
        ),
    ),
    "closed": (
        *(403, "请先登录", "您还没有登录，或者登录已过期（十二小时无操作）。"),
        *("Sign in first", "You have not signed in, or your session ended (after twelve hours without use)."),
    ),
    "wrong": (403, "密码不对", "请再试一次。", "Wrong password", "Please try again."),
    "wait": (
        429,
        "请稍候",
        "失败次数较多，{seconds} 秒后再试。",
        "Please wait",
        "After many failures: try again in {seconds} s.",
    ),
    "left": (200, "已退出", "本次登录已结束。", "Signed out", "Your session has ended."),
    "strayed": (200, "正在打开", "正在打开编辑台。", "Opening", "Opening the desk."),
    "bug": (
        *(500, "程序出错", "这是程序的错误，详情写在运行编辑台的终端里。"),
        *("A fault of the program", "Its traceback stands in the terminal that runs the desk."),
    ),
}
_TERMINAL = {
    CHINESE: "在运行 matrixsite desk 的终端里按回车键，会显示一个新地址；也可以重新启动编辑台。",
    ENGLISH: "Press Enter in the terminal that runs matrixsite desk, and it shows a new address; or start it anew.",
}
_FIELDS = {
    CHINESE: ("姓名（写入操作记录）", "密码", "登录"),
    ENGLISH: ("Your name, for the record", "Password", "Sign in"),
}
_GO_ON = {CHINESE: "继续", ENGLISH: "Go on"}
_SOURCE = {CHINESE: "本程序的源代码（AGPL-3.0）", ENGLISH: "Source of this program (AGPL-3.0)"}
_TO_THE_DOOR = frozenset({"token", "closed", "wrong", "wait", "left"})


def page(
    kind: str,
    language: str,
    *,
    password: bool = False,
    onward: str = "/",
    go_on: bool = False,
    seconds: int = 0,
) -> HTMLResponse:
    """One of them: with the ways in where these help, `password` being one; or going on to `onward` by itself."""
    status, *said = _SAID[kind]
    title, sentence = said[:2] if language == CHINESE else said[2:]
    parts = [f"<h1>{title}</h1>", f"<p>{sentence.format(seconds=seconds)}</p>"]
    if kind in _TO_THE_DOOR:
        parts += [_form(language, onward)] if password else []
        parts += [f"<p>{_TERMINAL[language]}</p>"]
    head = ""
    if go_on:
        head = f'<meta http-equiv="refresh" content="0; url={escape(onward)}">'
        parts += [f'<p><a href="{escape(onward)}">{_GO_ON[language]}</a></p>']
    return HTMLResponse(
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}\n<title>{title}</title>\n'
        f'<link rel="stylesheet" href="/static/desk.css">\n</head>\n<body class="door">\n<main>\n'
        + "\n".join(parts)
        + f'\n</main>\n<footer><a href="/source.zip">{_SOURCE[language]}</a></footer>\n</body>\n</html>\n',
        status,
    )


def _form(language: str, onward: str) -> str:
    editor, password, enter = _FIELDS[language]
    return (
        f'<form method="post" action="/login"><input type="hidden" name="next" value="{escape(onward)}">\n'
        f'<p><label>{editor} <input name="editor" autocomplete="name" maxlength="60" required></label></p>\n'
        f'<p><label>{password} <input type="password" name="password" autocomplete="current-password" required>'
        f"</label></p>\n<p><button>{enter}</button></p></form>"
    )


def spoken(headers: Headers) -> str:
    """The first language of the browser that the desk speaks."""
    wanted = []
    for place, part in enumerate(headers.get("accept-language", "")[:500].split(",")):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            wanted.append((-float(weight or 1), place, tag))
        except ValueError:
            continue
    for _, _, tag in sorted(wanted):
        for language in LANGUAGES:
            if tag.partition("-")[0] == language.partition("-")[0]:
                return language
    return CHINESE
