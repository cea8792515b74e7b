"""What is written is what the script reads: every word of the texts is found where it stands, and nowhere else."""

from __future__ import annotations

import random
import zlib
from pathlib import Path
from typing import Any

import pytest

from matrixsite.site.search.postings import CHUNK, Postings, file_bits
from matrixsite.site.search.records import RECORDS, Record, accounts_file, as_json, record_files
from tests.site.search.asking import asked, titles

SHAPE = {"version": 1, "chunk": CHUNK, "records": RECORDS}
ALPHABET = "青山区政务服务中心发布公告。A１ 𠮷㎡"


def _record(number: int, title: str, excerpt: str = "", **more: str) -> Record:
    fields = {
        "published": "2026-11-20 09:30",
        "account": "a",
        "name": "甲",
        "path": f"2026/11/{number:012}.html",
        "story": "",
    }
    return Record(title, excerpt, **{**fields, **more})


def _write(site: Path, name: str, content: bytes) -> None:
    file = site / "search" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(zlib.compress(content))


def _index(site: Path, **segments: list[Record]) -> None:
    """A site's search of these segments, the newest first."""
    listed = []
    for name, records in segments.items():
        bits = file_bits(len(records))
        listed.append([name, bits, 2026, 2026])
        for number, (_, content) in enumerate(record_files(records)):
            _write(site, f"{name}/r{number}.bin", content)
        postings = Postings(bits)
        for record in records:
            postings.add(record.texts)
        for number, content in enumerate(postings.files()):
            _write(site, f"{name}/p{number}.bin", content)
        _write(site, f"{name}/accounts.bin", accounts_file([one.account for one in records]))
    _write(site, "index.bin", as_json({**SHAPE, "segments": listed}))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("服务", ["政务服务", "服务热线"]),
        ("政务服务", ["政务服务"]),
        ("务服务", ["政务服务"]),
        ("热线电话一二三四", ["长词"]),  # the whole of a word of eight
        ("热线电话一二三四五六", ["长词"]),  # longer than what postings tell
        ("热线电话一二三五", []),
        ("ａｐｐ", ["APP 上线"]),
        ("服务 热线", ["服务热线"]),  # both
        ("服务 线", ["服务热线"]),  # one character narrows down
        ("务 线", []),  # and alone asks nothing
        ("务", []),
        ("  ", []),
        ("结束开头", []),  # not across title and excerpt
        ("𠮷野", ["𠮷野家"]),
        ("无处", []),
    ],
)
def test_words_are_found_as_they_stand(tmp_path: Path, words: str, found: list[str]) -> None:
    pieces = (
        "政务服务",
        "APP 上线",
        "服务热线",
        "𠮷野家",
        ("长词", "热线电话一二三四五六"),
        ("结束", "开头"),
    )
    pairs = [piece if isinstance(piece, tuple) else (piece, "") for piece in pieces]
    _index(tmp_path, one=[_record(number, *pair) for number, pair in enumerate(reversed(pairs))])
    assert sorted(titles(*asked(tmp_path, [words]))) == sorted(found)


def test_random_texts_are_searched_as_by_looking_at_each(tmp_path: Path) -> None:
    draw = random.Random(8)

    def text(most: int) -> str:
        return "".join(draw.choices(ALPHABET, k=draw.randrange(most)))

    parts = {
        "new": [_record(number, text(9), text(30)) for number in range(70)],
        "old": [_record(number, text(9), text(30)) for number in range(100, 2 * CHUNK)],  # more than a chunk
    }
    _index(tmp_path, **parts)
    words = [word for word in (text(8) for _ in range(150)) if len(word) > 1 and not set(word) & set(" ㎡")]
    folded = {word: _record(0, word).texts[0] for word in words}
    for word, answer in zip(words, asked(tmp_path, words), strict=True):
        expected = [
            record.path
            for records in parts.values()
            for record in reversed(records)
            if any(folded[word] in part for part in record.texts)
        ]
        assert [result["path"] for result in answer["results"]] == expected, word


def test_the_newest_segment_is_read_first_and_no_more_than_needed(tmp_path: Path) -> None:
    new = [_record(number, f"公告{number}") for number in range(50)]
    _index(tmp_path, new=new, old=[_record(number, f"公告{number}") for number in range(100, 200)])
    (few,) = asked(tmp_path, [{"words": "公告", "rows": 20}])
    assert titles(few) == [f"公告{number}" for number in range(49, 29, -1)]
    assert not few["over"]
    assert few["requests"] == 1 + 1 + 2  # the list, the postings of a segment, two files of records
    every = asked(tmp_path, ["公告"])[0]
    assert len(every["results"]) == 150
    assert every["over"]


def test_a_rare_word_costs_twenty_files_with_the_names(tmp_path: Path) -> None:
    records = [
        _record(number, "难得一见" if number % RECORDS == 0 else "常见") for number in range(30 * RECORDS)
    ]
    _index(tmp_path, one=records)
    (answer,) = asked(tmp_path, [{"words": "难得一见", "rows": 20}])
    assert len(answer["results"]) == 19 - 1 - 1
    assert answer["requests"] == 19
    assert not answer["over"]


def test_an_archive_of_many_segments_may_take_sixty(tmp_path: Path) -> None:
    parts = {
        f"s{number}": [_record(number, "常见"), _record(number + 99, "难得一见")] for number in range(80)
    }
    _index(tmp_path, **parts)
    (answer,) = asked(tmp_path, [{"words": "难得一见", "rows": 20}])
    assert len(answer["results"]) == 20
    assert answer["requests"] <= 59


def test_a_rare_end_of_a_common_beginning_costs_no_records_of_others(tmp_path: Path) -> None:
    parts = {
        name: [
            _record(number, f"代表团赴外地考察{'茶园' if number == at else draw}")
            for number, draw in enumerate(ends)
        ]
        for name, at, ends in (("new", -1, "甲乙丙丁戊己庚辛" * 40), ("old", 7, "子丑寅卯辰巳午未" * 40))
    }
    _index(tmp_path, **parts)
    (answer,) = asked(tmp_path, [{"words": "团赴外地考察茶园", "rows": 20}])
    assert titles(answer) == ["代表团赴外地考察茶园"]
    assert answer["requests"] <= 5  # the list, two parts in the newest segment, one in the next, its record


def test_a_story_is_found_once_by_its_newest_carrier(tmp_path: Path) -> None:
    founder = _record(1, "同一稿件")
    second = _record(2, "同一稿件转载", story="000000000001")
    elsewhere = _record(3, "同一稿件摘编", path="https://example.org/x", story="000000000001")
    _index(tmp_path, one=[founder, second, elsewhere])
    (answer,) = asked(tmp_path, ["同一稿件"])
    expected = {
        "path": "https://example.org/x",
        "title": "同一稿件摘编",
        "story": "000000000001",
        "several": True,
    }
    assert answer["results"] == [expected]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["公告丙", "公告乙", "公告甲"]),
        ({"accounts": ["a"]}, ["公告丙", "公告甲"]),
        ({"accounts": ["b"]}, ["公告乙"]),
        ({"accounts": []}, []),
        ({"year": 2026}, ["公告丙", "公告乙"]),
        ({"year": 2025}, ["公告甲"]),
        ({"year": 2025, "accounts": ["b"]}, []),
    ],
)
def test_filters(tmp_path: Path, wanted: dict[str, Any], found: list[str]) -> None:
    old = _record(1, "公告甲", published="2025-12-31 23:59")
    _index(tmp_path, one=[old, _record(2, "公告乙", account="b"), _record(3, "公告丙")])
    listed = [["one", 0, 2025, 2026]]
    _write(tmp_path, "index.bin", as_json({**SHAPE, "segments": listed}))
    assert titles(*asked(tmp_path, [{"words": "公告", **wanted}])) == found


@pytest.mark.parametrize(("entries", "bits"), [(0, 0), (1, 0), (16, 0), (17, 1), (1000, 6), (10**7, 12)])
def test_files_grow_in_number_with_the_entries(entries: int, bits: int) -> None:
    assert file_bits(entries) == bits
