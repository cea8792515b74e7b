"""A city's feeds on loopback: a child process that answers as their hosts would, and the settings of such a matrix.

Real feeds lie on many hosts, so these lie on several addresses of the loopback network. An answer comes after LATENCY;
whoever sends the ETag that it was given gets 304. Documents are seeded and made before the first is asked for.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection

from clean import picture, sentence

LATENCY = 0.02  # seconds
NOW = datetime(2026, 11, 2, 19, tzinfo=UTC)
PARAGRAPHS = 7  # of an entry that has a text
ETAG = '"5f3a1c"'
_STYLE = 'style="margin: 0px 8px; line-height: 1.75em; letter-spacing: 1px;"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'


@dataclass(frozen=True, slots=True)
class City:
    """So many feeds, spread over so many hosts; each of so many entries, with texts or of titles only."""

    feeds: int
    hosts: int = 64
    entries: int = 34
    texts: bool = True

    def urls(self, port: int) -> list[str]:
        """The feeds' addresses, neighbours on different hosts."""
        return [f"http://{_host(number % self.hosts)}:{port}/{number}.xml" for number in range(self.feeds)]

    def settings(self, port: int) -> str:
        """feeds.yaml: an account a feed, three to a member, a hundred to a group."""
        places = ", ".join(f'"{_host(number)}:{port}"' for number in range(self.hosts))
        groups = "".join(
            f"- {{id: g{number}, name: 第{number}区, kind: district}}\n"
            for number in range(self.feeds // 100 + 1)
        )
        accounts = "".join(
            f"- {{id: a{number}, name: 账号{number}发布, member: m{number // 3}, platform: wechat,"
            f" group: g{number // 100}, class: government, aliases: [甲{number}], feed: {url}}}\n"
            for number, url in enumerate(self.urls(port))
        )
        site = '{title: 大矩阵, url: "https://matrix.example.org"}'
        return f"site: {site}\nfetch: {{allow_private: [{places}]}}\ngroups:\n{groups}accounts:\n{accounts}"


@contextmanager
def served(city: City) -> Iterator[int]:
    """The port on which the city's feeds are to be had meanwhile."""
    here, there = get_context("spawn").Pipe()
    server = get_context("spawn").Process(target=_serve, args=(city, there), daemon=True)
    server.start()
    try:
        yield here.recv()
    finally:
        server.terminate()
        server.join()


def document(city: City, number: int) -> bytes:
    """One feed's document."""
    rng = random.Random(number)
    items = "".join(_item(city, rng, number, place) for place in range(city.entries))
    channel = f"<channel><title>账号{number}发布</title><link>https://a{number}.example.org/</link>{items}</channel></rss>"
    return (_HEAD + channel).encode()


def _item(city: City, rng: random.Random, feed: int, place: int) -> str:
    link = f"https://a{feed}.example.org/{feed}-{place}.html"
    published = format_datetime(NOW - timedelta(hours=place, seconds=feed), usegmt=True)
    title = f"{sentence(rng, 14)[:-1]}{feed}-{place}"
    body = ""
    if city.texts:
        paragraphs = (
            f'<section {_STYLE}><span style="font-size: 15px;">{sentence(rng, rng.randint(60, 130))}</span></section>'
            for _ in range(PARAGRAPHS)
        )
        body = f'{"".join(paragraphs)}<p><img data-ratio="0.66" data-src="{picture(feed * 100 + place)}"></p>'
        body = f"<content:encoded><![CDATA[{body}]]></content:encoded>"
    return (
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid><author>账号{feed}</author>"
        f"<category>要闻</category><pubDate>{published}</pubDate>{body}</item>"
    )


def _host(number: int) -> str:
    return f"127.0.{1 + number // 250}.{1 + number % 250}"


class _Answering(asyncio.Protocol):
    def __init__(self, documents: list[bytes]) -> None:
        self._documents, self._head = documents, b""
        self._loop = asyncio.get_running_loop()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, packet: bytes) -> None:
        self._head += packet
        if self._head.endswith(b"\r\n\r\n"):
            head, self._head = self._head, b""
            self._loop.call_later(LATENCY, self._answer, head)

    def _answer(self, head: bytes) -> None:
        if self._transport.is_closing():
            return
        if ETAG.encode() in head:
            self._transport.write(f"HTTP/1.1 304 Not Modified\r\nETag: {ETAG}\r\n\r\n".encode())
            return
        body = self._documents[int(head.split(b" ", 2)[1][1:].partition(b".")[0])]
        fields = f"Content-Type: application/rss+xml\r\nETag: {ETAG}\r\nContent-Length: {len(body)}"
        self._transport.write(f"HTTP/1.1 200 OK\r\n{fields}\r\n\r\n".encode() + body)


def _serve(city: City, ready: Connection) -> None:
    documents = [document(city, number) for number in range(city.feeds)]
    asyncio.run(_listen(city, documents, ready))


async def _listen(city: City, documents: list[bytes], ready: Connection) -> None:
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: _Answering(documents), _host(0), 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    others = [_host(number) for number in range(1, city.hosts)]
    if others:
        await loop.create_server(lambda: _Answering(documents), others, port, backlog=512)
    ready.send(port)
    await first.serve_forever()
