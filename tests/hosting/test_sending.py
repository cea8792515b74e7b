"""Whatever ends an upload, its links resolve, its ledger is true, and the next one goes on."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from matrixsite.errors import PublishFailed
from matrixsite.hosting.folder import FolderTarget
from matrixsite.hosting.sending import bring, difference, require_few_deletions, verify
from matrixsite.hosting.target import Upload
from matrixsite.pipeline.progress import Silent
from matrixsite.site.kinds import Kind
from matrixsite.site.placing import is_leaf
from matrixsite.store.database import Database
from matrixsite.store.ledger import StoreLedger
from tests.hosting.conftest import next_night
from tests.nights import Nights
from tests.site.conftest import tree

SMALL = 4  # files a batch, so that a stage takes several
LINK = re.compile(r'(?:href|src)="([^":?#]+)')


class Interrupted(BaseException):
    """The machine was switched off."""


class Wire(FolderTarget):
    """A folder whose connection ends at a call: before it does anything, in its middle, or after it did all."""

    def __init__(self, place: Path, last: int = 10**9, share: float = 1.0) -> None:
        super().__init__(place)
        self.calls, self.last, self.share = 0, last, share
        self.sent: list[str] = []

    def send(self, folder: Path, paths: Sequence[str]) -> None:
        self.sent += self._some(paths)
        super().send(folder, self._some(paths))
        self._call()

    def holding(self, folder: Path, uploads: Sequence[Upload]) -> set[str]:
        held = super().holding(folder, uploads)
        self._call()
        return held

    def delete(self, paths: Sequence[str]) -> None:
        super().delete(self._some(paths))
        self._call()

    def _some(self, paths: Sequence[str]) -> Sequence[str]:
        return paths[: int(len(paths) * self.share)] if self.calls == self.last else paths

    def _call(self) -> None:
        if self.calls == self.last:
            raise Interrupted
        self.calls += 1


def dangling(place: Path) -> set[str]:
    """Links to entries and stories that lead nowhere."""
    found = set()
    for path, content in tree(place).items():
        if path.endswith(".html"):
            for link in LINK.findall(content.decode()):
                named = normpath(join(dirname(path), link))
                if is_leaf(named) and not (place / named).exists():
                    found.add(f"{path} → {named}")
    return found


@dataclass(frozen=True)
class SecondNight:
    """A target as the first night left it, and a site that is a night ahead; as often as one likes."""

    site: Path
    store: Database
    first: Path
    confirmed: tuple[Upload, ...]

    def again(self, place: Path) -> StoreLedger:
        """The first night's state in another place, and its ledger."""
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.first, place)
        ledger = StoreLedger(self.store, place.name, self.site)
        ledger.forget([*ledger.surplus(), *(upload.path for upload in ledger.every())])
        ledger.confirm(self.confirmed)
        return ledger


@pytest.fixture
def night(matrix: Nights, site: Path, store: Database, tmp_path: Path) -> SecondNight:
    ledger = StoreLedger(store, "first", site)
    bring(site, Wire(tmp_path / "first"), ledger, Silent())
    confirmed = tuple(ledger.every())
    next_night(matrix)
    return SecondNight(site, store, tmp_path / "first", confirmed)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_an_upload_goes_on_from_wherever_it_was_interrupted(
    night: SecondNight, tmp_path: Path, share: float
) -> None:
    place = tmp_path / "hosted"
    bring(night.site, counted := Wire(place), night.again(place), Silent(), size=SMALL)
    assert counted.calls > 12
    for last in range(counted.calls):
        ledger = night.again(place)
        with pytest.raises(Interrupted):
            bring(night.site, Wire(place, last, share), ledger, Silent(), size=SMALL)
        assert dangling(place) == set()
        bring(night.site, Wire(place), ledger, Silent(), size=SMALL)
        assert tree(place) == tree(night.site)


def test_what_was_confirmed_is_not_sent_again(night: SecondNight, tmp_path: Path) -> None:
    place = tmp_path / "hosted"
    ledger = night.again(place)
    todo = difference(ledger).send
    broken, whole = (
        Wire(place, last=4),
        Wire(place),
    )  # two batches are sent and confirmed, the third only sent
    with pytest.raises(Interrupted):
        bring(night.site, broken, ledger, Silent(), size=SMALL)
    bring(night.site, whole, ledger, Silent(), size=SMALL)
    again = set(broken.sent) & set(whole.sent)
    assert len(set(broken.sent) | set(whole.sent)) == todo
    assert 0 < len(again) <= SMALL


def test_a_page_that_turned_back_while_its_upload_was_interrupted_is_sent(
    site: Path, store: Database, tmp_path: Path
) -> None:
    """The ledger must not go on believing in the bytes that an unfinished upload wrote over."""
    place, ledger = tmp_path / "hosted", StoreLedger(store, "x", site)
    bring(site, Wire(place), ledger, Silent())
    (old,) = (upload for upload in ledger.every() if upload.path == "robots.txt")
    ledger.confirm([Upload("robots.txt", b"other bytes")])
    with pytest.raises(Interrupted):
        bring(site, Wire(place, last=0), ledger, Silent())
    assert old in list(ledger.missing(tuple(Kind)))


def test_nothing_new_sends_nothing(site: Path, store: Database, tmp_path: Path) -> None:
    ledger = StoreLedger(store, "x", site)
    bring(site, Wire(tmp_path / "hosted"), ledger, Silent())
    again = Wire(tmp_path / "hosted")
    bring(site, again, ledger, Silent())
    assert (again.calls, difference(ledger).send, difference(ledger).kept) == (0, 0, len(tree(site)))


def test_what_a_target_lost_in_silence_is_no_success(site: Path, store: Database, tmp_path: Path) -> None:
    class Forgetful(FolderTarget):
        def send(self, folder: Path, paths: Sequence[str]) -> None:
            super().send(folder, [path for path in paths if not path.startswith("20")])

    ledger = StoreLedger(store, "x", site)
    with pytest.raises(PublishFailed, match="4 files were sent and aren't there, 2026/11/"):
        bring(site, Forgetful(tmp_path / "hosted"), ledger, Silent())
    assert not (tmp_path / "hosted/index.html").exists()  # what links to them waits


def test_a_file_that_is_not_as_it_was_built_is_not_sent(site: Path, store: Database, tmp_path: Path) -> None:
    (site / "accounts/index.html").write_bytes(b"half a pa")
    with pytest.raises(PublishFailed, match=r"accounts/index.html isn't as it was built; run .*--repair"):
        bring(site, FolderTarget(tmp_path / "hosted"), StoreLedger(store, "x", site), Silent())
    assert not (tmp_path / "hosted/accounts/index.html").exists()


def test_verifying_mends_a_ledger(site: Path, store: Database, tmp_path: Path) -> None:
    place = tmp_path / "hosted"
    bring(site, FolderTarget(place), StoreLedger(store, "x", site), Silent())
    (place / "index.html").write_bytes(b"defaced")
    (place / "robots.txt").unlink()
    (place / "of-others.html").write_bytes(b"left alone")
    lost = StoreLedger(store, "another name", site)
    for ledger in (StoreLedger(store, "x", site), lost):
        verify(site, FolderTarget(place), ledger, Silent())
        assert difference(ledger).send == 2
    bring(site, FolderTarget(place), lost, Silent())
    assert tree(place) == {**tree(site), "of-others.html": b"left alone"}


def test_a_target_is_not_emptied_by_accident(site: Path, store: Database) -> None:
    ledger = StoreLedger(store, "x", site)
    ledger.confirm(Upload(f"{number}.html", b"") for number in range(20))
    with pytest.raises(PublishFailed, match=r"20 of 20 files at there would go, over a tenth; --force"):
        require_few_deletions(ledger, "there")
    ledger.confirm(ledger.every())
    ledger.forget(f"{number}.html" for number in range(2, 20))
    require_few_deletions(ledger, "there")
