"""A night's pictures: what is asked for and by which rules, what a failure comes to, and that none ends a night."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from matrixsite.clean.reencoding import reencoded
from matrixsite.config.settings import Account, Feed, FetchSettings, Images, Rights
from matrixsite.errors import SettingsError
from matrixsite.pipeline import mirroring
from matrixsite.store.images import MOST_TRIES
from tests.feedserver import FeedServer, Raw, Reply, Route, endless
from tests.nights import Item, Nights, rss
from tests.pictures import bomb, picture
from tests.store.filling import matrix

PICTURE = picture(30, 20)
HTML = {"Content-Type": "text/html"}


class Mirror:
    """One account on a server, whose pictures are mirrored."""

    def __init__(self, root: Path, server: FeedServer) -> None:
        self.server = server
        account = {"id": "a", "feed": server.url("/a.xml"), "rights": "full", "images": "mirror"}
        self.fetch = {"allow_private": [server.place], "timeout": 3.0, "connect_timeout": 2.0}
        self.nights = Nights(root, [account], fetch=self.fetch)

    def show(self, *addresses: str) -> None:
        """An entry with these pictures; paths are the server's."""
        urls = [self.server.url(each) if each.startswith("/") else each for each in addresses]
        text = "<p>正文。</p>" + "".join(f'<img src="{url}">' for url in urls)
        self.server.routes["/a.xml"] = Reply(rss(Item("1", "图", text)))

    def rows(self) -> dict[str, tuple[str, int, int | None, str]]:
        """By the last part of the address: digest, tries, next try, reason."""
        with closing(sqlite3.connect(self.nights.root / ".matrixsite/store.sqlite3")) as connection:
            rows = connection.execute("SELECT url, digest, tries, next_try, reason FROM image").fetchall()
        return {url.rpartition("/")[2]: tuple(rest) for url, *rest in rows}

    def asked(self, path: str) -> int:
        return self.server.targets().count(path)


@pytest.fixture
def mirror(tmp_path: Path, feed_server: FeedServer) -> Mirror:
    return Mirror(tmp_path, feed_server)


def test_each_is_asked_for_once(mirror: Mirror) -> None:
    mirror.server.routes |= {"/1.png": Reply(PICTURE), "/2.jpg": Reply(picture(9, 9, "JPEG"))}
    mirror.show("/1.png", "/2.jpg", "/1.png")
    report = mirror.nights.update()
    assert report.images == {"mirrored": 2, "failed": 0, "waiting": 0}
    assert mirror.nights.update().images == {}
    assert (mirror.asked("/1.png"), mirror.asked("/2.jpg")) == (1, 1)
    (status,) = mirror.nights.load().statuses()
    assert (status.images_mirrored, status.images_missing) == (2, 0)


def test_who_asks_says_what_it_takes_and_not_where_it_comes_from(mirror: Mirror) -> None:
    mirror.server.routes["/1.png"] = Reply(PICTURE, {"Set-Cookie": "a=b"})
    mirror.show("/1.png")
    mirror.nights.update()
    (asked,) = [asked for asked in mirror.server.asked if asked.target == "/1.png"]
    assert asked.header("accept") == mirroring.ACCEPT.encode()
    assert {"referer", "cookie", "authorization"}.isdisjoint(name for name, _ in asked.headers)


def test_offline_nothing_is_asked_for_and_all_wait(mirror: Mirror) -> None:
    mirror.server.routes["/1.png"] = Reply(PICTURE)
    mirror.show("/1.png")
    mirror.server.routes["/1.png"] = Reply(status=500)
    mirror.nights.update()
    mirror.server.routes["/1.png"] = Reply(PICTURE)
    mirror.nights.night += timedelta(days=2)
    assert mirror.nights.update(offline=True).images == {"mirrored": 0, "failed": 0, "waiting": 1}
    assert mirror.asked("/1.png") == 1
    assert mirror.nights.update().images["mirrored"] == 1


HOSTILE: dict[str, tuple[Route, str]] = {
    "missing": (Reply(status=404), "not-found"),
    "html": (Reply(b"<html>" + b"x" * 3000, {"Content-Type": "image/png"}), "no-image"),
    "svg": (Reply(b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"Content-Type": "image/png"}), "no-image"),
    "empty": (Reply(b""), "no-image"),
    "bomb": (Reply(bomb()), "too-many-pixels"),
    "cut": (Reply(picture(300, 300, "JPEG")[:700]), "broken-image"),
    "huge": (Reply(b"\x89PNG" + b"\0" * mirroring.MOST_BYTES), "too-large"),
    "endless": (endless(b"HTTP/1.1 200 OK\r\n\r\n\x89PNG", b"\0" * 65536), "too-large"),
    "dripping": (endless(b"HTTP/1.1 200 OK\r\n\r\n", b"\0", 0.2), "timeout"),
    "silent": (Raw([], "hold"), "timeout"),
    "reset": (Raw([b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n\x89PNG"], "reset"), "cut-short"),
    "inside": (Reply(status=302, headers={"Location": "http://127.0.0.2:9/x.png"}), "refused-address"),
    "metadata": (Reply(status=302, headers={"Location": "http://169.254.169.254/"}), "refused-address"),
    "file": (Reply(status=302, headers={"Location": "file:///etc/passwd"}), "redirect-refused"),
}


def test_whatever_is_answered_the_others_are_copied(mirror: Mirror) -> None:
    mirror.server.routes |= {f"/{name}": route for name, (route, _) in HOSTILE.items()}
    mirror.server.routes |= {f"/good{n}.png": Reply(picture(n + 1, 9)) for n in range(5)}
    mirror.server.routes["/lies.txt"] = Reply(PICTURE, HTML)  # the bytes are believed
    good = [f"/good{n}.png" for n in range(5)]
    mirror.show(*(f"/{name}" for name in HOSTILE), *good, "/lies.txt", "http://10.0.0.1/x.png")
    report = mirror.nights.update()
    rows = mirror.rows()
    found = {name: rows[name][3].partition(" ")[0] for name in HOSTILE}
    assert found == {name: code for name, (_, code) in HOSTILE.items()}
    assert rows["x.png"][3].startswith("refused-address")
    assert all(rows[name][0] for name in ("good0.png", "good4.png", "lies.txt"))
    assert report.images == {"mirrored": 6, "failed": len(HOSTILE) + 1, "waiting": len(HOSTILE) + 1}
    assert report.error == ""


def test_tried_again_at_growing_distance_and_then_no_more(mirror: Mirror) -> None:
    mirror.show("/lost.png")
    asked = []
    for night in range(40):
        before = mirror.asked("/lost.png")
        mirror.nights.update()
        if mirror.asked("/lost.png") > before:
            asked.append(night)
    assert asked == [0, 1, 3, 7, 15]
    assert mirror.rows()["lost.png"] == ("", MOST_TRIES, None, "not-found (HTTP 404)")


def test_a_host_that_asks_to_wait_costs_no_try(mirror: Mirror) -> None:
    mirror.server.routes["/1.png"] = Reply(status=429)
    mirror.show("/1.png")
    assert mirror.nights.update().images == {"mirrored": 0, "failed": 0, "waiting": 1}
    assert mirror.rows()["1.png"][1] == 0


def test_a_bound_on_a_nights_number(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirroring, "MOST_A_NIGHT", 2)
    mirror.server.routes |= {f"/{n}.png": Reply(picture(n + 1, 9)) for n in range(5)}
    mirror.show(*(f"/{n}.png" for n in range(5)))
    reports = [mirror.nights.update().images for _ in range(3)]
    assert [(images["mirrored"], images["waiting"]) for images in reports] == [(2, 3), (2, 1), (1, 0)]


def test_a_bound_on_a_nights_time(mirror: Mirror, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is done by then is kept."""
    monkeypatch.setattr(mirroring, "PATIENCE", 1.0)
    mirror.server.routes |= {"/1.png": Reply(PICTURE), "/slow.png": Reply(picture(9, 9), delay=2.0)}
    mirror.show("/1.png", "/slow.png")
    assert mirror.nights.update().images == {"mirrored": 1, "failed": 0, "waiting": 1}
    monkeypatch.undo()
    assert mirror.nights.update().images == {"mirrored": 1, "failed": 0, "waiting": 0}


def _killed(_: bytes) -> Any:
    os.kill(os.getpid(), signal.SIGKILL)


def _endless(_: bytes) -> Any:
    while True:
        pass


@pytest.mark.parametrize(("fault", "code"), [(_killed, "image-worker-died"), (_endless, "image-too-slow")])
def test_a_picture_that_ends_its_decoder_harms_only_itself(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch, fault: Callable[[bytes], Any], code: str
) -> None:
    made, bad = reencoded, picture(13, 13)
    monkeypatch.setattr(mirroring, "reencoded", lambda body: fault(body) if body == bad else made(body))
    monkeypatch.setattr(mirroring, "CPU_SECONDS", 0.3)
    mirror.server.routes |= {f"/{n}.png": Reply(picture(n + 1, 9)) for n in range(6)}
    mirror.server.routes["/bad.png"] = Reply(bad)
    mirror.show("/0.png", "/bad.png", *(f"/{n}.png" for n in range(1, 6)))
    assert mirror.nights.update().images == {"mirrored": 6, "failed": 1, "waiting": 1}
    assert mirror.rows()["bad.png"][3].startswith(code)


def test_held_entries_wait(mirror: Mirror) -> None:
    mirror.server.routes["/1.png"] = Reply(PICTURE)
    mirror.show("/1.png")
    mirror.nights.write("content/withdrawn.yaml", json.dumps([{"ref": "https://example.com/1", "why": "误"}]))
    settings = json.loads((mirror.nights.root / "feeds.yaml").read_text(encoding="utf-8"))
    mirror.nights.set_up([settings["accounts"][0] | {"publish": "hold"}], fetch=mirror.fetch)
    assert mirror.nights.update().images == {"mirrored": 0, "failed": 0, "waiting": 1}
    assert mirror.asked("/1.png") == 0


def test_a_purge_erases_the_pictures(mirror: Mirror) -> None:
    mirror.server.routes["/1.png"] = Reply(PICTURE)
    mirror.show("/1.png")
    mirror.nights.update()
    words = [{"ref": "https://example.com/1", "why": "误", "purge": True}]
    mirror.nights.write("content/withdrawn.yaml", json.dumps(words))
    mirror.nights.update()
    with closing(sqlite3.connect(mirror.nights.root / ".matrixsite/store.sqlite3")) as connection:
        counts = [
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("image", "image_copy", "image_use")
        ]
    assert counts == [0, 0, 0]


def test_only_private_places_of_mirrored_feeds_may_be_asked() -> None:
    def account(name: str, url: str, images: Images) -> Account:
        return Account(name, name, name, feeds=(Feed(name, url),), rights=Rights.FULL, images=images)

    places = ("127.0.0.1:1200", "10.0.0.9:80", "[::1]:443", "127.0.0.1:9")
    settings = matrix(
        account("a", "http://127.0.0.1:1200/wechat/a.xml", Images.MIRROR),
        account("b", "http://10.0.0.9/b.xml", Images.HOTLINK),
        account("c", "https://[::1]/c.xml", Images.MIRROR),
        account("d", "d.xml", Images.MIRROR),
        fetch=FetchSettings(allow_private=places, concurrency=64),
    )
    fetch = mirroring.fetch_settings(settings)
    assert fetch.allow_private == ("127.0.0.1:1200", "[::1]:443")
    assert (fetch.max_bytes, fetch.concurrency) == (mirroring.MOST_BYTES, mirroring.AT_ONCE)
    small = replace(settings, fetch=FetchSettings(max_bytes=1000))
    assert mirroring.fetch_settings(small).max_bytes == 1000


def test_without_the_extra_it_is_said_before_anything_is_done(
    mirror: Mirror, monkeypatch: pytest.MonkeyPatch
) -> None:
    mirror.show()
    monkeypatch.setattr(mirroring, "find_spec", lambda _: None)
    with pytest.raises(SettingsError, match=r"matrixsite\[images\]"):
        mirror.nights.update()
    assert mirror.server.asked == []
    mirror.nights.set_up([{"id": "a", "feed": mirror.server.url("/a.xml")}], fetch=mirror.fetch)
    mirror.nights.update()
