"""No file outside content/, and none overwritten unseen."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from matrixsite.desk.files import Conflict, Folder, NoSuchFile, difference

NAME = "columns/a.md"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    (tmp_path / "content").mkdir()
    return Folder(tmp_path / "content", tmp_path / "state")


@pytest.mark.parametrize(
    "name",
    [
        "../feeds.yaml",
        "columns/../../feeds.yaml",
        "columns/..",
        "/etc/passwd",
        "columns//a.md",
        "columns/a.md/b.md",
        "columns/A.md",
        "columns/a.md\n",
        "columns/.a.md",
        "pages/about.md",
        "feeds.yaml",
        "columns\\a.md",
        "columns/a.md\x00",
        "",
    ],
)
def test_other_names_are_refused(folder: Folder, name: str) -> None:
    with pytest.raises(NoSuchFile):
        folder.read(name)
    with pytest.raises(NoSuchFile):
        folder.write(name, "x", "")


def test_a_link_that_leads_out_is_refused(folder: Folder, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("x")
    (folder.root / "columns").mkdir()
    (folder.root / NAME).symlink_to(tmp_path / "secret.md")
    with pytest.raises(NoSuchFile, match="symbolic link"):
        folder.read(NAME)


def test_the_second_to_save_sees_the_first(folder: Folder) -> None:
    seen = folder.read(NAME)
    assert (seen.text, seen.digest) == ("", "")
    first = folder.write(NAME, "一", seen.digest)
    with pytest.raises(Conflict) as refused:
        folder.write(NAME, "二", seen.digest)
    assert refused.value.file == first == folder.read(NAME)
    assert folder.write(NAME, "二", first.digest).text == "二"
    assert folder.names("columns") == ["a"]


def test_an_empty_text_takes_the_file_away(folder: Folder) -> None:
    file = folder.write(NAME, "一", "")
    assert folder.write(NAME, "", file.digest).digest == ""
    assert not (folder.root / NAME).exists()


def test_of_many_at_once_one_saves(folder: Folder) -> None:
    refused: list[Conflict] = []

    def save(text: str) -> None:
        try:
            folder.write(NAME, text, "")
        except Conflict as conflict:
            refused.append(conflict)

    threads = [threading.Thread(target=save, args=(f"{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 7
    assert {conflict.file.text for conflict in refused} == {folder.read(NAME).text}


def test_what_is_no_text_comes_back_as_it_was(folder: Folder) -> None:
    (folder.root / "columns").mkdir()
    (folder.root / NAME).write_bytes(b"a\xffb")
    file = folder.read(NAME)
    folder.write(NAME, file.text + "c", file.digest)
    assert (folder.root / NAME).read_bytes() == b"a\xffbc"


def test_differences() -> None:
    assert difference("甲\n乙\n", "甲\n丙\n", "f")[1:] == [" 甲", "-乙", "+丙"]
    assert difference("甲\n", "甲\n", "f") == []
