"""`boards` and `honors draft`: indices computed, looked at, published."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from matrixsite.cli.app import DAY, FEEDS_YAML, Config, State, app
from matrixsite.cli.measuring import period_of

if TYPE_CHECKING:
    from matrixsite.boards.board import Board, Where
    from matrixsite.boards.publishing import Scores
    from matrixsite.matrix import Matrix

boards = typer.Typer(help="Accounts ranked by an index.", no_args_is_help=True)
app.add_typer(boards, name="boards", rich_help_panel="Editors")
honors = typer.Typer(help="Honor rolls.", no_args_is_help=True)
app.add_typer(honors, name="honors", rich_help_panel="Editors")

BoardId = Annotated[str, typer.Argument(help="The board: content/boards/ID.md.", metavar="ID")]
PeriodText = Annotated[str, typer.Argument(help="2026-10, 2026-Q3, 2026, 2026-W45.", metavar="PERIOD")]
Published = Annotated[
    datetime | None, typer.Option(help="The day that is printed (default: today).", formats=DAY)
]


@boards.command("list")
def list_boards(config: Config = FEEDS_YAML) -> None:
    """The boards with their editions."""
    from matrixsite.matrix import Matrix

    for board in Matrix.load(config).content.boards:
        editions = ", ".join(edition.period.text for edition in board.editions[:12]) or "nothing published"
        print(f"{board.id}  {board.title}  {'public' if board.public else 'not public'}  {editions}")


@boards.command("show")
def show(board: BoardId, period: PeriodText, config: Config = FEEDS_YAML, state: State = None) -> None:
    """Compute an edition and print it; nothing is written."""
    from matrixsite.boards.publishing import edition_of
    from matrixsite.matrix import Matrix
    from matrixsite.measures.vocabulary import TITLES

    matrix = Matrix.load(config, state=state)
    wanted, found = _computed(matrix, board, period)
    names = _names(matrix)
    for row in edition_of(found, names, wanted.top, date.min).rows:
        lacking = f"  缺 {'、'.join(TITLES[name] for name in row.missing)}" if row.missing else ""
        print(f"{row.rank:4} {row.score:>10}  {row.name} ({row.account}){lacking}")
    for account, why in found.unscored.items():
        named = "、".join(TITLES[name] for name in why.measures)
        print(f"   -          -  {names[account]} ({account})  {why.why}{named and f': {named}'}")


@boards.command("publish")
def publish(
    board: BoardId,
    period: PeriodText,
    published: Published = None,
    config: Config = FEEDS_YAML,
    state: State = None,
) -> None:
    """Compute an edition and write it to content/boards/ID/PERIOD.csv, where it stays as it is."""
    from matrixsite.boards.publishing import edition_of, write_edition
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config, state=state)
    wanted, found = _computed(matrix, board, period)
    edition = edition_of(found, _names(matrix), wanted.top, _day(published, matrix))
    path = write_edition(matrix.settings.root, wanted, edition)
    print(f"{len(edition.rows)} places in {path}; {edition.unscored} accounts without a score")


@boards.command("import")
def import_board(
    board: BoardId,
    period: PeriodText,
    file: Annotated[Path, typer.Argument(help="xlsx, CSV or a pasted table.", metavar="FILE")],
    source: Annotated[str, typer.Option(help="Who published it.")],
    url: Annotated[str, typer.Option(help="Where it was published.")] = "",
    published: Published = None,
    config: Config = FEEDS_YAML,
) -> None:
    """Take over an edition of a board of others (external: true)."""
    from matrixsite.boards.external import Publisher, external_edition
    from matrixsite.boards.publishing import write_edition
    from matrixsite.editorial.laureates import Register
    from matrixsite.editorial.pasted import lines_of_file
    from matrixsite.matrix import Matrix

    matrix = Matrix.load(config)
    wanted = _board(matrix, board)
    if not wanted.external:
        raise typer.BadParameter(f"{board} is a board of ours: publish it", param_hint="ID")
    if url and not url.startswith(("http://", "https://")):
        raise typer.BadParameter("an address begins with https://", param_hint="--url")
    publisher = Publisher(source, url, _day(published, matrix))
    register = Register(matrix.settings)
    edition = external_edition(lines_of_file(file), period_of(period), publisher, register, wanted.top)
    path = write_edition(matrix.settings.root, wanted, edition)
    print(f"{len(edition.rows)} places in {path}")


@honors.command("draft")
def draft(
    year: Annotated[int, typer.Argument(help="The year of the roll.", min=1900, max=9999, metavar="YEAR")],
    list_: Annotated[str, typer.Option("--list", help="The title of the list.", metavar="TITLE")],
    by: Annotated[str, typer.Option(help="An index: wci, wci@14.2, activity, …", metavar="INDEX")],
    top: Annotated[int, typer.Option(help="How many.", min=1, max=100)] = 10,
    where: Annotated[
        list[str] | None,
        typer.Option(help="groups=districts, platforms=wechat, …; several are and-ed.", metavar="KEY=ID"),
    ] = None,
    period: Annotated[str, typer.Option(help="What it rests on (default: the year).")] = "",
    roll: Annotated[str, typer.Option(help="content/honors/ID.md (default: YEAR-draft).", metavar="ID")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Write over a list of that title.")] = False,
    config: Config = FEEDS_YAML,
    state: State = None,
) -> None:
    """Draft an honor roll from an index, with its evidence, for editors to settle; no page shows a draft."""
    from matrixsite.boards.drafting import drafted_winners, require_draft
    from matrixsite.desk.honor_lists import NewList, NewRoll, write_list
    from matrixsite.editorial.honors import HonorKind
    from matrixsite.matrix import Matrix

    matrix, roll = Matrix.load(config, state=state), roll or f"{year}-draft"
    scores = _scores(matrix, by, period or str(year), _where(where or [], matrix))
    winners = drafted_winners(scores, _names(matrix), top)
    if not winners:
        raise typer.BadParameter("nobody has a score: see `matrixsite measures check`", param_hint="--by")
    file = f"content/honors/{roll}.md"
    require_draft(matrix.settings.root / file, file)
    new = NewRoll(f"{year}年度推荐名单（草案）", year, draft=True)
    try:
        path, _ = write_list(
            matrix.settings, roll, NewList(list_, HonorKind.ACCOUNT, winners), new=new, replace=replace
        )
    except ModuleNotFoundError as error:
        print(f"matrixsite: {error.name} is missing: pip install 'matrixsite[desk]'")
        raise typer.Exit(2) from error
    print(f"{len(winners)} of {len(scores.scores)} drafted in {path}; remove `draft: true` to announce it")


def _board(matrix: Matrix, name: str) -> Board:
    from matrixsite.config.wording import suggestion

    known = {board.id: board for board in matrix.content.boards}
    if name not in known:
        raise typer.BadParameter(f"there is no board {name!r}. {suggestion(name, known)}", param_hint="ID")
    return known[name]


def _computed(matrix: Matrix, name: str, period: str) -> tuple[Board, Scores]:
    board = _board(matrix, name)
    if board.external:
        raise typer.BadParameter(f"{name} is a board of others: import it", param_hint="ID")
    return board, _scores(matrix, board.index, period, board.where)


def _scores(matrix: Matrix, index: str, period: str, where: Where) -> Scores:
    try:
        return matrix.scores(index, period_of(period), where)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


def _where(written: list[str], matrix: Matrix) -> Where:
    """The `where` of a board from words like group=districts."""
    from matrixsite.boards.board import Where
    from matrixsite.config.source import Source
    from matrixsite.config.validation import validate
    from matrixsite.editorial.rules import Rule, rule_faults

    tree: dict[str, list[str]] = {}
    for one in written:
        key, _, value = one.partition("=")
        plural = {"class": "classes"}.get(key, key if key.endswith("s") else f"{key}s")
        tree.setdefault(plural, []).extend(value.split(","))
    found, problems = validate(Where, tree, Source("--where", tree, lambda _: 0))
    if found is None:
        raise typer.BadParameter(
            "; ".join(f"{one.reason}. {one.mend}" for one in problems), param_hint="--where"
        )
    faults = rule_faults(found.rule(), matrix.settings) if found.rule() != Rule() else ()
    for _, reason, mend in faults:
        raise typer.BadParameter(f"{reason}. {mend}", param_hint="--where")
    return found


def _names(matrix: Matrix) -> dict[str, str]:
    return {account.id: account.name for account in matrix.settings.accounts}


def _day(published: datetime | None, matrix: Matrix) -> date:
    return published.date() if published else datetime.now(matrix.zone).date()
