"""What counts as evidence, and what speaks against it. Far from the thresholds: those are the benchmark's to set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matrixsite.dedup.compare import NOTHING, Measures
from matrixsite.dedup.lookup import Kind, Use
from matrixsite.dedup.prints import Print
from matrixsite.dedup.verdict import Circumstances, Evidence, distinctive, judge
from tests.dedup.memory import BRIDGE, HOUR, TITLE, made

PLAIN = Circumstances(alone=True, distinctive=False)
NAMED = Circumstances(alone=True, distinctive=True)
CROWDED = Circumstances(alone=False, distinctive=True)
A, B = made(BRIDGE, TITLE), made(BRIDGE, TITLE, "b")
SAME = made(BRIDGE, TITLE, "a")
CORRECTED = made(BRIDGE, f"【更正】{TITLE}", "b")
SILENT, BARE = made("", TITLE, "a"), made("", TITLE, "b")

COPY = replace(
    NOTHING, jaccard=1, containment=1, whole=1, shared=400, shorter=400, title=1, equal=True, hours=3
)
CUT = replace(COPY, jaccard=0.4, whole=0.4, shared=160, shorter=160, equal=False)
NEARLY = replace(COPY, jaccard=0.9, whole=0.9, shared=360, equal=False)
LOOSE = replace(COPY, jaccard=0.3, containment=0.45, whole=0.3, shared=130, equal=False)
SHORT = replace(COPY, shared=46, shorter=50)
FILLED = replace(NEARLY, jaccard=0.6, whole=0.6, containment=0.7, template=True, template_conflicts=1)


@pytest.mark.parametrize(
    ("one", "other", "found", "about", "expected"),
    [
        (B, A, COPY, PLAIN, Evidence.TEXT),
        (B, A, replace(COPY, title=0.0), PLAIN, Evidence.TEXT),
        (B, A, NEARLY, PLAIN, Evidence.NEAR),
        (B, A, CUT, PLAIN, Evidence.EXCERPT),
        (B, A, replace(CUT, title=0.0), PLAIN, None),
        (B, A, LOOSE, NAMED, Evidence.TITLE),
        (B, A, LOOSE, PLAIN, None),
        (B, A, replace(LOOSE, title=0.2), NAMED, None),
        (B, A, replace(LOOSE, containment=0.3), NAMED, None),
        (CORRECTED, A, NEARLY, PLAIN, Evidence.CORRECTION),
    ],
    ids=[
        "word for word",
        "word for word under another title",
        "nearly",
        "cut",
        "cut under another title",
        "a title that names one piece",
        "a title of many",
        "another title",
        "hardly anything shared",
        "marked",
    ],
)
def test_texts(
    one: Print, other: Print, found: Measures, about: Circumstances, expected: Evidence | None
) -> None:
    assert judge(one, other, found, about, Kind.STORY) is expected
    assert judge(other, one, found, about, Kind.STORY) is expected


@pytest.mark.parametrize(
    ("one", "found", "expected"),
    [
        (B, replace(COPY, parts=1), None),
        (B, replace(NEARLY, conflicts=1), None),
        (B, replace(COPY, conflicts=3, equal=False), None),
        (B, replace(NEARLY, places=True), None),
        (replace(B, signs="p"), replace(NEARLY, conflicts=1, agreed=20), Evidence.NEAR),
        (B, replace(NEARLY, conflicts=1, agreed=20), None),
        (B, replace(NEARLY, conflicts=2, agreed=20), None),
        (CORRECTED, replace(NEARLY, conflicts=1), Evidence.CORRECTION),
        (CORRECTED, replace(NEARLY, conflicts=5), None),
        (CORRECTED, replace(NEARLY, conflicts=1, title=0.3), None),
        (CORRECTED, replace(NEARLY, conflicts=1, hours=400), None),
        (CORRECTED, replace(NEARLY, conflicts=1, places=True), None),
        (SAME, replace(NEARLY, conflicts=1, agreed=9), Evidence.CORRECTION),
        (SAME, replace(NEARLY, conflicts=1, agreed=9, hours=24), None),
        (SAME, replace(NEARLY, conflicts=1, agreed=9, shorter=120), None),
        (SAME, replace(NEARLY, conflicts=2, agreed=9), None),
    ],
    ids=[
        "parts of a series",
        "another number",
        "other numbers",
        "another place",
        "one garbled among many in a polluted copy",
        "one among many in a clean copy",
        "two garbled",
        "marked as put right",
        "too much put right",
        "under another title",
        "weeks later",
        "for another place",
        "put right in silence",
        "the next day's",
        "a card",
        "too much in silence",
    ],
)
def test_what_differs(one: Print, found: Measures, expected: Evidence | None) -> None:
    assert judge(one, A, found, NAMED, Kind.STORY) is expected


@pytest.mark.parametrize(
    ("one", "found", "about", "expected"),
    [
        (B, SHORT, PLAIN, Evidence.TEXT),
        (B, replace(SHORT, equal=False, jaccard=0.5, whole=0.5, containment=0.6), PLAIN, None),
        (B, replace(SHORT, equal=False, jaccard=0.5, whole=0.5, containment=0.6), NAMED, Evidence.TITLE),
        (B, replace(SHORT, equal=False, jaccard=0.5, whole=0.5, containment=0.6), CROWDED, None),
        (B, replace(SHORT, shorter=20, shared=16), PLAIN, None),
        (B, replace(SHORT, shorter=20, shared=16), NAMED, Evidence.TITLE),
        (B, replace(FILLED, title=0.2), PLAIN, None),
        (B, FILLED, NAMED, None),
    ],
    ids=[
        "equal with the title",
        "alike",
        "alike under a title of its own",
        "alike under a title of several",
        "a few words",
        "a few words under a title of their own",
        "a template filled in otherwise",
        "a template filled in otherwise under a title of its own",
    ],
)
def test_short_texts(one: Print, found: Measures, about: Circumstances, expected: Evidence | None) -> None:
    assert judge(one, A, found, about, Kind.STORY) is expected


def test_a_blurb_of_an_account_stands_under_many_titles() -> None:
    blurb = replace(COPY, title=0.1, shorter=150, shared=146)
    assert judge(SAME, A, blurb, PLAIN, Kind.STORY) is None
    assert judge(SAME, A, replace(blurb, shorter=900), PLAIN, Kind.STORY) is Evidence.TEXT


@pytest.mark.parametrize(
    ("one", "found", "about", "expected"),
    [
        (BARE, {"title": 1}, NAMED, Evidence.TITLE),
        (BARE, {"title": 1}, PLAIN, None),
        (BARE, {"title": 1}, CROWDED, None),
        (BARE, {"title": 1, "hours": 24 * 60}, NAMED, None),
        (SILENT, {"title": 1}, NAMED, None),
        (B, {"title": 1}, NAMED, Evidence.TITLE),
        (made("", "另一个标题", "b"), {"title": 0.1}, NAMED, None),
    ],
    ids=[
        "one title",
        "a generic one",
        "of several stories",
        "much later",
        "one account's",
        "a text",
        "another",
    ],
)
def test_without_text(
    one: Print, found: dict[str, float], about: Circumstances, expected: Evidence | None
) -> None:
    assert judge(one, SILENT, replace(NOTHING, **found), about, Kind.STORY) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pictures", "its", "title", "expected"),
    [
        ((1, 2), (2, 3), 1.0, Evidence.PICTURE),
        ((1,), (2,), 1.0, None),
        ((1,), (1,), 0.0, None),
        ((), (), 1.0, None),
    ],
    ids=["shared", "others", "under another title", "none"],
)
def test_pictures(
    pictures: tuple[int, ...], its: tuple[int, ...], title: float, expected: Evidence | None
) -> None:
    one, other = replace(BARE, images=pictures), replace(SILENT, images=its)
    assert judge(one, other, replace(NOTHING, title=title), PLAIN, Kind.STORY) is expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [(NEARLY, Evidence.NEAR), (CUT, None), (replace(NEARLY, conflicts=1), None)],
    ids=["its copy", "what it contains", "the next day's"],
)
def test_a_digest_takes_in_copies_alone(found: Measures, expected: Evidence | None) -> None:
    assert judge(B, A, found, NAMED, Kind.DIGEST) is expected


def uses(*said: str) -> list[Use]:
    """`a0 b24`: who used the title, after how many hours."""
    found = [Use(one[0], int(one[1:]) * HOUR) for one in said]
    return sorted(found, key=lambda use: use.published)


@pytest.mark.parametrize(
    ("title", "used", "expected"),
    [
        (TITLE, "", True),
        (TITLE, "a0", True),
        (TITLE, "a0 b2 c30", True),
        (TITLE, "a0 a2", True),
        (TITLE, "a0 a72 b3", True),
        (TITLE, "a0 a72 a144", False),
        (TITLE, "a0 a96", False),
        (TITLE, f"a0 b{60 * 24}", False),
        ("老石桥放行", "a0", False),
        ("2026年9月21日第3期", "a0", False),
        ("好好好好好好好好好好", "a0", False),
    ],
    ids=[
        "never used",
        "once",
        "by several",
        "twice in a day",
        "once corrected",
        "by one account again and again",
        "again after days",
        "after months",
        "short",
        "a date",
        "one character",
    ],
)
def test_distinctive(title: str, used: str, expected: bool) -> None:
    assert distinctive(title, uses(*used.split())) is expected


def test_a_short_text_is_carried_under_a_title_of_its_own() -> None:
    retitled = replace(COPY, title=0.1, shorter=150, shared=146, jaccard=0.9, whole=0.9, equal=False)
    assert judge(B, A, retitled, PLAIN, Kind.STORY) is Evidence.NEAR
    assert judge(B, A, replace(retitled, shorter=70), PLAIN, Kind.STORY) is None
    assert judge(B, A, replace(retitled, jaccard=0.7, whole=0.7), PLAIN, Kind.STORY) is None
