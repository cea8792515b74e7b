"""`matrixsite desk`, as a process of its own: with stand-in pages, until it is ended."""

from __future__ import annotations

import fcntl
import http.client
import os
import pty
import re
import select
import signal
import socket
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from matrixsite.desk.passwords import PasswordFile
from matrixsite.desk.serving import _shown, is_loopback, listening
from matrixsite.errors import MatrixError
from tests.desk.conftest import PASSWORD

CODE = """
import sys, types
from tests.desk.conftest import pages
app = sys.modules["matrixsite.desk.app"] = types.ModuleType("matrixsite.desk.app")
app.desk_app = lambda config, state: pages()
sys.argv = ["matrixsite", "desk", *sys.argv[1:]]
from matrixsite.cli import main
main()
"""
URL = re.compile(r"desk at (http://[\d.]+:(\d+)/)(\?token=[\w-]{43})\s")


@pytest.fixture
def config(tmp_path: Path) -> list[str]:
    """The options that name a matrix and leave the browser alone."""
    feeds = tmp_path / "feeds.yaml"
    feeds.write_text("site: {title: 青山, url: https://example.org}\n")
    return ["-c", str(feeds), "--no-browser", "--port", "0"]


def ended(*args: str, code: str = CODE, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def at_work(*args: str) -> Iterator[subprocess.Popen[str]]:
    """Run it without a terminal."""
    command = [sys.executable, "-c", CODE, *args]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def on_terminal(*args: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run it on a terminal of its own; gives the other end."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", CODE, *args]
    with subprocess.Popen(
        command,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    ) as process:
        os.close(theirs)
        try:
            yield process, ours
        finally:
            process.kill()
            os.close(ours)


def read_until(terminal: int, wanted: str) -> str:
    """What the terminal shows, up to a pattern."""
    shown, end = "", time.monotonic() + 30
    while not re.search(wanted, shown) and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 10_000).decode()
            except OSError:  # it has ended
                break
    assert re.search(wanted, shown), shown
    return shown


def status(url: str, path: str = "") -> int:
    """How it answers."""
    host = url.split("/")[2]
    with closing(http.client.HTTPConnection(host, timeout=20)) as connection:
        connection.request("GET", f"/{path}")
        return connection.getresponse().status


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_ended(config: list[str], number: signal.Signals) -> None:
    with at_work(*config) as desk:
        assert desk.stdout
        found = URL.match(desk.stdout.readline())
        assert found
        assert "start the desk anew" in desk.stdout.readline()
        assert [status(found[1]), status(found[1], found[3]), status(found[1], found[3])] == [403, 303, 403]
        desk.send_signal(number)
        assert desk.wait(timeout=20) == 0
        assert desk.stdout.read() == "stopped\n"


def test_enter_shows_another_address(config: list[str]) -> None:
    with on_terminal(*config) as (desk, terminal):
        first = URL.search(read_until(terminal, "ends the desk"))
        os.write(terminal, b"\n")
        second = URL.search(read_until(terminal, "ends the desk"))
        assert first
        assert second
        assert [status(first[1], first[3]), status(first[1], second[3])] == [403, 303]
        os.write(terminal, b"\x03")
        assert desk.wait(timeout=20) == 0


@pytest.mark.parametrize("option", ["--host=0.0.0.0", "--address=https://desk.example.org"])
def test_without_a_password_others_are_kept_out(config: list[str], tmp_path: Path, option: str) -> None:
    done = ended(*config, option)
    assert done.returncode == 2
    assert "matrixsite desk --set-password" in done.stderr
    assert done.stdout == ""
    assert ended(*config, "--set-password", given=f"{PASSWORD}\n").returncode == 0
    with at_work(*config, option) as desk:
        assert desk.stdout
        found = URL.match(desk.stdout.readline())
        assert found, "now they are let to the door"
        assert status(found[1]) == 403


def test_the_password_is_read_from_stdin(config: list[str], tmp_path: Path) -> None:
    done = ended(*config, "--set-password", given=f"{PASSWORD}\r\nsecond line\n")
    assert (done.returncode, done.stderr) == (0, "")
    file = PasswordFile.within(tmp_path / ".matrixsite")
    record = file.read()
    assert record
    assert record.fits(PASSWORD)
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.path.parent.stat().st_mode) == 0o700
    assert PASSWORD not in done.stdout + file.path.read_text()
    before = file.path.read_bytes()
    assert ended(*config, "--set-password", given="short\n").returncode == 2
    assert file.path.read_bytes() == before


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), (PASSWORD + "x", 2)])
def test_the_password_is_asked_for_twice(config: list[str], tmp_path: Path, again: str, code: int) -> None:
    with on_terminal(*config, "--set-password") as (desk, terminal):
        shown = read_until(terminal, "New password")
        os.write(terminal, f"{PASSWORD}\n".encode())
        shown += read_until(terminal, "Once more")
        os.write(terminal, f"{again}\n".encode())
        shown += read_until(terminal, "wrote|nothing was stored")
        assert PASSWORD not in shown
        assert desk.wait(timeout=20) == code
    assert (tmp_path / ".matrixsite/desk/password").exists() is (code == 0)


@pytest.mark.parametrize("part", ["starlette", "uvicorn", "ruamel"])
def test_without_the_extra_it_says_what_to_install(config: list[str], part: str) -> None:
    code = (
        f"import sys; sys.modules[{part!r}] = None; sys.argv = ['matrixsite', 'desk', *sys.argv[1:]]\n"
        "from matrixsite.cli import main; main()"
    )
    done = ended(*config, code=code)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'matrixsite[desk]'" in done.stderr


def test_help_imports_none_of_it() -> None:
    code = (
        "import sys; sys.argv = ['matrixsite', '--help']\n"
        "try:\n    from matrixsite.cli import main; main()\n"
        "except SystemExit:\n    print(set(sys.modules) & {'starlette', 'uvicorn', 'aiohttp'}, file=sys.stderr)"
    )
    done = ended(code=code)
    assert " desk " in done.stdout
    assert done.stderr == "set()\n"


@pytest.mark.parametrize(
    ("host", "alone", "shown"),
    [
        ("127.0.0.1", True, "http://127.0.0.1:{port}/"),
        ("127.9.9.9", True, "http://127.9.9.9:{port}/"),
        ("localhost", True, "http://127.0.0.1:{port}/"),
        ("::1", True, "http://[::1]:{port}/"),
        ("0.0.0.0", False, "http://127.0.0.1:{port}/"),
    ],
)
def test_what_it_is_bound_to_decides_who_reaches_it(host: str, alone: bool, shown: str) -> None:
    try:
        listener = listening(host, 0)
    except MatrixError as error:
        if host == "::1":
            pytest.skip(f"no IPv6 here: {error}")
        raise
    with closing(listener):
        assert is_loopback(listener) is alone
        assert _shown(host, listener) == shown.format(port=listener.getsockname()[1])


def test_a_place_that_can_not_be_served_is_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(MatrixError, match=f"^port {port} is taken; name another one with --port$"):
            listening("127.0.0.1", port)
    with pytest.raises(MatrixError, match=r"^can't serve at 192\.0\.2\.1, port 0: "):
        listening("192.0.2.1", 0)
