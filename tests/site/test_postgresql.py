"""A site from a store on PostgreSQL: the same bytes as from a file, and the same economy."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from matrixsite.pipeline.progress import Silent
from matrixsite.store.copying import copy_between
from matrixsite.store.database import open_database
from tests.site.conftest import Workshop, tree
from tests.site.test_invariants import World, _pictures_at_hand, _short_pages, world

__all__ = ["_pictures_at_hand", "_short_pages"]  # as there


def history(made: World) -> None:
    """Nights with news, corrections, reposts, editors' words and other settings."""
    made.kinds("辟谣", {"title_words": ["丁"]}, 1, 5)
    made.series("系列", {"title_words": ["丙"]}, ["c"], 3)
    made.column({"accounts": ["c"]}, 1)
    made.section({"accounts": ["a"]})
    made.workshop.build()
    made.add("c", "丙", "独家消息。", 4)
    made.carry("a", 1)
    made.edit(2, "乙", "改过的消息。")
    made.write()
    made.workshop.load().update(now=made.workshop.now, jobs=1)
    made.decide("split", [1, 3])
    made.withdraw(4, "entry")
    made.account("c", "rights", "link")
    made.write()
    made.workshop.build(force=True)


@pytest.fixture
def served(tmp_path: Path, postgres_url: str) -> Workshop:
    """The history, on a server."""
    made = world(tmp_path / "served")
    made.workshop.more["store"] = postgres_url
    history(made)
    return made.workshop


def test_the_pages_are_those_of_a_file(
    served: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_file = world(tmp_path / "file")
    history(in_a_file)
    pages = tree(served.output)
    assert pages == tree(in_a_file.workshop.output)
    monkeypatch.setattr("matrixsite.site.build.MANY", 0)
    served.build(served.root / "clean", jobs=2)
    assert tree(served.root / "clean") == pages
    assert not (served.state / "store.sqlite3").exists()


def test_nothing_new_writes_nothing_wherever_the_store_goes(served: Workshop, postgres_url: str) -> None:
    there, back = served.root / "there.sqlite3", served.root / "back.sqlite3"
    before = times(served.output)
    again = served.build()
    assert (again.written, again.removed) == ((), ())
    with closing(open_database(postgres_url)) as database, database.read() as connection:
        view = database.view(connection)
        assert view
    copy_between(postgres_url, there, Silent())
    copy_between(there, back, Silent())
    for place in (there, back):
        served.more["store"] = str(place)
        built = served.build()
        assert (built.written, built.removed) == ((), ())
    assert times(served.output) == before
    served.feed("c", "新消息")
    assert served.build().written


def times(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}
