"""What stands in a feed's address (a password, a token) reaches no report, log, error or export."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from matrixsite import Matrix, SettingsError
from matrixsite.config.settings import Settings
from matrixsite.pipeline.asking import bare_base
from matrixsite.registry.exporting import entry_line
from matrixsite.registry.opml import members_opml
from tests.feedserver import FeedServer, Reply, Route
from tests.nights import Item, Nights, rss

PASSWORD, TOKEN = "hush-password", "hush-token"

ANSWERS: list[Route] = [
    Reply(rss(Item("1"), Item("2", link="#here"), Item("3", link="?p=3"), Item("4", link="", guid=""))),
    Reply(b"<html>"),
    Reply(status=404),
    Reply(status=410),
    Reply(status=500),
    Reply(status=301, headers={"Location": "ftp://nowhere/"}),
    Reply(status=302, headers={"Location": "http://10.0.0.1/"}),
]


def _matrix(root: Path, address: str, place: str) -> Nights:
    after = "cat > told.json; cat told.json"
    return Nights(root, [{"id": "a", "feed": address}], fetch={"allow_private": [place]}, after=after)


def _hushed(*texts: str) -> None:
    for text in texts:
        assert PASSWORD not in text
        assert TOKEN not in text


@pytest.mark.parametrize("answer", ANSWERS, ids=range(len(ANSWERS)))
def test_whatever_a_feed_answers(
    tmp_path: Path,
    feed_server: FeedServer,
    answer: Route,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    path = f"/a.xml?token={TOKEN}"
    feed_server.routes[path] = answer
    nights = _matrix(tmp_path, f"http://user:{PASSWORD}@{feed_server.place}{path}", feed_server.place)
    report = nights.update()
    matrix = nights.load()
    assert feed_server.asked[0].header("authorization"), "the host itself is told"
    lines = [str(entry_line(entry, matrix.zone)) for entry in matrix.entries(status=None)]
    pages = [entry.html for entry in matrix.entries()]
    state = (tmp_path / ".matrixsite/runs/1.json").read_text()
    told = (tmp_path / "told.json").read_text()
    assert told == state == report.to_json()
    _hushed(told, caplog.text, *capfd.readouterr(), *lines, *pages, *map(str, matrix.statuses()))


def test_no_connection(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    place = "127.0.0.1:1"
    nights = _matrix(tmp_path, f"http://user:{PASSWORD}@{place}/?token={TOKEN}", place)
    report = nights.update()
    assert report.feeds[0].reason == "connect"
    _hushed(report.to_json(), caplog.text, *capfd.readouterr())


@pytest.mark.parametrize("address", ["ftp://u:{}@x.org/?t={}", "http://u:{}@/?t={}", "http://u:{}@[::/?t={}"])
def test_settings_that_are_refused(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError) as error:
        Nights(tmp_path, [{"id": "a", "feed": address.format(PASSWORD, TOKEN)}]).load()
    _hushed(str(error.value))


def test_member_lists_name_only_public_addresses(tmp_path: Path) -> None:
    address = f"https://user:{PASSWORD}@example.com/a.xml?token={TOKEN}"
    settings: Settings = Nights(tmp_path, [{"id": "a", "feed": address}]).load().settings
    _hushed(members_opml(settings).decode())
    matrix: Matrix = Nights(
        tmp_path, [{"id": "a", "feed": "https://example.com/a.xml", "public": True}]
    ).load()
    assert b'xmlUrl="https://example.com/a.xml"' in members_opml(matrix.settings)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://u:p@example.com:8443/feeds/a.xml?token=1#x", "https://example.com:8443/feeds/a.xml"),
        ("https://example.com/a.xml", "https://example.com/a.xml"),
        ("http://[::1]:80/?k=v", "http://[::1]:80/"),
    ],
)
def test_the_base_of_links_keeps_what_they_need(url: str, base: str) -> None:
    assert bare_base(url) == base
