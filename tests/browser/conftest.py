"""Debian's Chromium, driven by playwright: it sees everything that a page does, and reaches nothing but loopback."""

from __future__ import annotations

import re
import shutil
import socket
import sys
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from matrixsite import Matrix

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Frame, Route

ARGUMENTS = (
    *("--no-sandbox", "--headless=new", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--disable-default-apps", "--no-first-run", "--disable-domain-reliability"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
ROOT = Path(__file__).parents[2]
NOW = datetime.fromisoformat("2026-11-22T03:00:00+08:00")
Scheme = Literal["light", "dark"]
PIXEL = b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")  # a transparent GIF


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Ask for it last and keep it short: while it runs, this thread has an event loop, and no build can have one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = shutil.which("chromium")
    if not program:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample that comes with the program, as `make site` builds it."""
    root = tmp_path_factory.mktemp("sample")
    shutil.copy(ROOT / "feeds.yaml", root)
    for folder in ("content", "sample"):
        shutil.copytree(ROOT / folder, root / folder)
    Matrix.load(root / "feeds.yaml").build(root / "output", now=NOW, offline=True, jobs=1)
    return root / "output"


@pytest.fixture
def site(sample_site: Path) -> Path:
    """The folder that is served: the sample, unless a module makes its own."""
    return sample_site


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """Its address. Sites are built before Chromium starts: ask for it first."""
    with Served(site) as server:
        yield server.url


@pytest.fixture
def watch(served: str, chromium: Browser) -> Iterator[Watch]:
    """A tab on that site."""
    watch = Watch(chromium, served)
    yield watch
    watch.tab.close()


@dataclass
class Seen:
    """What pages did that none of ours does."""

    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)  # in the console: reports of the policy too
    requests: list[str] = field(default_factory=list)  # to elsewhere, for anything but a picture
    navigations: list[str] = field(default_factory=list)  # away from the page that was opened

    def __bool__(self) -> bool:
        return bool(self.dialogs or self.errors or self.requests or self.navigations)


class Watch:
    """Opens pages of one site in a tab, and notes what they do."""

    def __init__(self, browser: Browser, site: str) -> None:
        self.site, self.seen, self._open = site, Seen(), ""
        self.tab = browser.new_page()
        self.tab.on("dialog", self._dialog)
        self.tab.on("console", self._console)
        self.tab.on("pageerror", lambda error: self.seen.errors.append(str(error)))
        self.tab.on("popup", lambda page: self.seen.navigations.append(page.url))
        self.tab.on("framenavigated", self._navigated)
        self.tab.route(re.compile(f"^(?!{re.escape(site)}/)"), self._route)

    def visit(self, path: str) -> None:
        """Open a page and give what it holds the time to run."""
        self._open = f"{self.site}/{path}"
        self.tab.goto(self._open, wait_until="load")
        self.tab.wait_for_timeout(20)

    def see(self, width: int, scheme: Scheme) -> None:
        """Look at the page in a window so wide, by a system with this scheme."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.emulate_media(color_scheme=scheme)

    def too_wide(self) -> int:
        """How wide the page is where it runs over the edge of its window; else 0."""
        wide: int = self.tab.evaluate(
            "() => { const { scrollWidth } = document.documentElement;"
            " return scrollWidth > innerWidth ? scrollWidth : 0; }"
        )
        return wide

    def _dialog(self, dialog: Dialog) -> None:
        self.seen.dialogs.append(f"{self._open}: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.seen.errors.append(f"{self._open}: {message.text}")

    def _navigated(self, frame: Frame) -> None:
        if frame.url != self._open:
            self.seen.navigations.append(f"{self._open}: {frame.url}")

    def _route(self, route: Route) -> None:
        asked = route.request
        if asked.resource_type == "image":
            route.fulfill(body=PIXEL, content_type="image/gif")
        else:
            self.seen.requests.append(f"{self._open}: {asked.url}")
            route.abort()


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    protocol_version = "HTTP/1.1"  # many to a connection

    def log_message(self, *_: object) -> None: ...


class Closing(ThreadingHTTPServer):
    """Closes with all its connections; a browser keeps some open, and opens others for what it may yet ask."""

    daemon_threads = False  # so that to close is to wait for them

    def __init__(self, folder: Path) -> None:
        self._open: set[Any] = set()
        super().__init__(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        for connection in list(self._open):
            with suppress(OSError):  # the browser was first
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):  # a page was left before all of it had come
            super().handle_error(request, client_address)


class Served:
    """A folder on loopback."""

    def __init__(self, folder: Path) -> None:
        self._server = Closing(folder)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Served:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
