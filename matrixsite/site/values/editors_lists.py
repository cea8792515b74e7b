"""The editors' lists (columns, series, campaigns, kinds): page, months and feed of each, and a page of all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from matrixsite.editorial.lists import EditorsList
from matrixsite.site import scopes, urls
from matrixsite.site.contexts.editors_lists import ListBlock, ListPage, ListsPage
from matrixsite.site.contexts.frame import Link
from matrixsite.site.contexts.rows import Row
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.values.archives import list_head, month_rows
from matrixsite.site.values.editors import editors_words, moved, picked_rows, picture
from matrixsite.site.values.feeds import list_feed
from matrixsite.site.values.taking_part import shares_of, terms_of

BLOCK_ROWS = 5  # of each in the list of them all
ALL = ""  # the unit that is the page of all lists of a sort


def list_keys(folder: str, edition: Edition) -> Iterator[str]:
    """The page of them all, and each of them."""
    if edition.lists[folder]:
        yield ALL
        yield from edition.lists[folder]


def list_pages(folder: str, key: str, edition: Edition) -> Iterator[Made]:
    """The page of them all, or a list with its feed and the ways from its former ids; nothing for one that is gone."""
    if key == ALL and edition.announced[folder]:
        yield Made(ALL, urls.all_of(folder), _lists_page(folder, edition))
    if key in edition.lists[folder]:
        one, path = edition.lists[folder][key], urls.front_page(folder, key)
        yield Made(key, path, _list_page(one, edition))
        yield list_feed(key, folder, key, one.lead or one.title, edition)
        for former in one.former:
            yield Made(key, urls.front_page(folder, former), moved(one.title, path, edition))


def list_inputs(folder: str, edition: Edition) -> object:
    """What these pages show beyond the entries in them: the other sorts, people, and what the day makes of each."""
    states = tuple(
        (name, one.begun(edition.today), one.ended(edition.today))
        for name, one in edition.lists[folder].items()
    )
    people = tuple((person.id, person.name) for person in edition.content.people)
    return edition.settings.digest, edition.content.lists[folder], states, people, beside(folder, edition)


def sort_title(folder: str, edition: Edition) -> str:
    """What lists of a sort are called together."""
    titles = {
        scopes.COLUMNS: edition.say("专栏"),
        scopes.SERIES: edition.say("系列"),
        scopes.CAMPAIGNS: edition.say("活动"),
        scopes.KINDS: edition.say("分类"),
    }
    return titles[folder]


def beside(folder: str, edition: Edition) -> tuple[Link, ...]:
    """The pages of the other sorts that there is something of."""
    others = (other for other in scopes.EDITORS if other != folder and edition.announced[other])
    return tuple(Link(sort_title(other, edition), urls.all_of(other)) for other in others)


def list_block(one: EditorsList, edition: Edition, limit: int) -> ListBlock:
    """A list with its first stories."""
    rows = _rows(one, limit, edition)
    link = Link(one.title, urls.front_page(one.folder, one.id))
    return ListBlock(link, one.lead, picture(one.cover), rows, one.ended(edition.today))


def _lists_page(folder: str, edition: Edition) -> ListsPage:
    blocks = tuple(list_block(one, edition, BLOCK_ROWS) for one in edition.announced[folder].values())
    head = edition.head(sort_title(folder, edition), urls.all_of(folder))
    return ListsPage(head, beside(folder, edition), blocks)


def _list_page(one: EditorsList, edition: Edition) -> ListPage:
    """Lead, the editors' text, picks and what the rule brings; not for search engines before it begins."""
    folder, path = one.folder, urls.front_page(one.folder, one.id)
    head = list_head(folder, one.id, path, one.title, edition, one.lead)
    return ListPage(
        head=head if one.begun(edition.today) else replace(head, noindex=True),
        all=Link(sort_title(folder, edition), urls.all_of(folder) if edition.announced[folder] else ""),
        title=one.title,
        lead=one.lead,
        cover=picture(one.cover),
        body=editors_words(one.html, path),
        begins=one.starts.isoformat() if one.starts else "",
        ends=one.ends.isoformat() if one.ends else "",
        state=_state(one, edition),
        terms=terms_of(one, edition),
        rows=_rows(one, one.limit, edition),
        shares=shares_of(one, edition),
        months=month_rows(folder, one.id, edition),
    )


def _rows(one: EditorsList, limit: int, edition: Edition) -> tuple[Row, ...]:
    """What stands in it. A kind's own rows need not say that they bear it."""
    rows = picked_rows(one.picks, scopes.scope(one.folder, one.id, edition), limit, edition)
    own = urls.front_page(one.folder, one.id)
    return tuple(replace(row, kinds=tuple(kind for kind in row.kinds if kind.href != own)) for row in rows)


def _state(one: EditorsList, edition: Edition) -> str:
    """What the day makes of its time; empty while it runs."""
    if one.starts and not one.begun(edition.today):
        return edition.say("将于{day}开始。", day=edition.date_style.day(one.starts.isoformat()))
    if one.ends and one.ended(edition.today):
        day = edition.date_style.day(one.ends.isoformat())
        if one.folder == scopes.CAMPAIGNS:
            return edition.say("本活动已于{day}结束，内容保留在此。", day=day)
        return edition.say("本专栏已于{day}结束，内容保留在此。", day=day)
    return ""
