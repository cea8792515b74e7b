"""Copies of publishers' pictures on the site: where they are shown, where not; they come and go with entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from matrixsite.site.urls import PICTURES
from tests.feedserver import FeedServer, Reply
from tests.nights import Item
from tests.pictures import opened, picture
from tests.site.conftest import Workshop, faults, tree

CONTENT = {
    "/one.png": picture(40, 30),
    "/two.jpg": picture(20, 10, "JPEG", "blue"),
    "/same.png": picture(40, 30),
}
ENTRY, PLAIN, EXCERPT = "有图的一条", "没有图的一条", "只许摘要的一条"


class Mirroring:
    """A matrix with pictures on a server: one account is mirrored, one is not."""

    def __init__(self, workshop: Workshop, server: FeedServer) -> None:
        self.workshop, self.server = workshop, server
        server.routes |= {path: Reply(content) for path, content in CONTENT.items()}
        workshop.offline = False
        workshop.bare(
            {"id": "full", "name": "甲号", "rights": "full", "images": "mirror"},
            {"id": "brief", "name": "乙号"},
        )
        feeds = [server.url("/full.xml")]
        workshop.more = {"fetch": {"allow_private": [server.place], "spacing": 0.0, "timeout": 5}}
        workshop.accounts = [
            {**workshop.accounts[0], "feeds": ["feeds/full.xml", *feeds]},
            workshop.accounts[1],
        ]
        server.routes["/full.xml"] = Reply(b"<rss version='2.0'><channel><title>t</title></channel></rss>")
        self.items = [
            Item(
                "1",
                ENTRY,
                f"<p>正文。</p>{self.img('/one.png')}{self.img('/two.jpg')}{self.img('/lost.png')}",
            ),
            Item("2", PLAIN, "<p>只有字。</p>"),
        ]
        workshop.feed("brief", Item("3", EXCERPT, f"<p>摘要。</p>{self.img('/one.png')}"))

    def img(self, path: str) -> str:
        return f'<img src="{self.server.url(path)}" width="700">'

    def build(self, **options: Any) -> Any:
        self.workshop.feed("full", *self.items)
        return self.workshop.build(**options)

    def copies(self) -> dict[tuple[int, int], str]:
        """Paths of the copies there are, by size."""
        files = (path for path in tree(self.workshop.output) if path.startswith(f"{PICTURES}/"))
        return {opened((self.workshop.output / path).read_bytes()).size: path for path in files}

    def asked(self) -> list[str]:
        """What was asked for, but feeds."""
        return [target for target in self.server.targets() if not target.endswith(".xml")]

    def page(self) -> str:
        return self.workshop.read(self.workshop.entry(ENTRY).path)


@pytest.fixture
def mirroring(workshop: Workshop, feed_server: FeedServer) -> Mirroring:
    return Mirroring(workshop, feed_server)


def test_pages_show_copies_with_their_size(mirroring: Mirroring) -> None:
    mirroring.build()
    copies = mirroring.copies()
    assert copies.keys() == {(40, 30), (20, 10)}
    page = mirroring.page()
    for (width, height), path in copies.items():
        assert f'src="../../{path}" width="{width}" height="{height}"' in page
    assert f'src="{mirroring.server.url("/lost.png")}"' in page  # shown from where it lies
    assert f'src="../../{copies[40, 30]}" alt="" width="40" height="30"' in mirroring.workshop.read(
        "accounts/full/index.html"
    )
    assert faults(mirroring.workshop.output) == []


def test_programs_are_told_absolute_addresses(mirroring: Mirroring) -> None:
    mirroring.build()
    at = f"https://matrix.example.org/{mirroring.copies()[40, 30]}"
    (entry,) = [
        one
        for one in json.loads(mirroring.workshop.read("api/v1/entries/2026-11.json"))["entries"]
        if one["title"] == ENTRY
    ]
    assert entry["cover"] == at
    assert f'<meta property="og:image" content="{at}">' in mirroring.page()
    items = json.loads(mirroring.workshop.read("feeds/all.json"))["items"]
    (item,) = [item for item in items if item["title"] == ENTRY]
    assert item["image"] == at
    assert f'src="{at}" width="40" height="30"' in item["content_html"]
    assert at in mirroring.workshop.read("accounts/full/feed.atom.xml")


def test_who_grants_no_whole_text_is_shown_from_where_it_lies(mirroring: Mirroring) -> None:
    mirroring.build()
    page = mirroring.workshop.read("accounts/brief/index.html")
    assert mirroring.server.url("/one.png") in page
    assert PICTURES not in page


def _no_change(_: Mirroring) -> None:
    pass


def _corrected(mirroring: Mirroring) -> None:
    mirroring.items[0] = Item("1", ENTRY, f"<p>正文改了。</p>{mirroring.img('/two.jpg')}")


def _withdrawn(mirroring: Mirroring) -> None:
    ref = json.dumps([{"ref": "https://example.com/1", "why": "误"}])
    mirroring.workshop.write("content/withdrawn.yaml", ref)


def _hotlinked(mirroring: Mirroring) -> None:
    mirroring.workshop.change("full", images="hotlink")


def _excerpt(mirroring: Mirroring) -> None:
    mirroring.workshop.change("full", images="hotlink", rights="excerpt")


def _held(mirroring: Mirroring) -> None:
    mirroring.workshop.change("full", publish="hold")


def _left(mirroring: Mirroring) -> None:
    mirroring.workshop.accounts = mirroring.workshop.accounts[1:]


def _shared(mirroring: Mirroring) -> None:
    """Another entry shows it, too, by another address with the same bytes; the first is withdrawn."""
    mirroring.items.append(Item("4", "另一条", f"<p>另一条。</p>{mirroring.img('/same.png')}", day=2))
    _withdrawn(mirroring)


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (_no_change, {(40, 30), (20, 10)}),
        (_corrected, {(20, 10)}),
        (_withdrawn, set()),
        (_hotlinked, set()),
        (_excerpt, set()),
        (_held, set()),
        (_left, set()),
        (_shared, {(40, 30)}),
    ],
)
def test_copies_go_with_what_shows_them(
    mirroring: Mirroring, change: Callable[[Mirroring], None], left: set[tuple[int, int]]
) -> None:
    mirroring.build()
    change(mirroring)
    mirroring.build(force=True)
    assert mirroring.copies().keys() == left
    workshop = mirroring.workshop
    workshop.build(workshop.root / "clean")
    assert tree(workshop.output) == tree(workshop.root / "clean")
    assert faults(workshop.output) == []


@pytest.mark.parametrize("change", [_withdrawn, _held, _left])
def test_what_comes_back_brings_its_pictures_without_asking(
    mirroring: Mirroring, change: Callable[[Mirroring], None]
) -> None:
    workshop = mirroring.workshop
    mirroring.build()
    before, accounts = tree(workshop.output), workshop.accounts
    change(mirroring)
    mirroring.build(force=True)
    asked = mirroring.asked()
    workshop.accounts = accounts
    (workshop.root / "content/withdrawn.yaml").unlink(missing_ok=True)
    workshop.build(force=True)
    assert tree(workshop.output) == before
    assert mirroring.asked() == asked


def test_a_withdrawal_of_many_pictures_needs_no_force(mirroring: Mirroring) -> None:
    for number in range(30):
        mirroring.server.routes[f"/{number}.png"] = Reply(picture(number + 1, 9))
    pictures = "".join(mirroring.img(f"/{number}.png") for number in range(30))
    mirroring.items[0] = Item("1", ENTRY, f"<p>正文。</p>{pictures}")
    mirroring.build()
    _withdrawn(mirroring)
    built = mirroring.build()
    assert len([path for path in built.removed if path.startswith(PICTURES)]) == 30


def test_a_copy_that_arrives_later_takes_its_place(mirroring: Mirroring) -> None:
    mirroring.build()
    found = picture(9, 9)
    mirroring.server.routes["/lost.png"] = Reply(found)
    workshop = mirroring.workshop
    workshop.now = workshop.now.replace(day=workshop.now.day + 1)
    built = mirroring.build()
    path = mirroring.copies()[9, 9]
    assert path in built.written
    assert f'src="../../{path}"' in mirroring.page()
    assert PLAIN not in "".join(map(workshop.read, (path for path in built.written if path[:2] == "20")))
    again = workshop.build()
    assert (again.written, again.removed) == ((), ())


def test_no_page_is_published_before_its_pictures(
    mirroring: Mirroring, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    moved: list[str] = []
    for name in ("replace", "rename"):
        call = getattr(os, name)

        def noted(source: Any, target: Any, call: Callable[..., None] = call) -> None:
            moved.append(str(target))
            call(source, target)

        monkeypatch.setattr(os, name, noted)
    mirroring.build()
    into = [path.removeprefix(f"{mirroring.workshop.output}/") for path in moved if "/output/" in path]
    assert into[0] == PICTURES


def test_repair_mends_a_copy(mirroring: Mirroring) -> None:
    mirroring.build()
    before: Mapping[str, bytes] = tree(mirroring.workshop.output)
    file = mirroring.workshop.output / mirroring.copies()[40, 30]
    file.write_bytes(b"x")
    mirroring.build(repair=True)
    assert tree(mirroring.workshop.output) == before
