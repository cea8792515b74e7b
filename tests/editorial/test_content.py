from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from matrixsite.config.settings import Settings
from matrixsite.editorial.content import Content, load_content
from matrixsite.errors import SettingsError


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "content"


def column(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\nrule: {{words: [茶]}}\n{more}---\n"


def roll(year: int) -> str:
    return f"---\ntitle: 榜单\nyear: {year}\nlists:\n- {{title: 榜, kind: unit, winners: [某局]}}\n---\n"


def test_no_folder_is_no_content(settings: Settings) -> None:
    assert load_content(settings.root / "content", settings) == Content()


def test_files_come_in_the_editors_order(settings: Settings) -> None:
    folder = write(
        settings.root,
        {
            "columns/b.md": column("乙"),
            "columns/a.md": column("甲", "order: 2\n"),
            "columns/c.md": column("丙"),
            "columns/.#c.md": "an editor's lock file",
            "columns/readme.txt": "not a page",
            "honors/2024.md": roll(2024),
            "honors/2025.md": roll(2025),
            "approved.yaml": "- abcdefghij23\n",
            "withdrawn.yaml": "- {ref: abcdefghij24, why: x}\n",
            "stories.yaml": "- {original: abcdefghij25}\n",
        },
    )
    content = load_content(folder, settings)
    assert [item.id for item in content.columns] == ["b", "c", "a"]
    assert [item.id for item in content.honors] == ["2025", "2024"]
    assert [ref.id for ref in content.approved] == ["abcdefghij23"]
    assert [item.ref.id for item in content.withdrawn] == ["abcdefghij24"]
    assert [item.refs[0].id for item in content.stories] == ["abcdefghij25"]
    assert [(warning.file, warning.line) for warning in content.warnings] == [
        ("content/honors/2024.md", 5),
        ("content/honors/2025.md", 5),
    ]
    assert pickle.loads(pickle.dumps(content)) == content


def test_lists_people_and_kinds_come_in_the_editors_order(settings: Settings) -> None:
    kinds = (
        "- {id: b, title: 乙, rule: {words: [茶]}}\n- {id: a, title: 甲, rule: {words: [茶]}, former: [c]}\n"
    )
    folder = write(
        settings.root,
        {
            "series/a.md": column("甲", "people: [p]\norder: 2\n"),
            "series/b.md": column("乙"),
            "campaigns/c.md": "---\ntitle: 丙\ntopics: [茶]\n---\n",
            "people/q.md": "---\nname: 乙\norder: 1\n---\n",
            "people/p.md": "---\nname: 甲\norder: 2\n---\n",
            "kinds.yaml": kinds,
            "sections.yaml": "- {id: s, title: 版, rule: {kinds: [a]}}\n",
            "columns/x.md": "---\ntitle: 丁\nrule: {kinds: [a], sections: [s]}\n---\n",
        },
    )
    content = load_content(folder, settings)
    assert [one.id for one in content.series] == ["b", "a"]
    assert [one.id for one in content.campaigns] == ["c"]
    assert [one.id for one in content.people] == ["q", "p"]
    assert [one.id for one in content.kinds] == ["b", "a"]
    assert pickle.loads(pickle.dumps(content)) == content


def test_a_former_id_of_a_kind_leads_to_one_page(settings: Settings) -> None:
    kinds = (
        "- {id: b, title: 乙, rule: {words: [茶]}}\n- {id: a, title: 甲, rule: {words: [茶]}, former: [b]}\n"
    )
    folder = write(settings.root, {"kinds.yaml": kinds})
    with pytest.raises(SettingsError) as caught:
        load_content(folder, settings)
    (problem,) = caught.value.problems
    assert (problem.line, problem.field) == (2, "1.former.0")
    assert problem.reason == "`b` belongs to content/kinds.yaml"


def test_all_problems_of_all_files_come_at_once(settings: Settings) -> None:
    folder = write(
        settings.root,
        {
            "columns/a.md": column("甲", "limitt: 3\n"),
            "columns/b.md": "no front matter",
            "columns/Bad Name.md": column("丙"),
            "honors/2025.md": "---\ntitle: 榜单\nlists: []\n---\n",
            "approved.yaml": "- nonsense\n",
            "withdrawn.yaml": "- [\n",
            "stories.yaml": "- {}\n",
        },
    )
    with pytest.raises(SettingsError) as caught:
        load_content(folder, settings)
    assert sorted((problem.file, problem.line, problem.field) for problem in caught.value.problems) == [
        ("content/approved.yaml", 1, "0"),
        ("content/columns/Bad Name.md", 0, ""),
        ("content/columns/a.md", 4, "limitt"),
        ("content/columns/b.md", 1, ""),
        ("content/honors/2025.md", 2, "year"),
        ("content/stories.yaml", 1, "0"),
        ("content/withdrawn.yaml", 1, ""),
    ]


@pytest.mark.parametrize(
    ("former", "reason"),
    [
        ("b", "`b` belongs to content/columns/b.md"),
        ("a", "`a` belongs to content/columns/a.md"),
        ("old", "`old` belongs to content/columns/b.md"),
        ("../x", "`../x` is no page id"),
    ],
)
def test_a_former_id_leads_to_one_page(former: str, reason: str, settings: Settings) -> None:
    """Pages are read by name, so what b.md says is known when c.md is."""
    folder = write(
        settings.root,
        {
            "columns/a.md": column("甲"),
            "columns/b.md": column("乙", "former: [old]\n"),
            "columns/c.md": column("丙", f"former: [{former}]\n"),
        },
    )
    with pytest.raises(SettingsError) as caught:
        load_content(folder, settings)
    assert [
        (problem.file, problem.line, problem.field, problem.reason) for problem in caught.value.problems
    ] == [("content/columns/c.md", 4, "former.0", reason)]
