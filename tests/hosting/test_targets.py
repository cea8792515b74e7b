"""The same promises of every kind of target: what is sent is there, what is deleted isn't, what is there is told."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from matrixsite.errors import PublishFailed, TargetUnknown
from matrixsite.hosting.rclone import RcloneTarget
from matrixsite.hosting.target import Target, Upload, target_at
from matrixsite.site.stage import content_digest

NAMES = [
    "a.html",
    "deep/er/b.html",
    "# hash.html",
    "; and; 'quotes\".css",
    "中文 name.pdf",
    "-dash",
    "wi[l]d*.html",
    "a\\b",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files with names that lists of names are misread for."""
    folder = tmp_path / "site"
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(f"bytes of {name}".encode())
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "hosted"


@pytest.fixture(params=["dir:", "rsync:", "rclone::local:"])
def target(request: pytest.FixtureRequest, place: Path, monkeypatch: pytest.MonkeyPatch) -> Target:
    """A target of each kind, at the same place."""
    program = request.param.split(":")[0]
    if program != "dir" and not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    monkeypatch.setenv("RCLONE_CONFIG", os.devnull)
    return target_at(f"{request.param}{place}", place)[1]


def uploads(folder: Path, *names: str) -> list[Upload]:
    return [Upload(name, content_digest((folder / name).read_bytes())) for name in names or NAMES]


def there(place: Path) -> set[str]:
    return {str(path.relative_to(place)) for path in place.rglob("*") if path.is_file()}


def test_what_is_sent_is_there(target: Target, folder: Path, place: Path) -> None:
    target.send(folder, NAMES[:4])
    assert there(place) == set(NAMES[:4])
    assert target.holding(folder, uploads(folder)) == set(NAMES[:4])
    target.send(folder, NAMES)
    assert {name: (place / name).read_bytes() for name in NAMES} == {
        name: (folder / name).read_bytes() for name in NAMES
    }


def test_a_change_that_keeps_size_and_time_is_told_and_sent(
    target: Target, folder: Path, place: Path
) -> None:
    target.send(folder, NAMES)
    page, moment = folder / "a.html", (folder / "a.html").stat()
    page.write_bytes(page.read_bytes().swapcase())
    os.utime(page, ns=(moment.st_atime_ns, moment.st_mtime_ns))
    assert target.holding(folder, uploads(folder, "a.html", "-dash")) == {"-dash"}
    target.send(folder, ["a.html"])
    assert (place / "a.html").read_bytes() == page.read_bytes()


def test_a_listed_file_that_is_missing_is_never_taken_for_sent(target: Target, folder: Path) -> None:
    """rclone passes it over and succeeds, the others complain."""
    listed = [*uploads(folder, "a.html"), Upload("gone.html", b"?" * 16)]
    with suppress(PublishFailed):
        target.send(folder, [upload.path for upload in listed])
        assert target.holding(folder, listed) == {"a.html"}
        assert isinstance(target, RcloneTarget)


def test_what_is_deleted_is_gone_and_nothing_else(target: Target, folder: Path, place: Path) -> None:
    (folder / "wild.html").write_bytes(b"matches wi[l]d*")
    (folder / "deep/er/stays.html").write_bytes(b"its folder isn't empty")
    target.send(folder, [*NAMES, "wild.html", "deep/er/stays.html"])
    target.delete([*NAMES[1:], "never/was.html"])
    assert there(place) == {"a.html", "wild.html", "deep/er/stays.html"}


def test_a_place_that_can_not_be_written_says_so(target: Target, folder: Path, place: Path) -> None:
    place.write_bytes(b"a file stands where the folder should")
    with pytest.raises(PublishFailed):
        target.send(folder, NAMES)


@pytest.mark.parametrize(
    "address", ["", "dir:", "/srv/www", "ftp:host:path", "rsync:--delete", "rclone:-v", "rsync:a\nb"]
)
def test_addresses_that_name_no_place(address: str, tmp_path: Path) -> None:
    with pytest.raises(TargetUnknown):
        target_at(address, tmp_path)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("dir:www", "dir:{base}/www"),
        ("dir:/srv/www", "dir:/srv/www"),
        ("rsync:web@host.example:/srv/www", "rsync:web@host.example:/srv/www"),
        ("rclone:oss:bucket/site", "rclone:oss:bucket/site"),
    ],
)
def test_the_ledger_knows_a_place_by_its_address(address: str, name: str, tmp_path: Path) -> None:
    assert target_at(address, tmp_path)[0] == name.format(base=tmp_path)


def test_a_missing_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(PublishFailed, match="rclone is not installed"):
        target_at("rclone:x:y", tmp_path)[1].send(tmp_path, ["a"])
