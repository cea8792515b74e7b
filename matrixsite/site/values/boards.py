"""Boards that are public: the list of them, each with its editions, and every edition with what it rests on.

What a page says of an edition is what was published: nothing of it is computed here. Only the way from an account to
its page follows the matrix as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matrixsite.boards.board import Board
from matrixsite.boards.edition import BoardEdition, Ranked
from matrixsite.boards.ranking import Course, courses, scores_over
from matrixsite.measures.period import Period, PeriodKind
from matrixsite.measures.vocabulary import TITLES
from matrixsite.site import urls
from matrixsite.site.contexts.boards import (
    BoardBlock,
    BoardPage,
    BoardsPage,
    EditionPage,
    EditionRow,
    PlaceRow,
)
from matrixsite.site.contexts.frame import Link
from matrixsite.site.documents import TableDocument
from matrixsite.site.edition import Edition
from matrixsite.site.kinds import Made
from matrixsite.site.rows import MOST_ROWS
from matrixsite.site.values.boards_api import board_documents
from matrixsite.site.values.editors import editors_words, moved

MOST_EARLIER = 60  # editions that streaks are counted over
MOST_SCORES = 8  # editions that a course shows


def board_pages(edition: Edition) -> Iterator[Made]:
    """All pages of boards, their tables, and the ways from former ids; where none is public but an empty list for
    programs.
    """
    yield from board_documents(edition)
    if not edition.boards:
        return
    yield Made("", urls.BOARDS, _boards_page(edition))
    for board in edition.boards:
        path = urls.front_page(urls.BOARDS_FOLDER, board.id)
        yield Made("", path, _board_page(board, path, edition))
        for former in board.former:
            yield Made("", urls.front_page(urls.BOARDS_FOLDER, former), moved(board.title, path, edition))
        for number in range(len(board.editions)):
            yield from _edition_files(board, number, edition)


def period_name(period: Period, edition: Edition) -> str:
    """A period in words: 2026年10月."""
    year = period.start.year
    match period.kind:
        case PeriodKind.YEAR:
            return edition.say("{year}年", year=year)
        case PeriodKind.QUARTER:
            return edition.say("{year}年第{number}季度", year=year, number=(period.start.month + 2) // 3)
        case PeriodKind.MONTH:
            return edition.date_style.month_of_year(period.text)
        case PeriodKind.WEEK:
            iso = period.start.isocalendar()
            return edition.say("{year}年第{number}周", year=iso.year, number=iso.week)
    first, last = (edition.date_style.day(day.isoformat()) for day in (period.start, period.end))
    return edition.say("{first} 至 {last}", first=first, last=last)


def _boards_page(edition: Edition) -> BoardsPage:
    blocks = [_block(board, edition) for board in edition.boards]
    return BoardsPage(
        head=edition.head(edition.say("指数榜"), urls.BOARDS),
        ours=tuple(block for block in blocks if not block.external),
        others=tuple(block for block in blocks if block.external),
    )


def _block(board: Board, edition: Edition) -> BoardBlock:
    latest = board.editions[0]
    return BoardBlock(
        board=_link(board),
        external=board.external,
        index=latest.index_title,
        source=latest.source if board.external else "",
        latest=_edition_row(board, latest, edition),
    )


def _board_page(board: Board, path: str, edition: Edition) -> BoardPage:
    return BoardPage(
        head=edition.head(board.title, path),
        title=board.title,
        external=board.external,
        body=editors_words(board.html, path),
        editions=tuple(_edition_row(board, one, edition) for one in board.editions[:MOST_ROWS]),
        older=max(0, len(board.editions) - MOST_ROWS),
    )


def _edition_row(board: Board, one: BoardEdition, edition: Edition) -> EditionRow:
    first = tuple(_who(row, edition) for row in one.rows if row.rank == 1)
    return EditionRow(
        edition=_edition_link(board, one, edition),
        published=one.published.isoformat(),
        first=first,
        score=one.rows[0].score if one.rows else "",
        places=len(one.rows),
    )


def _edition_files(board: Board, number: int, edition: Edition) -> Iterator[Made]:
    """The page of an edition, and its table."""
    one = board.editions[number]
    earlier = board.editions[number + 1 : number + 1 + MOST_EARLIER]
    around = (
        _edition_link(board, board.editions[number - 1], edition) if number else None,
        _edition_link(board, earlier[0], edition) if earlier else None,
    )
    page = _edition_page(board, one, earlier, around, edition)
    yield Made("", urls.board_edition(board.id, one.period.text), page)
    yield Made("", page.table, _table(page, edition))


def _edition_page(
    board: Board,
    one: BoardEdition,
    earlier: Sequence[BoardEdition],
    around: tuple[Link | None, Link | None],
    edition: Edition,
) -> EditionPage:
    name, path = period_name(one.period, edition), urls.board_edition(board.id, one.period.text)
    title = edition.say("{board}（{period}）", board=board.title, period=name)
    inputs = tuple(dict.fromkeys(name for row in one.rows for name, _ in row.inputs))
    source = Link(one.source, one.url, external=bool(one.url)) if one.source else None
    scores = scores_over([one, *earlier[: MOST_SCORES - 1]])
    rows = zip(one.rows, courses(one, earlier), scores, strict=True)
    return EditionPage(
        head=edition.head(title, path),
        board=_link(board),
        title=title,
        published=one.published.isoformat(),
        external=board.external,
        index=one.index_title,
        version=one.index.partition("@")[2],
        formula=one.formula,
        source=source,
        note=one.note,
        scored=one.scored,
        unscored=one.unscored,
        compared=bool(earlier),
        inputs=inputs,
        rows=tuple(_place(row, course, past, inputs, edition) for row, course, past in rows),
        table=urls.board_table(board.id, one.period.text),
        newer=around[0],
        older=around[1],
    )


def _place(
    row: Ranked, course: Course, scores: tuple[str, ...], inputs: Sequence[str], edition: Edition
) -> PlaceRow:
    numbers = dict(row.inputs)
    return PlaceRow(
        rank=row.rank,
        who=_who(row, edition),
        score=row.score,
        before=course.before,
        fresh=course.fresh,
        scores=scores,
        editions=course.editions,
        firsts=course.firsts,
        missing=tuple(name for name in row.missing if name in TITLES),
        numbers=tuple(numbers.get(name, "") for name in inputs),
    )


def _table(page: EditionPage, edition: Edition) -> TableDocument:
    """The edition for spreadsheets; measures by the names that formulas have for them."""
    head = (
        edition.say("名次"),
        edition.say("账号"),
        edition.say("得分"),
        edition.say("上期名次"),
        *page.inputs,
    )
    rows = (
        (str(row.rank), row.who.title, row.score, "" if row.before is None else str(row.before), *row.numbers)
        for row in page.rows
    )
    return TableDocument((head, *rows))


def _who(row: Ranked, edition: Edition) -> Link:
    """By the name that was published; the page is that of the account, while the matrix has it."""
    return Link(row.name, urls.account_page(row.account) if row.account in edition.accounts else "")


def _link(board: Board) -> Link:
    return Link(board.title, urls.front_page(urls.BOARDS_FOLDER, board.id))


def _edition_link(board: Board, one: BoardEdition, edition: Edition) -> Link:
    return Link(period_name(one.period, edition), urls.board_edition(board.id, one.period.text))
