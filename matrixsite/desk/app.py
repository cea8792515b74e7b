"""The desk as an application (ASGI): addresses and the views that answer them. Who may ask is the guard's business."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from matrixsite.desk.desk import Desk
from matrixsite.desk.showing import problems_of, show
from matrixsite.desk.views import entries, files, headlines, honors, lists, notices, site, stories
from matrixsite.errors import SettingsError

STATIC = Path(__file__).with_name("static")


def desk_app(
    config: Path, state: Path | None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Starlette:
    """The desk of a matrix. Raises SettingsError where settings are wrong; wrong editors' files can be mended at it."""
    desk = Desk(config, state, clock)

    @asynccontextmanager
    async def open_desk(_: Starlette) -> AsyncIterator[None]:
        yield
        desk.close()

    app = Starlette(routes=_ROUTES, lifespan=open_desk, exception_handlers={SettingsError: _wrong_files})
    app.state.desk, app.state.drafts = desk, site.DraftTexts()
    return app


def _wrong_files(request: Request, error: Exception) -> Response:
    """Some editors' files are wrong, by hand or by another program: which, and the way to mend them."""
    assert isinstance(error, SettingsError)
    return show(request, "wrong", 500, problems=problems_of(error.problems))


_ROUTES = [
    Route("/", entries.entries),
    Route("/act", entries.act, methods=["POST"]),
    Route("/columns", lists.columns),
    Route("/columns", lists.new_column, methods=["POST"]),
    Route("/columns/{id:str}", lists.column),
    Route("/columns/{id:str}", lists.save_column, methods=["POST"]),
    Route("/columns/{id:str}/draft", site.draft(lists.column_act), methods=["POST"]),
    Route("/headline", headlines.headline),
    Route("/headline", headlines.save_headline, methods=["POST"]),
    Route("/headline/draft", site.draft(headlines.headline_act), methods=["POST"]),
    Route("/stories/{entry:str}", stories.story),
    Route("/honors", honors.rolls),
    Route("/honors", honors.new_roll, methods=["POST"]),
    Route("/honors/{id:str}/{number:int}", honors.winners),
    Route("/honors/{id:str}/{number:int}", honors.save_winners, methods=["POST"]),
    Route("/honors/{id:str}/{number:int}/draft", site.draft(honors.winners_act), methods=["POST"]),
    Route("/honors/{id:str}/{number:int}/roll", honors.save_roll, methods=["POST"]),
    Route("/notices", notices.notices),
    Route("/notices", notices.new_notice, methods=["POST"]),
    Route("/notices/{id:str}", notices.notice),
    Route("/notices/{id:str}", notices.save_notice, methods=["POST"]),
    Route("/notices/{id:str}/draft", site.draft(notices.notice_act), methods=["POST"]),
    Route("/add", notices.add),
    Route("/add", notices.save_entry, methods=["POST"]),
    Route("/files", files.files),
    Route("/files/{name:path}", files.file),
    Route("/files/{name:path}", files.save_file, methods=["POST"]),
    Route("/changes", files.changes),
    Route("/changes/{number:int}/undo", files.undo, methods=["POST"]),
    Route("/commit", files.commit, methods=["POST"]),
    Route("/site/{path:path}", site.page),
    Mount("/static", StaticFiles(directory=STATIC)),
]
