"""A matrix in a temporary folder that is built into a site, changed, and built again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from matrixsite import Matrix
from matrixsite.model import Entry
from matrixsite.pipeline.progress import Silent
from matrixsite.site.checking.built import check_built
from matrixsite.site.checking.findings import Severity
from matrixsite.site.checking.targets import site_of
from matrixsite.site.edition import Edition
from matrixsite.store.database import open_database
from matrixsite.store.reading import StoreSource
from tests.nights import Item, rss
from tests.site import sample


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did, by path."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int


class Workshop:
    """A matrix that can be changed and built again: the sample, until a test says otherwise."""

    def __init__(self, root: Path) -> None:
        self.root, self.output, self.state = root, root / "output", root / ".matrixsite"
        self.site: dict[str, Any] = dict(sample.SITE)
        self.groups: list[Mapping[str, Any]] = list(sample.GROUPS)
        self.members: list[Mapping[str, Any]] = list(sample.MEMBERS)
        self.accounts: list[Mapping[str, Any]] = list(sample.ACCOUNTS)
        self.more: dict[str, Any] = {}
        self.now: datetime = sample.NIGHT
        self.today: date = sample.TODAY
        self.offline = True
        for account in sample.FEEDS:
            self.write(f"feeds/{account}.xml", sample.feed(account))
        for name, content in sample.CONTENT.items():
            self.write(f"content/{name}", content)

    def write(self, name: str, content: str | bytes) -> Path:
        """A file of the matrix."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def feed(self, account: str, *items: Item | str) -> None:
        """What an account's feed brings from now on."""
        self.write(f"feeds/{account}.xml", rss(*items))

    def bare(self, *accounts: Mapping[str, Any], groups: Sequence[Mapping[str, Any]] = ()) -> None:
        """Nothing but these accounts: no content, no entries."""
        self.accounts, self.members, self.groups = list(accounts), [], list(groups)
        for folder in ("content", "feeds"):
            for file in (self.root / folder).rglob("*"):
                if file.is_file():
                    file.unlink()

    def change(self, account: str, **settings: Any) -> None:
        """Other settings of an account."""
        self.accounts = [item | settings if item["id"] == account else item for item in self.accounts]  # type: ignore[operator]

    def load(self) -> Matrix:
        """The matrix as its files are now."""
        accounts = [{"feed": f"feeds/{item['id']}.xml"} | dict(item) for item in self.accounts]
        for account in accounts:
            if "feeds" in account or not (self.root / account["feed"]).exists():
                account.pop("feed")
        settings = {
            "site": self.site,
            "groups": self.groups,
            "members": self.members,
            "accounts": accounts,
            **self.more,
        }
        self.write("feeds.yaml", json.dumps(settings, ensure_ascii=False))
        return Matrix.load(self.root / "feeds.yaml")

    def build(self, output: Path | None = None, **options: Any) -> Built:
        """Build at `now` for `today`."""
        defaults = {"now": self.now, "today": self.today, "offline": self.offline, "jobs": 1}
        report = self.load().build(output or self.output, **{**defaults, **options})
        changes = (self.state / "changes.txt").read_text(encoding="utf-8").splitlines()
        return Built(
            tuple(line[2:] for line in changes if line.startswith("+ ")),
            tuple(line[2:] for line in changes if line.startswith("- ")),
            report.kept,
        )

    def entry(self, title: str) -> Entry:
        """The stored entry of this title, whatever its status."""
        (found,) = [item for item in self.load().entries(status=None) if item.title == title]
        return found

    def read(self, path: str) -> str:
        return (self.output / path).read_text(encoding="utf-8")

    @contextmanager
    def edition(self) -> Iterator[Edition]:
        """What the pages are made from, after an update."""
        matrix = self.load()
        matrix.update(now=self.now, offline=True, jobs=1)
        database = open_database(f"sqlite:///{self.state / 'store.sqlite3'}")
        try:
            with database.read() as connection:
                yield Edition(matrix.settings, matrix.content, StoreSource(connection), self.today)
        finally:
            database.close()


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    return Workshop(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The sample, built once: for tests that only look."""
    made = Workshop(tmp_path_factory.mktemp("built"))
    made.build()
    return made


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes, save the token."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != ".matrixsite-output"
    }


def faults(folder: Path) -> list[str]:
    """Everything that `check` finds wrong with a built site: links, feeds, sitemaps, pages."""
    site = site_of(sample.SITE["url"])
    findings = check_built(folder, site, None, jobs=1, progress=Silent())
    return [str(finding) for finding in findings if finding.severity is Severity.ERROR]
