"""The desk's pages behind their guard, asked by hand: what is refused, what is said, what is shown."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.desk.at_work import AtWork, at_work
from tests.desk.office import matrix_copy, sample_matrix

__all__ = ["matrix_copy", "sample_matrix"]

HEATING = "https://wechat.example.org/qingshan-fabu/20261110-heating"
COLUMN = "columns/warm-winter/index.html"


@dataclass
class Client:
    """Who came in by the terminal's address."""

    desk: AtWork
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """The status and the page."""
        body = urlencode({"csrf": self.csrf, **fields}) if fields is not None else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields is not None else {}
        with closing(http.client.HTTPConnection("127.0.0.1", self.desk.port, timeout=20)) as connection:
            connection.request(method, path, body, {**self.headers, **kind})
            answer = connection.getresponse()
            if cookie := answer.headers["Set-Cookie"]:
                self.headers.setdefault("Cookie", cookie.partition(";")[0])
            return answer.status, answer.read().decode("utf-8", "replace")

    csrf: str = ""


@pytest.fixture
def client(matrix_copy: Path) -> Iterator[Client]:
    with at_work(matrix_copy) as desk:
        client = Client(desk, {"Origin": desk.address})
        assert client.ask("GET", desk.way_in().removeprefix(desk.address))[0] == 303
        found = re.search('name="csrf" value="([^"]+)"', client.ask("GET", "/")[1])
        assert found
        client.csrf = found[1]
        yield client


@pytest.mark.parametrize(
    "path",
    [
        "/files/../feeds.yaml",
        "/files/%2e%2e/feeds.yaml",
        "/files/columns%2f..%2f..%2ffeeds.yaml",
        "/files/feeds.yaml",
        "/files/pages/about.md",
        "/site/../feeds.yaml",
        "/site/%2e%2e%2ffeeds.yaml",
        "/site/%2e%2e/content/approved.yaml",
        "/site//etc/passwd",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/stories/../../x",
        "/honors/none/0",
        "/site/x?draft=../feeds.yaml",
    ],
)
def test_paths_lead_nowhere_else(client: Client, path: str) -> None:
    status, page = client.ask("GET", path)
    assert status in (404, 400)
    assert "timezone" not in page
    assert "def desk_app" not in page


@pytest.mark.parametrize("name", ["../feeds.yaml", "feeds.yaml", "pages/about.md", "columns/../x.md"])
def test_nothing_is_written_elsewhere(client: Client, matrix_copy: Path, name: str) -> None:
    before = (matrix_copy / "feeds.yaml").read_bytes()
    status, _ = client.ask("POST", f"/files/{quote(name, safe='')}", {"text": "x", "seen": ""})
    assert status == 404
    assert (matrix_copy / "feeds.yaml").read_bytes() == before


def test_words_that_would_be_markup_are_words(client: Client) -> None:
    _, page = client.ask("GET", "/?q=" + quote("<script>alert(1)</script>"))
    assert "<script>alert" not in page


def test_a_wrong_file_is_told_with_line_and_mend(client: Client, matrix_copy: Path) -> None:
    name = "columns/warm-winter.md"
    _, page = client.ask("GET", f"/files/{name}")
    seen = re.search('name="seen" value="([^"]*)"', page)
    assert seen
    text = (matrix_copy / "content" / name).read_text("utf-8").replace("limit: 30", "limit: 3000")
    status, page = client.ask("POST", f"/files/{name}", {"text": text, "seen": seen[1]})
    assert status == 422
    assert "limit" in page
    assert "第 25 行" in page
    assert "3000" in page  # what was written stays in the form
    assert "limit: 30\n" in (matrix_copy / "content" / name).read_text("utf-8")


def test_a_file_broken_by_hand_is_told_and_can_be_mended(client: Client, matrix_copy: Path) -> None:
    file = matrix_copy / "content/sections.yaml"
    text = file.read_text("utf-8")
    file.write_text(text + "- {id: x, titel: y}\n", "utf-8")
    status, page = client.ask("GET", "/")
    assert status == 500
    assert "titel" in page
    assert 'href="/files/sections.yaml"' in page
    status, page = client.ask("GET", "/files/sections.yaml")
    seen = re.search('name="seen" value="([^"]*)"', page)
    assert (status, seen is not None) == (200, True)
    assert seen
    assert client.ask("POST", "/files/sections.yaml", {"text": text, "seen": seen[1]})[0] == 303
    assert client.ask("GET", "/")[0] == 200


def test_a_stale_save_is_a_conflict(client: Client, matrix_copy: Path) -> None:
    name = "sections.yaml"
    status, page = client.ask("POST", f"/files/{name}", {"text": "[]", "seen": "old"})
    assert status == 409
    assert "另一位编辑" in page
    assert (matrix_copy / "content" / name).read_text("utf-8") != "[]"


def test_a_new_column_is_made(client: Client, matrix_copy: Path) -> None:
    assert client.ask("POST", "/columns", {"id": "new-one"})[0] == 303
    assert client.ask("POST", "/columns", {"id": "../x"})[0] == 303
    fields = {"title": "新专栏", "rule": "words: [供热]", "from": "2026-11-01", "seen": "", "body": "正文"}
    status, page = client.ask("POST", "/columns/new-one", {**fields, "from": "明天"})
    assert (status, "from" in page) == (422, True)
    assert client.ask("POST", "/columns/new-one", fields)[0] == 303
    text = (matrix_copy / "content/columns/new-one.md").read_text("utf-8")
    assert text == "---\ntitle: 新专栏\nfrom: 2026-11-01\nrule:\n  words:\n  - 供热\n---\n正文\n"
    assert client.ask("GET", "/site/columns/new-one/index.html?draft=columns/new-one.md")[0] == 200


def test_a_notice_and_an_entry(client: Client, matrix_copy: Path) -> None:
    fields = {"title": "停水", "level": "emergency", "until": "2026-12-01", "seen": "", "body": "今晚。"}
    assert client.ask("POST", "/notices/water", fields)[0] == 303
    text = (matrix_copy / "content/notices/water.md").read_text("utf-8")
    assert text == "---\ntitle: 停水\nlevel: emergency\nuntil: 2026-12-01\n---\n今晚。\n"
    entry = {"url": "https://a.example/1", "title": "甲", "account": "青山发布", "date": "2026-11-20T08:00"}
    assert client.ask("POST", "/add", entry)[0] == 303
    assert client.ask("POST", "/add", {**entry, "account": "谁"})[0] == 422
    added = (matrix_copy / "content/entries.yaml").read_text("utf-8")
    assert added.endswith("account: qingshan-fabu\n  title: 甲\n  date: 2026-11-20 08:00:00\n")


@pytest.mark.parametrize(
    ("form", "fields", "page", "words"),
    [
        (
            "/headline",
            {"day": "2026-11-21", "ref": HEATING, "reason": "试写的理由"},
            "headlines/index.html",
            "试写的理由",
        ),
        (
            "/honors/2024/0",
            {"list_title": "试写的名单", "kind": "account", "cell_name": "青山发布"},
            "honors/2024/index.html",
            "试写的名单",
        ),
        (
            "/notices/sample",
            {"title": "试写的公告", "level": "info", "body": "正文"},
            "notices/sample/index.html",
            "试写的公告",
        ),
        (
            "/columns/warm-winter",
            {"title": "试写的专栏", "ref": HEATING, "note": "", "stood": "0"},
            COLUMN,
            "试写的专栏",
        ),
    ],
)
def test_pages_are_previewed_as_they_would_be(
    client: Client, matrix_copy: Path, form: str, fields: dict[str, str], page: str, words: str
) -> None:
    status, answer = client.ask("POST", f"{form}/draft", fields)
    assert (status, answer) == (200, '{"problems":[]}')
    folder, name = page.split("/")[:2]
    named = fields["day"] if folder == "headlines" else name.removesuffix(".html")
    draft = f"{folder}/{named}.md"
    assert words in client.ask("GET", f"/site/{page}?draft={draft}")[1]
    assert words not in client.ask("GET", f"/site/{page}")[1]  # nothing is saved
    assert words not in (matrix_copy / "content" / draft).read_text("utf-8")
    status, answer = client.ask(
        "POST", f"{form}/draft", {**fields, **dict.fromkeys(("reason", "list_title", "title"), "")}
    )
    assert '"problems":[]' not in answer


def test_an_unknown_save_cannot_be_undone(client: Client) -> None:
    assert client.ask("POST", "/changes/99/undo", {})[0] == 404


def test_acts_need_ticks_and_reasons(client: Client, matrix_copy: Path) -> None:
    before = (matrix_copy / "content/withdrawn.yaml").read_bytes()
    assert client.ask("POST", "/act", {"do": "withdraw", "why": "x", "back": "//evil.example"})[0] == 303
    assert (matrix_copy / "content/withdrawn.yaml").read_bytes() == before
