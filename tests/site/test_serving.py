from __future__ import annotations

import asyncio
import json
import os
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from matrixsite.errors import MatrixError
from matrixsite.site import serving
from matrixsite.site.serving import (
    EVENTS,
    SCRIPT,
    Channel,
    is_ours,
    located,
    preview_app,
    with_script,
)

HOME = b"<html><body>home</body></html>"
TAG = f'<script src="{SCRIPT}"></script>'.encode()
Asking = Callable[[TestClient], Awaitable[None]]  # type: ignore[type-arg]  # its parameters say nothing here


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site with a neighbour that is none of its business."""
    site = tmp_path / "site"
    (site / "accounts/青山").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "index.html").write_bytes(HOME)
    (site / "404.html").write_bytes(b"<p>none</p>")
    (site / "accounts/青山/index.html").write_bytes(b"<p>account</p>")
    (site / "feed.xml").write_bytes(b"<rss/>")
    (site / ".token").write_bytes(b"secret")
    (tmp_path / "outside.html").write_bytes(b"secret")
    (site / "link.html").symlink_to(tmp_path / "outside.html")
    (site / "up").symlink_to(tmp_path)
    (site / "inner.html").symlink_to(site / "index.html")
    return site


def ask(folder: Path, asking: Asking, *, base: str = "/", channel: Channel | None = None) -> None:
    """Do this with a browser at the preview of the folder."""

    async def session() -> None:
        app = preview_app(folder, base, host="127.0.0.1", channel=channel)
        async with TestClient(TestServer(app)) as client:
            await asking(client)

    asyncio.run(session())


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.webp", "image/webp"), ("a.css", "text/css"), ("manifest.webmanifest", "application/manifest+json")],
)
def test_files_say_what_they_are(folder: Path, name: str, kind: str) -> None:
    """Not every Python knows all of it: there browsers would be told that they are any bytes."""
    (folder / name).write_bytes(b"x")

    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        assert (await client.get(f"/{name}")).content_type == kind

    ask(folder, asking)


@pytest.mark.parametrize(
    ("path", "status", "body"),
    [
        ("/", 200, HOME),
        ("/index.html", 200, HOME),
        ("/inner.html", 200, HOME),
        ("/feed.xml", 200, b"<rss/>"),
        ("/accounts/%E9%9D%92%E5%B1%B1/", 200, b"<p>account</p>"),
        ("/gone.html", 404, b"<p>none</p>"),
        ("/empty/", 404, b"<p>none</p>"),  # no listing
        ("/feed.xml/", 404, b"<p>none</p>"),
        ("/.token", 404, b"<p>none</p>"),
        ("/link.html", 404, b"<p>none</p>"),
        ("/up/outside.html", 404, b"<p>none</p>"),
        ("/../outside.html", 404, b"<p>none</p>"),
        ("/%2e%2e/outside.html", 404, b"<p>none</p>"),
        ("/..%2foutside.html", 404, b"<p>none</p>"),
        ("/..%5coutside.html", 404, b"<p>none</p>"),
        ("/index.html%00", 404, b"<p>none</p>"),
        ("//index.html", 404, b"<p>none</p>"),
        (f"/{'a' * 300}", 404, b"<p>none</p>"),
    ],
)
def test_answers(folder: Path, path: str, status: int, body: bytes) -> None:
    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        url = URL(f"{client.make_url('/')}{path[1:]}", encoded=True)
        async with client.session.get(url) as response:
            assert (response.status, await response.read()) == (status, body)
            assert response.headers["Cache-Control"] == "no-cache"

    ask(folder, asking)


@pytest.mark.parametrize(
    ("base", "path", "location"),
    [
        ("/", "/accounts/青山", "/accounts/%E9%9D%92%E5%B1%B1/"),
        ("/matrix/", "/", "/matrix/"),
        ("/matrix/", "/matrix", "/matrix/"),
    ],
)
def test_folders_are_led_to_with_their_slash(folder: Path, base: str, path: str, location: str) -> None:
    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get(path, allow_redirects=False) as response:
            assert (response.status, response.headers["Location"]) == (302, location)

    ask(folder, asking, base=base)


@pytest.mark.parametrize(
    ("path", "status"), [("/matrix/feed.xml", 200), ("/feed.xml", 404), ("/other/", 404)]
)
def test_a_site_below_a_path_is_served_there(folder: Path, path: str, status: int) -> None:
    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get(path) as response:
            assert response.status == status

    ask(folder, asking, base="/matrix/")


def test_pages_get_the_script_and_files_stay_as_they_are(folder: Path) -> None:
    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get("/") as response:
            assert await response.read() == with_script(HOME)
        async with client.get("/none") as response:
            assert (response.status, await response.read()) == (404, b"<p>none</p>" + TAG)
        async with client.head("/") as response:
            assert response.content_length == len(with_script(HOME))
        async with client.get("/feed.xml") as response:
            assert await response.read() == b"<rss/>"
        async with client.get(SCRIPT) as response:
            assert "EventSource" in await response.text()
            assert response.content_type.endswith("/javascript")

    ask(folder, asking, channel=Channel())
    assert (folder / "index.html").read_bytes() == HOME


def test_the_script_stands_at_the_end_of_the_body() -> None:
    assert with_script(HOME) == b"<html><body>home" + TAG + b"</body></html>"
    assert with_script(b"</BODY> quoted </body>") == b"</BODY> quoted " + TAG + b"</body>"


@pytest.mark.parametrize(
    ("header", "ours"),
    [
        *((header, True) for header in ("localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000")),
        *((header, True) for header in ("192.168.1.9:8000", "site.localhost:8000", "preview.lan")),
        *((header, False) for header in ("", "evil.example", "localhost.evil.example", "127.0.0.1.nip.io")),
        *((header, False) for header in ("evil.example:8000", "notlocalhost", "[", "x@evil.example")),
    ],
)
def test_only_names_that_lead_nowhere_else_are_answered(header: str, ours: bool) -> None:
    assert is_ours(header, "preview.lan") is ours


@pytest.mark.parametrize("path", ["/", "/feed.xml", EVENTS, SCRIPT, "/none"])
def test_a_foreign_name_gets_nothing(folder: Path, path: str) -> None:
    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get(path, headers={"Host": "evil.example"}) as response:
            assert response.status == 403
            assert b"home" not in await response.read()

    ask(folder, asking, channel=Channel())


def test_browsers_hear_of_rebuilds_and_failures(folder: Path) -> None:
    channel = Channel()

    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get(EVENTS) as first:
            assert await first.content.readuntil(b"\n\n") == b":\n\n"
            channel.fail("content/a.md: <b>错</b>\nsecond line")
            event, data = (await first.content.readuntil(b"\n\n")).decode().split("\n")[:2]
            assert (event, json.loads(data.removeprefix("data: "))) == (
                "event: failed",
                "content/a.md: <b>错</b>\nsecond line",
            )
            async with client.get(EVENTS) as late:  # a page loaded while the failure stands
                assert b"failed" in await late.content.readuntil(b'second line"\n\n')
            channel.reload()
            assert b"event: reload" in await first.content.readuntil(b"\n\n")
            async with client.get(EVENTS) as after:
                channel.close()
                assert b"failed" not in await after.read()
            assert await first.read() == b""

    ask(folder, asking, channel=channel)


def test_signs_of_life_come_between_events(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "BEAT", 0.01)

    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get(EVENTS) as response:
            for _ in range(3):
                assert await response.content.readuntil(b"\n\n") == b":\n\n"

    ask(folder, asking, channel=Channel())


def test_a_port_that_is_taken_is_one_sentence(folder: Path) -> None:
    async def start(port: int) -> None:
        app = preview_app(folder, "/", host="127.0.0.1", channel=None)
        async with serving.serving(app, "127.0.0.1", port):
            pass

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(MatrixError, match=f"^port {port} is taken; name another one with --port$"):
            asyncio.run(start(port))


def test_the_address_it_tells_answers(folder: Path) -> None:
    async def start() -> int:
        app = preview_app(folder, "/", host="127.0.0.1", channel=None)
        async with (
            serving.serving(app, "127.0.0.1", 0) as address,
            ClientSession() as session,
            session.get(address) as response,
        ):
            return response.status

    assert asyncio.run(start()) == 200


@given(st.text(st.sampled_from("./\\a\0青") | st.characters(blacklist_categories=["Cs"]), max_size=30))
def test_no_path_leads_out_of_the_folder(path: str) -> None:
    folder = Path(__file__).parent.resolve()
    place = located(folder, path)
    assert place is None or place.is_relative_to(folder)


def test_only_files_are_served(folder: Path) -> None:
    os.mkfifo(folder / "pipe")

    async def asking(client: TestClient) -> None:  # type: ignore[type-arg]
        async with client.get("/pipe") as response:
            assert response.status == 404

    ask(folder, asking)
