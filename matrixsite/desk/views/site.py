"""The site inside the desk: pages as they were built, and the page being edited as it would be, without scripts."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response

from matrixsite.desk.acts import Act
from matrixsite.desk.desk import Desk
from matrixsite.desk.files import NoSuchFile
from matrixsite.desk.showing import desk_of, problems_of, show
from matrixsite.desk.yaml_text import NoYaml
from matrixsite.errors import SettingsError

MOST_DRAFTS = 20
_HEADERS = {"Content-Security-Policy": "sandbox allow-same-origin; frame-ancestors 'self'"}


class DraftTexts:
    """What editors are writing and haven't saved: the newest few, by session and file."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def put(self, session: str, name: str, text: str) -> None:
        """Keep a text."""
        self._texts.pop((session, name), None)
        self._texts[session, name] = text
        while len(self._texts) > MOST_DRAFTS:
            self._texts.pop(next(iter(self._texts)))

    def get(self, session: str, name: str) -> str | None:
        """The text of a file that the session is writing."""
        return self._texts.get((session, name))


def draft(act_of: Callable[[Request], Act]) -> Callable[[Request], Response]:
    """Takes what a form says at the moment, as the act that saving it would be; answers what is wrong with it."""

    def take(request: Request) -> Response:
        desk, act = desk_of(request), act_of(request)
        try:
            text = act.change(desk.folder.read(act.name).text)
            desk.check(act.name, text)
        except SettingsError as error:
            return JSONResponse({"problems": problems_of(error.problems)})
        except (NoYaml, NoSuchFile) as error:
            return JSONResponse({"problems": [{"reason": str(error), "field": "", "line": 0, "mend": ""}]})
        request.app.state.drafts.put(request.state.session.csrf, act.name, text)
        return JSONResponse({"problems": []})

    return take


def page(request: Request) -> Response:
    """A page of the site; with `draft=columns/x.md` as it would be with that file."""
    desk, path = desk_of(request), request.path_params["path"] or "index.html"
    name = request.query_params.get("draft", "")
    if name:
        text = request.app.state.drafts.get(request.state.session.csrf, name)
        try:
            made = desk.preview(path, name, text)
        except (SettingsError, NoSuchFile):
            made = None
        if made is not None:
            return HTMLResponse(made, headers=_HEADERS)
    found = _built(desk, path)
    if found is None:
        return show(request, "unbuilt", 404)
    kind = mimetypes.guess_type(found.name, strict=False)[0] or "application/octet-stream"
    return FileResponse(found, media_type=kind, headers=_HEADERS)


def _built(desk: Desk, path: str) -> Path | None:
    """A file of the site, and of nothing else."""
    root = desk.output.resolve()
    found = (root / path).resolve()
    if found.is_dir():
        found = found / "index.html"
    return found if found.is_relative_to(root) and found.is_file() else None
