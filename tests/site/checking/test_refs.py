from __future__ import annotations

from datetime import date
from pathlib import Path

from matrixsite.editorial.columns import Column
from matrixsite.editorial.content import Content
from matrixsite.editorial.content_kinds import ContentKind, Rebuttal, Rebutted
from matrixsite.editorial.decisions import StoryDecision, StoryVerb, Withdrawal
from matrixsite.editorial.headlines import Headline
from matrixsite.editorial.people import Person
from matrixsite.editorial.picks import Pick
from matrixsite.editorial.refs import Ref
from matrixsite.editorial.sections import Section
from matrixsite.editorial.series import Series
from matrixsite.site.checking.refs import refs_of, unresolved


def ref(name: str) -> Ref:
    return Ref(name, url=name)


def test_refs_of_every_kind_of_file() -> None:
    content = Content(
        columns=(Column("people", "民生", picks=(Pick(ref("1")),), exclude=(ref("2"),)),),
        kinds=(ContentKind("k", "辟谣", rebuttals=(Rebuttal(ref("a"), (Rebutted(ref("b")),)),)),),
        series=(Series("s", "系列", picks=(Pick(ref("c")),)),),
        people=(Person("p", "人", picks=(Pick(ref("d")),)),),
        sections=(Section("top", "顶", children=(Section("low", "底", picks=(Pick(ref("3")),)),)),),
        headlines=(Headline(date(2026, 11, 22), ref("4"), "为什么"),),
        approved=(ref("5"),),
        withdrawn=(Withdrawal(ref("6"), "为什么"),),
        stories=(StoryDecision(StoryVerb.JOIN, (ref("7"), ref("8"))),),
    )
    assert [(file.removeprefix("content/"), each.text) for file, each in refs_of(content)] == [
        ("columns/people.md", "1"),
        ("columns/people.md", "2"),
        ("series/s.md", "c"),
        ("kinds.yaml", "b"),
        ("people/p.md", "d"),
        ("sections.yaml", "3"),
        ("headlines/2026-11-22.md", "4"),
        ("approved.yaml", "5"),
        ("withdrawn.yaml", "6"),
        ("stories.yaml", "7"),
        ("stories.yaml", "8"),
    ]


def test_refs_must_name_one_entry(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- one\n- none\n- two\n", encoding="utf-8")
    refs = [("a.yaml", ref("one")), ("a.yaml", ref("none")), ("a.yaml", ref("two")), ("b.yaml", ref("none"))]
    named = {ref("one"): ("x",), ref("none"): (), ref("two"): ("x", "y")}
    assert [str(problem) for problem in unresolved(refs, named, tmp_path)] == [
        "a.yaml:2: 'none' names no entry of the store. Correct it, or wait until its feed brings the entry.",
        "a.yaml:3: 'two' names 2 entries of the store. Write the id of the one you mean: x, y.",
        "b.yaml: 'none' names no entry of the store. Correct it, or wait until its feed brings the entry.",
    ]
