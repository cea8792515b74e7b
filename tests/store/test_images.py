"""Which entries show which pictures, which wait for a copy, and what is kept of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from matrixsite.config.settings import Account, Images, Rights
from matrixsite.model import Mirrored, Reason
from matrixsite.store.account_changes import tell_account_changes
from matrixsite.store.backup import backup
from matrixsite.store.database import open_database
from matrixsite.store.image_uses import note_uses
from matrixsite.store.images import (
    Copied,
    Failed,
    ImageCount,
    due_images,
    image_counts,
    waiting_images,
    write_copies,
    write_failures,
)
from matrixsite.store.mirrored import content_of, mirrored_of, showing
from matrixsite.store.outbox import latest_change, touched_since
from matrixsite.store.schema import image, image_copy, image_use
from tests.nights import Item
from tests.store.conftest import ON_SQLITE
from tests.store.filling import Filling, matrix

ONE, TWO, THREE = (f"https://img.example.org/{name}.png" for name in ("one", "two", "three"))


class Copying:
    """A store whose account `a` is mirrored and `b` is not."""

    def __init__(self, filling: Filling) -> None:
        self.filling, self.database = filling, filling.database
        self.mirror("a")

    def mirror(self, *names: str) -> None:
        """From now on these accounts are mirrored."""
        accounts = [Account(name, name, name, rights=Rights.FULL) for name in ("a", "b")]
        images = [Images.MIRROR if account.id in names else Images.HOTLINK for account in accounts]
        self.filling.settings = matrix(
            *(replace(account, images=kind) for account, kind in zip(accounts, images, strict=True))
        )

    def night(self, **pictures: tuple[str, ...]) -> None:
        """An item `<account><number>` with these pictures each; the rest as a run goes on."""
        items: dict[str, list[Item | str]] = {}
        for name, urls in pictures.items():
            text = f"<p>正文 {name}。</p>" + "".join(f'<img src="{url}">' for url in urls)
            items.setdefault(name[0], []).append(Item(name, name, text, day=int(name[1:])))
        self.filling.night(items)
        self.note()

    def note(self) -> None:
        with self.database.write() as connection:
            note_uses(connection, self.filling.settings, self.filling.now)

    def due(self, limit: int = 9, account: str = "", days: int = 0) -> list[str]:
        with self.database.read() as connection:
            return due_images(connection, self.filling.now + timedelta(days), limit, account)

    def copy(self, *urls: str, digest: str = "d") -> None:
        with self.database.write() as connection:
            write_copies(connection, [Copied(url, digest, 8, 6, b"bytes") for url in urls])

    def counts(self) -> tuple[int, int, int]:
        """Pictures, copies, uses."""
        with self.database.read() as connection:
            tables = (image, image_copy, image_use)
            one, two, three = (
                connection.scalar(select(func.count()).select_from(each)) or 0 for each in tables
            )
        return one, two, three


@pytest.fixture
def copying(filling: Filling) -> Copying:
    return Copying(filling)


def test_pictures_of_mirrored_accounts_wait_the_newest_entries_first(copying: Copying) -> None:
    copying.night(a1=(ONE, TWO), a5=(THREE, TWO), b9=("https://img.example.org/other.png",))
    assert copying.due() == [THREE, TWO, ONE]
    assert copying.due(limit=1) == [THREE]
    assert (copying.due(account="a"), copying.due(account="b")) == ([THREE, TWO, ONE], [])
    copying.note()
    assert copying.counts() == (3, 0, 4)


def test_a_copy_is_told_and_shared(copying: Copying) -> None:
    copying.night(a1=(ONE,), a2=(TWO,))
    with copying.database.read() as connection:
        before = latest_change(connection)
    copying.copy(ONE, TWO)
    assert copying.counts() == (2, 1, 2)
    assert copying.due(days=99) == []
    ids = {row.title: row.id for row in copying.filling.rows()}
    with copying.database.read() as connection:
        assert mirrored_of(connection, ids.values()) == {
            ids["a1"]: (Mirrored(ONE, "d", 8, 6),),
            ids["a2"]: (Mirrored(TWO, "d", 8, 6),),
        }
        assert content_of(connection, "d") == b"bytes"
        assert list(showing(connection)) == list(showing(connection, ["d", "x"])) == [("d", "a")]
        touched = touched_since(connection, before)
        assert image_counts(connection) == {"a": ImageCount(2, 0)}
    assert (touched.changed, touched.images) == (frozenset(ids.values()), frozenset({"d"}))


def test_a_failure_waits_longer_each_time(copying: Copying) -> None:
    copying.night(a1=(ONE,))
    for wait in (1, 2, 4, 8):
        with copying.database.write() as connection:
            write_failures(connection, [Failed(ONE, Reason("dns"))], copying.filling.now)
        assert (copying.due(days=wait - 1), copying.due(days=wait)) == ([], [ONE])
        copying.filling.now += timedelta(days=wait)
    with copying.database.write() as connection:
        write_failures(connection, [Failed(ONE, Reason("dns"))], copying.filling.now)
    with copying.database.read() as connection:
        assert waiting_images(connection) == 0
        assert image_counts(connection) == {"a": ImageCount(0, 1)}
    assert copying.due(days=999) == []


def test_who_is_mirrored_no_more_keeps_none(copying: Copying) -> None:
    copying.night(a1=(ONE,), b1=(TWO,))
    copying.copy(ONE)
    copying.mirror("b")
    with copying.database.write() as connection:
        tell_account_changes(connection, copying.filling.settings)
        before = latest_change(connection)
    copying.note()
    assert copying.counts() == (1, 0, 1)
    assert copying.due() == [TWO]
    with copying.database.read() as connection:
        assert touched_since(connection, before).images == {"d"}  # which the site may have to take away


def test_a_correction_forgets_what_it_left_out(copying: Copying) -> None:
    copying.night(a1=(ONE, TWO))
    copying.copy(ONE, TWO)
    copying.night(a1=(TWO, THREE))
    assert copying.counts() == (2, 1, 2)
    assert copying.due() == [THREE]


@ON_SQLITE
def test_a_backup_holds_the_copies(copying: Copying, tmp_path: Path) -> None:
    copying.night(a1=(ONE,))
    copying.copy(ONE)
    backup(copying.database, tmp_path / "saved")
    saved = open_database(tmp_path / "saved")
    with saved.read() as connection:
        assert content_of(connection, "d") == b"bytes"
    saved.close()


def test_an_address_longer_than_an_index_takes_stays_where_it_is(copying: Copying) -> None:
    copying.night(a1=(ONE, f"{ONE}?{'x' * 2500}"))
    assert copying.due() == [ONE]
