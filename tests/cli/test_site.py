"""`check` and `serve`."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urljoin

import pytest
from aiohttp import ClientResponse, ClientSession

from matrixsite.site.serving import EVENTS
from tests.cli.conftest import NOW, Answer, Command, process
from tests.nights import Nights

Config = tuple[str, Path]
DUTIES = {
    "icp": "青ICP备0号",
    "police": "青公网安备0号",
    "contact": "a@example.org",
    "takedown": "b@example.org",
}


def set_up(matrix: Nights, **site: str) -> None:
    """Settings whose footer says all it should, but for what is named."""
    tree = json.loads((matrix.root / "feeds.yaml").read_text(encoding="utf-8"))
    tree["site"] |= {"url": "https://example.org/matrix"} | DUTIES | site
    matrix.write("feeds.yaml", json.dumps(tree, ensure_ascii=False))


def rules(answer: Answer) -> list[str]:
    """The headings of what was found."""
    return [line for line in answer.out.splitlines() if not line.startswith(" ")]


def test_check_finds_a_good_site_good(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix)
    assert cli("build", *config, "--now", NOW).code == 0
    answer = cli("check", *config, "--strict")
    assert (answer.code, answer.out) == (0, "0 errors, 0 warnings\n")


def test_check_says_what_is_broken_and_answers_1(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix)
    cli("build", *config, "--now", NOW)
    (page,) = list((matrix.root / "output/accounts/a").glob("index.html"))
    page.write_bytes(page.read_bytes().replace(b"<main", b"<a href=gone.html>x</a><main"))
    answer = cli("check", *config)
    assert answer.code == 1
    assert (
        "  accounts/a/index.html: its bytes are not those that were published. Publish it again: "
        in answer.out
    )
    assert "  accounts/a/index.html: links to 'gone.html', which is not there. " in answer.out


def test_check_warns_without_failing(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix, icp="")
    matrix.write("content/approved.yaml", "- https://example.com/a1\n- https://example.com/none\n")
    cli("update", *config, "--now", NOW)
    answer = cli("check", *config)
    assert (answer.code, rules(answer)) == (
        0,
        ["content: 1 warning", "settings: 1 warning", "0 errors, 2 warnings"],
    )
    assert "content/approved.yaml:2: 'https://example.com/none' names no entry of the store." in answer.out
    assert "feeds.yaml: site.icp: " in answer.out
    assert "note: there is no site in " in answer.err
    assert cli("check", *config, "--strict").code == 1


def test_check_of_wrong_settings_answers_2(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix)
    matrix.write("content/approved.yaml", "- nonsense\n")
    answer = cli("check", *config)
    assert answer.code == 2
    assert "content/approved.yaml:1: 0: 'nonsense' is neither an entry id" in answer.err


def test_check_looks_and_makes_nothing(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix)
    answer = cli("check", *config)
    assert answer.code == 0
    assert "note: there is no store yet" in answer.err
    assert not list(matrix.root.glob(".matrixsite/store*"))
    assert not (matrix.root / "output").exists()


def test_check_of_a_site_that_was_named_and_is_not_there(
    cli: Command, matrix: Nights, config: Config
) -> None:
    answer = cli("check", *config, "-o", matrix.root / "nowhere")
    assert answer.code == 1
    assert "nowhere: there is no site. Build it first: matrixsite build." in answer.out


def test_check_of_a_folder_that_the_store_does_not_know(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix)
    cli("build", *config, "--now", NOW)
    (matrix.root / "output").rename(matrix.root / "moved")
    answer = cli("check", *config, "-o", matrix.root / "moved")
    assert answer.code == 0
    assert "is no folder that this store published to" in answer.err


def test_check_for_machines(cli: Command, matrix: Nights, config: Config) -> None:
    set_up(matrix, icp="")
    answer = cli("check", *config, "--log-json")
    events = [json.loads(line) for line in answer.err.splitlines()]
    assert answer.out == ""
    assert [(event["path"], event["severity"]) for event in events if event["event"] == "finding"] == [
        ("feeds.yaml", "warning")
    ]
    assert events[-1] == {"event": "done", "message": "0 errors, 1 warning", "errors": 0, "warnings": 1}


def test_serve_answers_until_it_is_stopped(cli: Command, matrix: Nights, config: Config) -> None:
    cli("build", *config, "--now", NOW)
    with process("serve", *config, "--port", "0") as server:
        assert server.stdout
        assert server.stderr
        address = server.stdout.readline().split(" at ")[1].split()[0]
        with urllib.request.urlopen(address) as response:
            assert b"/.matrixsite/preview.js" in response.read()
        server.send_signal(signal.SIGINT)
        assert (server.wait(30), server.stdout.read(), server.stderr.read()) == (0, "stopped\n", "")


def test_serve_rebuilds_and_reloads(cli: Command, matrix: Nights, config: Config) -> None:
    """A changed title comes to the browser; settings that are wrong are told it, and the old site stays."""
    set_up(matrix)
    cli("build", *config, "--now", NOW)

    async def session(address: str) -> None:
        async with ClientSession() as client, client.get(urljoin(address, EVENTS)) as events:
            await _heard(events, "reload", lambda number: set_up(matrix, title=f"新名 {number}"))
            async with client.get(address) as page:
                assert "新名" in await page.text()
            heard = await _heard(events, "failed", lambda number: set_up(matrix, titel=f"<b>{number}</b>"))
            assert "feeds.yaml:1: site.titel: unknown key" in heard
            async with client.get(address) as page:
                assert "新名" in await page.text()

    with process("serve", *config, "--port", "0") as server:
        assert server.stdout
        asyncio.run(session(server.stdout.readline().split(" at ")[1].split()[0]))
        server.terminate()
        assert server.wait(30) == 0


def test_a_preview_is_no_publication(cli: Command, matrix: Nights, config: Config) -> None:
    """The `after:` command may upload the site: it is for builds that someone asked for."""
    matrix.set_up([{"id": "a", "feed": "a.xml"}], after="touch published")
    assert cli("rebuild", *config).code == 0
    assert (matrix.root / "output/index.html").exists()
    assert not (matrix.root / "published").exists()
    assert cli("build", *config).code == 0
    assert (matrix.root / "published").exists()


async def _heard(events: ClientResponse, name: str, change: Callable[[int], None]) -> str:
    """The next event of that name; the change is made again until the watcher, slow to begin, has seen it."""
    for number in range(60):
        change(number)
        with suppress(TimeoutError):
            while True:
                event = await asyncio.wait_for(events.content.readuntil(b"\n\n"), 1.5)
                if event.startswith(f"event: {name}\n".encode()):
                    return event.decode()
    raise AssertionError(f"no event {name} after many changes")


def test_serve_without_a_site(cli: Command, config: Config) -> None:
    answer = cli("serve", *config, "--port", "0")
    assert answer.code == 3
    assert answer.err.startswith("matrixsite: there is no site in ")


def test_serve_at_a_port_that_is_taken(cli: Command, matrix: Nights, config: Config) -> None:
    cli("build", *config, "--now", NOW)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        answer = cli("serve", *config, "--port", str(port))
    assert (answer.code, answer.err) == (
        3,
        f"matrixsite: port {port} is taken; name another one with --port\n",
    )


@pytest.mark.parametrize("command", ["check", "serve"])
def test_help(cli: Command, command: str) -> None:
    answer = cli(command, "--help")
    assert answer.code == 0
    assert "--output" in answer.out
