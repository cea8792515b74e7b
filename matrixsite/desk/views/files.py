"""Editors' files as text, for all that has no form; what was saved, to be taken back; and the commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from matrixsite.desk import acts
from matrixsite.desk.files import LISTS, PAGES, Conflict, NoSuchFile, difference
from matrixsite.desk.history import GitFailed
from matrixsite.desk.saving import save
from matrixsite.desk.showing import desk_of, go, problems_of, say, show
from matrixsite.errors import SettingsError


def files(request: Request) -> Response:
    """All files by kind."""
    folder = desk_of(request).folder
    pages = {kind: [f"{kind}/{name}.md" for name in folder.names(kind)] for kind in PAGES}
    return show(request, "files", pages=pages, lists=[f"{name}.yaml" for name in LISTS])


def file(request: Request) -> Response:
    """One file."""
    return _form(request, {})


def save_file(request: Request) -> Response:
    """The file as it was written."""
    name = request.path_params["name"]
    act = acts.write_text(name, request.state.form.get("text", ""))
    return save(request, act, f"/files/{name}", lambda said: _form(request, said))


def _form(request: Request, values: Mapping[str, Any]) -> Response:
    desk, name, sent = desk_of(request), request.path_params["name"], request.state.form
    try:
        found = desk.folder.read(name)
    except NoSuchFile:
        return show(request, "missing", 404)
    return show(
        request,
        "file",
        (409 if "conflict" in values else 422) if sent else 200,
        name=name,
        text=sent.get("text", found.text),
        **{"seen": found.digest, "problems": [], "conflict": None, **values},
    )


def changes(request: Request) -> Response:
    """What was saved, newest first, and what differs from the last commit."""
    desk = desk_of(request)
    checkout = desk.checkout
    saves = [
        {"save": one, "lines": difference(one.before, one.after, one.name)}
        for one in reversed(desk.history.all()[-50:])
    ]
    return show(
        request,
        "changes",
        saves=saves,
        diff=checkout.difference().splitlines() if checkout else None,
    )


def undo(request: Request) -> Response:
    """Take a save back."""
    number = request.path_params["number"]
    try:
        saved = desk_of(request).undo(number, request.state.session.editor)
    except KeyError:
        return show(request, "missing", 404)
    except Conflict:
        return go("/changes", say(request, "这个文件后来又改过，不能直接撤销；请先撤销后来的改动"))
    except SettingsError as error:
        return show(request, "refused", 422, problems=problems_of(error.problems))
    return go("/changes", say(request, "已撤销：{name}", name=saved.name))


def commit(request: Request) -> Response:
    """Commit content/ with a message."""
    desk, message = desk_of(request), request.state.form.get("message", "").strip()
    checkout = desk.checkout
    if checkout is None or not message:
        return go("/changes", say(request, "请写提交说明"))
    try:
        name = checkout.commit(message, request.state.session.editor)
    except GitFailed as error:
        return go("/changes", say(request, "没有提交：{why}", why=str(error)))
    return go("/changes", say(request, "已提交 {name}", name=name))
