"""What an unchanged night costs: our fetching of feeds that all answer 304, beside a bare aiohttp loop.

    python benchmarks/fetch.py [FEEDS]       (6,425 by default, the accounts of one city)

The server is a child process on loopback; CPU time is this process's own, user and system.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path

import aiohttp

from matrixsite.config.settings import FetchSettings
from matrixsite.fetch.crawl import fetch_all
from matrixsite.model import Outcome, Request

NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "same"\r\n\r\n'


def serve(ready: Connection) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(NOT_MODIFIED)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


async def ours(place: str, feeds: int) -> None:
    settings = FetchSettings(allow_private=(place,))
    requests = [Request(f"a{n}", f"http://{place}/{n}.xml", etag='"same"') for n in range(feeds)]
    async for got in fetch_all(requests, settings, Path(), site_url="https://matrix.example.org"):
        assert got.outcome is Outcome.SAME, got


async def bare(place: str, feeds: int) -> None:
    waiting = iter(range(feeds))

    async def worker(session: aiohttp.ClientSession) -> None:
        for n in waiting:
            url = f"http://{place}/{n}.xml"
            async with session.get(url, headers={"If-None-Match": '"same"'}) as response:
                await response.read()
                assert response.status == 304

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(worker(session) for _ in range(FetchSettings().per_host)))


def main() -> None:
    feeds = int(sys.argv[1]) if len(sys.argv) > 1 else 6425
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(there,), daemon=True)
    server.start()
    place = f"127.0.0.1:{here.recv()}"
    for name, run in (
        ("bare aiohttp", bare),
        ("matrixsite", ours),
        ("bare aiohttp", bare),
        ("matrixsite", ours),
    ):
        before = time.process_time()
        asyncio.run(run(place, feeds))
        print(f"{name:14} {(time.process_time() - before) / feeds * 1000:.3f} CPU-ms a feed")
    server.terminate()


if __name__ == "__main__":
    main()
