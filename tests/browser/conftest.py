"""Debian's Chromium, driven by playwright: it sees everything that a page does, and reaches nothing but loopback."""

from __future__ import annotations

import shutil
import threading
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

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
        self.tab.route("**/*", self._route)

    def visit(self, path: str) -> None:
        """Open a page and give what it holds the time to run."""
        self._open = f"{self.site}/{path}"
        self.tab.goto(self._open, wait_until="load")
        self.tab.wait_for_timeout(20)

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
        elif asked.url.startswith(f"{self.site}/"):
            route.continue_()
        else:
            self.seen.requests.append(f"{self._open}: {asked.url}")
            route.abort()


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line for each."""

    def log_message(self, *_: object) -> None: ...


class Served:
    """A folder on loopback."""

    def __init__(self, folder: Path) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Served:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
