"""Editors' acts, checked and saved in their files."""

from __future__ import annotations

from datetime import date

import pytest

from matrixsite.desk import acts
from matrixsite.desk.acts import PickLine
from matrixsite.desk.files import Conflict, difference
from matrixsite.desk.winners import edit_winners, rows_of
from matrixsite.errors import SettingsError
from matrixsite.model import Status
from matrixsite.store.finding import Only, Wanted
from tests.desk.office import Office, matrix_copy, office, sample_matrix

__all__ = ["matrix_copy", "office", "sample_matrix"]

COLUMN = "columns/warm-winter.md"
DAY = date(2026, 11, 1)


def changed(before: str, after: str) -> list[str]:
    """The lines that were taken out and put in."""
    return [line for line in difference(before, after, "f") if line[0] in "+-"]


def test_entries_are_found_by_words_account_and_status(office: Office) -> None:
    found, more = office.desk.find(Wanted(words=("供热", "11月15日")), 1)
    assert found
    assert not more
    assert all("供热" in f"{one.title}{one.excerpt}" for one in found)
    only, _ = office.desk.find(Wanted(accounts=("qingshan-fabu",)), 1)
    assert {one.account for one in only} == {"qingshan-fabu"}
    newest, more = office.desk.find(Wanted(), 1)
    assert [one.published for one in newest] == sorted((one.published for one in newest), reverse=True)
    assert (len(newest), more) == (50, True)
    held, _ = office.desk.find(Wanted(only=Only.HELD), 1)
    assert {one.status for one in held} <= {Status.HELD}


def test_a_pick_changes_its_line_alone(office: Office) -> None:
    found, _ = office.desk.find(Wanted(words=("半程马拉松",)), 1)
    ref, before = office.desk.ref_of(found[0]), office.text(COLUMN)
    done = office.desk.save(acts.pick_into(COLUMN, [ref], "温暖过冬"), "林")
    assert done.number
    assert changed(before, office.text(COLUMN)) == [f"+- ref: {ref}"]
    assert office.desk.content().columns[0].picks[-1].ref.text == ref
    assert not office.desk.save(acts.pick_into(COLUMN, [ref], ""), "林").number  # it stands there


def test_picks_are_ordered(office: Office) -> None:
    picks = [
        PickLine(one.ref.text, one.note, n) for n, one in enumerate(office.desk.content().columns[0].picks)
    ]
    act = acts.edit_list(COLUMN, {"title": "温暖过冬"}, picks[::-1], "正文", "")
    office.desk.save(act, "林")
    column = office.desk.content().columns[0]
    assert [one.ref.text for one in column.picks] == [one.ref for one in picks[::-1]]
    assert column.rule is not None
    assert "正文" in column.html


def test_nothing_wrong_is_saved(office: Office) -> None:
    before = office.text(COLUMN)
    with pytest.raises(SettingsError, match="from"):
        office.desk.save(acts.edit_page(COLUMN, {"to": date(2020, 1, 1)}, "", "编辑", ""), "林")
    with pytest.raises(SettingsError):
        office.desk.save(acts.pick_into(COLUMN, ["no ref"], ""), "林")
    assert office.text(COLUMN) == before
    assert office.desk.history.all() == []


def test_a_save_is_taken_back(office: Office) -> None:
    before = office.text("approved.yaml")
    office.desk.save(acts.approve(["aaaaaaaaaaaa"]), "林")
    assert changed(before, office.text("approved.yaml")) == ["+- aaaaaaaaaaaa"]
    (save,) = office.desk.history.all()
    assert (save.who, save.name) == ("林", "approved.yaml")
    office.desk.undo(save.number, "林")
    assert office.text("approved.yaml") == before
    office.desk.undo(office.desk.history.all()[-1].number, "林")  # and that, too
    assert "aaaaaaaaaaaa" in office.text("approved.yaml")
    with pytest.raises(Conflict):
        office.desk.undo(save.number + 1, "林")


def test_a_stale_form_is_refused(office: Office) -> None:
    seen = office.desk.folder.read(COLUMN).digest
    office.desk.save(acts.pick_into(COLUMN, ["aaaaaaaaaaaa"], ""), "甲")
    with pytest.raises(Conflict):
        office.desk.save(acts.edit_page(COLUMN, {"title": "乙"}, "", "编辑", ""), "乙", seen)


def test_words_on_entries_are_added_below(office: Office) -> None:
    for act in (
        acts.set_headline(date(2026, 11, 22), "aaaaaaaaaaaa", "理由", "林"),
        acts.withdraw_all(["aaaaaaaaaaaa"], "有误", scope="story", by="林", on=date(2026, 11, 21)),
        acts.say_of_stories("split", ["aaaaaaaaaaaa"]),
        acts.say_of_stories("join", ["aaaaaaaaaaaa", "bbbbbbbbbbbb"]),
        acts.say_of_stories("original", ["aaaaaaaaaaaa"]),
        acts.add_entry(
            {
                "url": "https://a.example/1",
                "account": "qingshan-fabu",
                "title": "甲",
                "date": date(2026, 11, 1),
            }
        ),
    ):
        before = office.desk.folder.read(act.name).text
        office.desk.save(act, "林")
        after = office.text(act.name)
        assert after.startswith(before) or not before
    content = office.desk.content()
    assert content.headlines[0].reason == "理由"
    assert content.withdrawn[-1].why == "有误"
    assert [len(one.refs) for one in content.stories[-3:]] == [1, 2, 1]
    assert content.entries[-1].title == "甲"


def test_one_winner_changes_one_line(office: Office) -> None:
    name = "honors/2024.md"
    before, roll = office.text(name), next(one for one in office.desk.content().honors if one.id == "2024")
    winners = [{"name": one.name, "citation": one.citation} for one in roll.lists[0].winners]
    rows = rows_of(winners, "account")
    rows[0]["account"] = "qingshan-fabu"
    rows[1]["citation"] = "新的评语"
    facts = {"title": roll.lists[0].title, "kind": "account", "announced": 5, "ordered": True}
    office.desk.save(edit_winners(name, 0, facts, rows, ""), "林")
    lines = changed(before, office.text(name))
    assert [line[0] for line in lines] == ["-", "+"]
    assert "新的评语" in lines[1]


def test_a_preview_shows_what_a_rule_would_bring(office: Office) -> None:
    page = office.desk.preview("columns/warm-winter/index.html")
    assert page is not None
    assert "温暖过冬" in page.decode()
    text = office.text(COLUMN).replace("words: [供热", "words: [绕行路线, 供热")
    drafted = office.desk.preview("columns/warm-winter/index.html", COLUMN, text)
    assert drafted is not None
    assert "三条绕行路线请收好" in drafted.decode()
    assert "三条绕行路线请收好" not in page.decode()
    assert office.desk.preview("columns/none/index.html") is None
    with pytest.raises(SettingsError):
        office.desk.preview("columns/warm-winter/index.html", COLUMN, "---\ntitle: 1\n---\n")
